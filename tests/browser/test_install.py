"""When the app offers itself for the home screen, and what it says in WeChat and on an iPhone."""

import pytest

from tests.browser.conftest import CHINA
from tests.support.servers import module_server
from tests.support.walk import ROOMS, load_walk

# What the browser itself fires once it finds the site installable.
OFFERED = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = () => { window.prompted = true; };
  dispatchEvent(offer);
  return offer.defaultPrevented;
}"""
CARD = "section.install"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"


server = module_server("walk", load_walk)


@pytest.fixture
def report(rooms):
    """Bring a page to a receipt: the next room cannot be done."""

    def through(page):
        page.goto(f"/p/{next(rooms)}")
        page.click("a[href='#unable']")
        page.click("[name=unable_reason] >> nth=0")
        page.wait_for_url("**/checks/**new=1")

    return through


def test_given_a_first_visit_when_the_browser_offers_to_install_then_nothing_is_said(phone, sign_in):
    sign_in(phone, "wk-01")

    held_back = phone.evaluate(OFFERED)

    phone.wait_for_timeout(500)
    assert held_back
    assert phone.locator(CARD).count() == 0


def test_given_a_first_receipt_when_the_browser_offers_then_the_card_stands_there_and_installs(phone, sign_in, report):
    sign_in(phone, "wk-01")
    report(phone)
    phone.evaluate(OFFERED)

    phone.click(f"{CARD} .primary")

    assert phone.evaluate("window.prompted")
    assert phone.locator(CARD).count() == 0


def test_given_the_offer_was_declined_when_the_next_receipt_comes_then_it_is_not_made_again(phone, sign_in, report):
    sign_in(phone, "wk-01")
    report(phone)
    phone.evaluate(OFFERED)
    phone.click(f"{CARD} .btn:not(.primary)")

    report(phone)
    phone.evaluate(OFFERED)

    phone.wait_for_timeout(500)
    assert phone.locator(CARD).count() == 0


def test_given_wechat_when_the_day_is_opened_then_the_way_to_a_browser_is_told_once(wechat, sign_in):
    sign_in(wechat, "wk-01")
    wechat.wait_for_selector(CARD)
    told = wechat.inner_text(CARD)

    wechat.goto("/")

    wechat.wait_for_timeout(500)
    assert "在浏览器打开" in told
    assert wechat.locator(CARD).count() == 0


def test_given_an_iphone_when_a_receipt_comes_then_the_way_to_the_home_screen_is_told(
    opened, playwright, sign_in, report
):
    page = opened(**{**playwright.devices["Pixel 7"], "user_agent": IPHONE}, **CHINA)
    sign_in(page, "wk-01")

    report(page)

    page.wait_for_selector(CARD)
    assert "添加到主屏幕" in page.inner_text(CARD)


def test_given_a_visitor_when_a_public_page_is_opened_then_no_script_and_no_worker_comes_with_it(phone):
    scripts = []
    phone.on("request", lambda request: scripts.append(request.url) if request.resource_type == "script" else None)

    phone.goto(f"/p/{ROOMS[19]}")

    phone.wait_for_timeout(800)
    assert scripts == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
