"""The work page on a phone: answers, photo, keypad, what is missing, drafts, no network, a dead session."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

from tests.support.pictures import jpeg
from tests.support.servers import module_server
from tests.support.walk import POST, load_walk

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(3000, 2000)}


server = module_server("walk", load_walk)


def tap(page, selector):
    page.locator(selector).first.tap()


def take_photo(page, step):
    with page.expect_file_chooser() as chooser:
        tap(page, f"#{step} .shoot")
    chooser.value.set_files(PHOTO)
    page.wait_for_selector(f"#{step} .shot:not(.wait)")


def answer_room(page):
    tap(page, "#S01 .opt >> nth=0")
    take_photo(page, "S04")
    tap(page, "#S04 .opt.pass")
    tap(page, ".rest")


def submitted(page):
    tap(page, "#submit")
    page.wait_for_url(RECEIPT)
    return page.locator("main").inner_text()


@pytest.mark.parametrize("kind", ["phone", "wechat"])
def test_given_a_restroom_when_all_is_done_then_a_receipt_with_its_number_and_the_next_place_comes(
    kind, request, sign_in, room
):
    page = request.getfixturevalue(kind)
    sign_in(page, "wk-01")
    page.goto(f"/P/{room}")

    answer_room(page)
    receipt = submitted(page)

    assert re.search(r"\d{6}-[0-9A-Z]{6}", receipt)
    assert "下一处" in receipt


def test_given_a_phone_without_scripts_when_the_form_is_sent_then_the_check_is_received(plain_phone, sign_in, room):
    page = plain_phone
    sign_in(page, "wk-01")
    page.goto(f"/p/{room}")
    tap(page, "#S01 .opt >> nth=0")
    tap(page, ".rest")
    with page.expect_navigation():
        tap(page, "#submit")
    assert page.locator("#S04 .error").is_visible()
    page.set_input_files("#S04 .file >> nth=0", PHOTO)
    tap(page, "#S04 .opt.pass")

    with page.expect_navigation():
        tap(page, "#submit")

    assert RECEIPT.search(page.url)


def test_given_something_is_missing_when_submit_is_pressed_then_the_page_goes_to_it_and_says_what(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    tap(phone, "#S01 .opt >> nth=0")
    tap(phone, ".rest")

    tap(phone, "#submit")

    assert "全景自检" in phone.inner_text("#status")
    assert "missing" in phone.get_attribute("#S04", "class")
    assert "1" in phone.inner_text("#submit")


def test_given_an_answer_decides_about_a_later_step_when_it_is_given_then_the_step_comes_and_goes(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    assert not phone.locator("#S05").is_visible()

    tap(phone, "#S01 .opt >> nth=2")

    assert phone.locator("#S05").is_visible()


def test_given_half_a_check_when_the_page_is_killed_then_answers_and_photo_are_back(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    tap(phone, "#S01 .opt >> nth=1")
    take_photo(phone, "S04")

    phone.reload()

    assert phone.locator("#S01 .opt >> nth=1 >> input").is_checked()
    assert phone.locator("#S04 .shot").count() == 1


def test_given_no_network_when_submit_is_pressed_then_it_is_kept_and_goes_by_itself_later(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    answer_room(phone)
    phone.context.set_offline(True)
    tap(phone, "#submit")
    phone.wait_for_selector("#status.bad")

    phone.context.set_offline(False)

    phone.wait_for_url(RECEIPT)


def test_given_the_session_has_ended_when_submit_is_pressed_then_it_goes_after_sign_in(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    answer_room(phone)
    phone.context.clear_cookies()
    tap(phone, "#submit")
    tap(phone, "#status a")

    phone.fill("[name=account]", "wk-01")
    phone.fill("[name=password]", "dabiao-demo")
    phone.click("form[action='/login'] button")

    phone.wait_for_url(RECEIPT)


def test_given_a_place_cannot_be_done_when_the_reason_is_tapped_then_two_taps_report_it(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")

    tap(phone, ".dock a[href='#unable']")
    tap(phone, "[value=outage]")

    phone.wait_for_url(RECEIPT)


def test_given_readings_when_typed_on_the_own_keypad_then_limits_are_judged_at_once_and_two_sign(phone, sign_in):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{POST}")
    for selector, keys in (("S01.value", "0"), ("S02.value", "300"), ("S05.inputs.ia", "10"), ("S05.inputs.ib", "9")):
        tap(phone, f"[name='{selector}']")
        for key in keys:
            tap(phone, f"[data-key='{key}']")
        tap(phone, "[data-key=done]")
    tap(phone, "#S03 .quick")
    tap(phone, "#S04 .opt.pass")
    tap(phone, "#S06 .opt")
    assert phone.get_attribute("#S02", "data-state") == "fail"
    assert "10" in phone.inner_text("#S05 .outcome")
    phone.select_option("#signer", label="保洁一班-02")
    phone.fill("#pin", "2468")
    tap(phone, "#sign-now")
    phone.locator("#signed", has_text="02").wait_for()

    submitted(phone)

    assert phone.locator(".seal.wait").count() == 0


def test_given_a_photo_of_twelve_megapixels_when_it_leaves_the_phone_then_it_is_small(phone, sign_in, room):
    sizes = []
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    phone.on("request", lambda sent: sizes.append(len(sent.post_data_buffer)) if "/photos/" in sent.url else None)

    with phone.expect_file_chooser() as chooser:
        tap(phone, "#S04 .shoot")
    chooser.value.set_files(PHOTO | {"buffer": jpeg(4032, 3024, quality=95)})
    phone.wait_for_selector("#S04 .shot:not(.wait)")

    assert 0 < sizes[0] <= 250_000


def test_given_the_work_page_when_first_opened_then_it_stays_within_its_budget(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.wait_for_load_state("networkidle")  # what the home page still loads is not the work page's
    client = phone.context.new_cdp_session(phone)
    client.send("Network.enable")
    kinds, sizes = {}, {}
    client.on("Network.responseReceived", lambda seen: kinds.update({seen["requestId"]: seen["type"]}))
    client.on("Network.loadingFinished", lambda seen: sizes.update({seen["requestId"]: seen["encodedDataLength"]}))

    phone.goto(f"/p/{room}", wait_until="networkidle")

    total = {kind: sum(sizes.get(one, 0) for one, found in kinds.items() if found == kind) for kind in kinds.values()}
    assert total["Document"] <= 14_336, json.dumps(total)
    assert total["Script"] <= 25_600
    assert sum(total.values()) <= 46_080
    assert len(kinds) <= 6


def test_given_a_problem_put_right_on_the_spot_when_reported_then_cause_words_and_a_photo_afterwards_are_asked_for(
    phone, sign_in, room
):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    tap(phone, "#S02 .opt.fail")
    answer_room(phone)
    lacking = []
    for answered in (lambda: tap(phone, "#S02 .cause >> nth=1"), lambda: phone.fill("#S02 textarea", "门锁坏了")):
        tap(phone, "#submit")
        lacking.append(phone.inner_text("#status"))
        answered()
    tap(phone, "#S02 .fixed")
    tap(phone, "#submit")
    lacking.append(phone.inner_text("#status"))
    with phone.expect_file_chooser() as chooser:
        tap(phone, "#S02 .panel-after .shoot")
    chooser.value.set_files(PHOTO | {"buffer": jpeg(1200, 900, seed=7)})
    phone.wait_for_selector("#S02 .panel-after .shot:not(.wait)")

    submitted(phone)

    assert len(set(lacking)) == 3


def test_given_a_colleague_has_claimed_it_when_another_takes_over_then_it_is_said_at_once(
    phone, opened, playwright, sign_in, room
):
    first = opened(**playwright.devices["Pixel 7"])
    sign_in(first, "wk-02")
    first.goto(f"/p/{room}")
    with first.expect_response("**/api/v1/claims"):
        tap(first, "#S01 .opt")
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    assert "保洁一班-02" in phone.inner_text("#claimed")

    with phone.expect_response("**/api/v1/claims") as answer:
        tap(phone, "#claimed button")

    assert answer.value.status == 201
    phone.locator("#claimed .opts").wait_for(state="detached")


def test_gr9_given_one_tap_on_a_colleagues_round_when_given_back_then_it_counts_as_the_colleagues_again(
    phone, server, sign_in, room
):
    sign_in(phone, "wk-02")
    phone.goto(f"/p/{room}")
    assert phone.locator("#taken-on").is_hidden()
    tap(phone, "#S01 .opt")
    phone.locator("#taken-on").wait_for()
    assert "wk-02" in holders(server)
    phone.reload()

    with phone.expect_response("**/api/v1/claims/*") as answer:
        tap(phone, "#taken-on button")

    assert answer.value.status == 200
    phone.locator("#taken-on button").wait_for(state="detached")
    assert "已交还" in phone.inner_text("#taken-on")
    assert "wk-02" not in holders(server)


def holders(server):
    """Who has claimed a window."""
    with closing(sqlite3.connect(server.instance / "test.sqlite3")) as link:
        return {row[0] for row in link.execute("select claimed_by_id from occurrences")}


def test_given_a_file_that_is_no_picture_when_it_is_sent_then_the_page_says_so_and_it_does_not_count(
    phone, sign_in, room
):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    with phone.expect_file_chooser() as chooser:
        tap(phone, "#S04 .shoot")

    chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture at all"})

    phone.wait_for_selector("#S04 .shot.bad")
    assert phone.inner_text("#status")
    tap(phone, "#S04 .opt.pass")
    assert phone.get_attribute("#S04", "data-state") == ""


def test_given_the_server_answers_with_a_foreign_page_when_submit_is_pressed_then_nothing_is_lost(phone, sign_in, room):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{room}")
    answer_room(phone)
    phone.route("**/api/v1/checks", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Wi-Fi"))
    tap(phone, "#submit")
    phone.wait_for_selector("#status.bad")

    phone.unroute("**/api/v1/checks")

    phone.wait_for_url(RECEIPT)
