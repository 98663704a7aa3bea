"""A browser like WeChat's, without service worker, speech, push and camera stream: the round whole, online."""

import re

from tests.support.pictures import jpeg
from tests.support.servers import module_server
from tests.support.walk import ROOMS, load_walk

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1600, 1200)}
TAKEN_AWAY = """() => [
  "serviceWorker" in navigator, "mediaDevices" in navigator, "speechSynthesis" in window,
  "PushManager" in window, "Notification" in window, "BarcodeDetector" in window,
]"""


server = module_server("walk", load_walk)


def check_room(page):
    """All that a restroom asks for, and its receipt."""
    page.wait_for_selector("#submit")
    page.locator("#S01 .opt").first.tap()
    with page.expect_file_chooser() as chooser:
        page.locator("#S04 .shoot").first.tap()
    chooser.value.set_files(PHOTO)
    page.wait_for_selector("#S04 .shot:not(.wait)")
    page.locator("#S04 .opt.pass").tap()
    page.locator(".rest").tap()
    page.locator("#submit").tap()
    page.wait_for_url(RECEIPT)


def test_given_wechat_when_the_round_is_done_then_each_place_leads_to_the_next_and_all_are_on_the_server(
    wechat, sign_in
):
    sign_in(wechat, "wk-01")
    assert wechat.evaluate(TAKEN_AWAY) == [False] * 6
    wechat.goto("/")
    wechat.locator(f"a[href*='{ROOMS[5]}']").first.tap()
    done = set()

    for _ in range(3):
        check_room(wechat)
        done.add(wechat.locator("main").inner_text().split("下一处")[0])
        wechat.locator("main a[href*='/p/' i][href*='window=']").first.tap()

    assert len(done) == 3


def test_given_wechat_when_a_code_is_typed_then_the_place_opens(wechat, sign_in):
    sign_in(wechat, "wk-01")
    wechat.goto("/p")

    wechat.fill("[name=code]", ROOMS[9].lower())
    wechat.keyboard.press("Enter")

    wechat.wait_for_selector("#submit")
    assert ROOMS[9] in wechat.url.upper()


def test_given_wechat_when_the_day_is_opened_then_the_way_to_a_browser_is_told_once(wechat, sign_in):
    sign_in(wechat, "wk-01")
    wechat.wait_for_selector("[data-kind=wechat]")
    told = wechat.inner_text("[data-kind=wechat]")

    wechat.goto("/")
    wechat.wait_for_load_state("networkidle")

    assert "在浏览器打开" in told or "浏览器" in told
    assert wechat.locator("section[data-kind=wechat]").count() == 0
