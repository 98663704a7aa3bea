"""The scanner before a fake camera: own labels open, foreign codes do not; typed and photographed codes."""

from qr.payload import display
from tests.support.cameras import clip
from tests.support.pocket import fill_pocket
from tests.support.scanning import OPENED, hostile, label, photo
from tests.support.walk import ROOM


def test_given_an_own_label_when_it_is_seen_then_its_work_page_opens(scanner, server, film):
    clip(film, None, label(server, ROOM), each=12)

    scanner.goto("/p")

    scanner.wait_for_url(OPENED)
    scanner.wait_for_selector("#submit")


def test_given_thirty_hostile_codes_when_they_are_seen_then_none_is_opened_and_each_is_shown_in_plain_text(
    scanner, server, film
):
    texts, asked, shown = hostile(server), [], []
    scanner.on("request", lambda sent: asked.append(sent.url))
    scanner.on("dialog", lambda dialog: shown.append(f"dialog {dialog.message}"))

    for text in texts:
        scanner.goto("about:blank")
        clip(film, text)
        scanner.goto("/p")
        scanner.wait_for_selector("#foreign.open")
        shown.append(scanner.inner_text("#foreign-host"))
        assert scanner.url == f"{server.url}/p", text

    assert len(texts) == len(shown) == 30
    assert all(each and each.replace("□", "").isascii() for each in shown)
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)


def test_given_a_hostile_code_when_it_is_reported_then_the_server_has_it_and_scanning_goes_on(
    scanner, server, film, rows
):
    clip(film, "https://evil.example/P/7K3QX9M2TA")
    scanner.goto("/p")
    scanner.wait_for_selector("#foreign.open")
    scanner.fill("#foreign-place", "东门岗亭")

    scanner.tap("#foreign-report")

    scanner.locator("#foreign-told", has_text="已报告").wait_for()
    assert rows("SELECT text, place, by_id FROM sticker_reports") == [
        ("https://evil.example/P/7K3QX9M2TA", "东门岗亭", "wk-01")
    ]
    scanner.tap("#foreign-close")
    assert not scanner.locator("#foreign").is_visible()


def test_given_no_network_when_a_hostile_code_is_reported_then_it_is_kept_and_goes_later(scanner, film, rows):
    clip(film, "https://later.example/P/7K3QX9M2TA")
    scanner.goto("/p")
    scanner.wait_for_selector("#foreign.open")
    scanner.context.set_offline(True)
    scanner.tap("#foreign-report")
    scanner.locator("#foreign-told", has_text="存在").wait_for()

    with scanner.expect_response("**/api/v1/stickers") as answer:
        scanner.context.set_offline(False)

    assert answer.value.status == 201
    assert ("https://later.example/P/7K3QX9M2TA",) in rows("SELECT text FROM sticker_reports")


def test_given_the_round_on_the_phone_and_no_network_when_a_label_is_seen_then_its_task_opens(scanner, server, film):
    clip(film, label(server, ROOM))
    fill_pocket(scanner)
    scanner.context.set_offline(True)

    scanner.goto("/p")

    scanner.wait_for_url(OPENED)
    scanner.get_by_text("1号楼0层男卫生间").first.wait_for()


def test_given_a_code_typed_by_hand_when_it_is_right_then_its_page_opens_and_else_it_is_said(scanner, film):
    clip(film, None)
    scanner.goto("/p")
    scanner.fill("#code", display(ROOM).lower()[:-1] + "Z")
    scanner.press("#code", "Enter")
    assert scanner.locator(".note.bad").is_visible()

    scanner.fill("#code", f" {display(ROOM).lower()} ")
    scanner.press("#code", "Enter")

    scanner.wait_for_url(f"**/p/{ROOM}?via=typed")


def test_given_a_browser_like_wechats_when_the_code_is_photographed_then_its_page_opens(wechat, sign_in, server):
    sign_in(wechat, "wk-01")
    wechat.goto("/p")
    assert "打不开相机" in wechat.inner_text("#scan-say")

    wechat.set_input_files("#scan-photo", photo())
    wechat.locator("#scan-say", has_text="没找到").wait_for()
    wechat.set_input_files("#scan-photo", photo(label(server, ROOM)))

    wechat.wait_for_url(OPENED)
