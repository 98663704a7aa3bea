"""Cameras of all kinds: with lamp and zoom, gone, denied, none, without WebAssembly; panels over the picture."""

from tests.browser.conftest import CHINA
from tests.support.cameras import clip
from tests.support.scanning import EQUIPPED, NO_CAMERA, NO_WASM, OPENED, label, violations
from tests.support.waiting import until
from tests.support.walk import POST, ROOM, ROOMS


def test_given_a_lamp_a_zoom_and_two_cameras_when_they_are_used_then_each_is_asked_for_and_the_camera_remembered(
    opened, playwright, film
):
    clip(film, None)
    phone = opened(EQUIPPED, **playwright.devices["Pixel 7"], **CHINA)
    phone.context.grant_permissions(["camera"])
    phone.goto("/p")
    phone.wait_for_selector("#scanner[data-state=live]")

    phone.tap("#scan-light")
    phone.locator("#scan-light[aria-pressed=true]").wait_for()
    phone.fill("#scan-zoom", "3")
    asked = phone.evaluate("window.asked")
    phone.tap("#scan-turn")
    until(phone, "window.cameras.length === 2")
    cameras = phone.evaluate("window.cameras")
    phone.goto("/p")
    until(phone, "window.cameras.length === 1")

    assert asked == [{"torch": True}, {"zoom": 3}]
    assert [*cameras, *phone.evaluate("window.cameras")] == ["environment", "front", "front"]


def test_given_a_camera_that_is_gone_when_it_was_remembered_then_another_opens(scanner, film):
    clip(film, None)
    scanner.evaluate("localStorage['dabiao:camera'] = 'gone'")

    scanner.goto("/p")

    scanner.wait_for_selector("#scanner[data-state=live]")
    assert scanner.evaluate("localStorage['dabiao:camera']") == ""


def test_given_panels_over_the_camera_when_inspected_then_nothing_is_found(scanner, server, film):
    found = []
    clip(film, "https://evil.example/P/7K3QX9M2TA")
    scanner.goto("/p")
    scanner.wait_for_selector("#foreign.open")
    found += violations(scanner)
    scanner.goto("about:blank")
    clip(film, label(server, POST))
    scanner.goto("/p?patrol=1")
    scanner.wait_for_selector("#patrol-card.open")
    found += violations(scanner)
    scanner.goto(f"/p/{ROOMS[4]}")
    scanner.tap("#S04 .shoot")
    scanner.wait_for_selector(".camera .shutter:enabled")
    found += violations(scanner)

    assert found == []


def test_given_the_camera_is_denied_when_it_is_opened_then_the_page_says_what_to_do_and_offers_the_other_ways(
    phone, sign_in
):
    sign_in(phone, "wk-01")
    phone.goto("/p")

    phone.tap("#scan-open")

    phone.wait_for_selector("#scanner[data-state=denied]")
    assert "设置" in phone.inner_text("#scan-say")
    assert phone.locator("#scan-open").is_visible()
    assert phone.locator("#code").is_enabled()


def test_given_no_camera_at_all_when_the_page_opens_then_it_says_so_and_asks_for_none(opened, playwright, server):
    phone = opened(NO_CAMERA, **playwright.devices["Pixel 7"], **CHINA)

    phone.goto("/p")

    assert phone.get_attribute("#scanner", "data-state") == "old"
    assert not phone.locator("#scan-open").is_visible()


def test_given_a_browser_without_webassembly_when_a_label_is_seen_then_the_other_reader_opens_it(
    opened, playwright, sign_in, server, film
):
    clip(film, label(server, ROOM))
    phone = opened(NO_WASM, **playwright.devices["Pixel 7"], **CHINA)
    phone.context.grant_permissions(["camera"])
    sign_in(phone, "wk-01")

    with phone.expect_request("**/vendor/jsQR*"):
        phone.goto("/p")

    phone.wait_for_url(OPENED)
