"""No violation that axe-core finds on the pages of phones: light, dark, large text, 320 px, English."""

from pathlib import Path

import pytest

from tests.browser.conftest import CHINA
from tests.support.servers import module_server
from tests.support.walk import POST, ROOM, load_walk

AXE = (Path(__file__).parent / "vendor/axe-4.14.1.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = "networkidle"
RUN = f"axe.run(document, {{runOnly: {{type: 'tag', values: {TAGS}}}}})"
PLACES = (f"/p/{ROOM}", f"/p/{POST}", f"/p/{POST}#unable", f"/p/{ROOM}?standard=none&window=none")
LEARNING = ("/training", "/training/read/JGSW05003.01-2026")
STAFF = (*PLACES, "/", "/feedback", "/me", "/p", "/outbox", "/offline", *LEARNING)
ANYBODY = (f"/p/{ROOM}", "/p", "/p/AAAAAAAAAA", "/login", "/offline", "/verify", "/verify?n=261122-AAAAAA&c=00000000")
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "english": {"locale": "en-GB"},
}


server = module_server("walk", load_walk)


@pytest.mark.parametrize("look", LOOKS)
def test_given_a_call_when_the_answer_and_the_page_are_inspected_then_nothing_is_found(look, opened, playwright):
    page = opened(**{**playwright.devices["Pixel 7"], **CHINA, **LOOKS[look]})
    page.goto(f"/p/{ROOM}")
    page.locator("button[value=paper]").tap()
    page.wait_for_url("**/said/**")

    assert not [fault for address in (page.url, f"/p/{ROOM}#kind") for fault in faults(page, address, QUIET)]


def faults(page, address, until="load"):
    """What is wrong at an address; pages that scripts go on filling are waited for until they are quiet (`QUIET`)."""
    page.goto(address, wait_until=until)
    page.evaluate(AXE)
    found = page.evaluate(RUN)["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    named = [f"{address} {each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    return named + ([f"{address} is {wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize("look", LOOKS)
def test_given_a_worker_when_pages_are_inspected_then_nothing_is_found(look, opened, playwright, sign_in):
    page = opened(**{**playwright.devices["Pixel 7"], **CHINA, **LOOKS[look]})
    sign_in(page, "wk-01")

    assert not [fault for address in STAFF for fault in faults(page, address, QUIET)]


@pytest.mark.parametrize("look", LOOKS)
def test_given_a_visitor_when_pages_are_inspected_then_nothing_is_found(look, opened, playwright):
    page = opened(**{**playwright.devices["Pixel 7"], **CHINA, **LOOKS[look]})

    assert not [fault for address in ANYBODY for fault in faults(page, address, QUIET)]


def test_given_large_text_when_pages_are_inspected_then_nothing_is_found_and_nothing_is_cut_off(
    opened, playwright, sign_in
):
    page = opened(**{**playwright.devices["Pixel 7"], **CHINA})
    sign_in(page, "wk-01")
    page.goto("/me")
    page.click("[name=large_text]")

    assert page.get_attribute("html", "class") == "large"
    assert not [fault for address in STAFF for fault in faults(page, address, QUIET)]


def test_given_answers_and_open_panels_when_inspected_then_nothing_is_found(opened, playwright, sign_in):
    page = opened(**{**playwright.devices["Pixel 7"], **CHINA})
    sign_in(page, "wk-02")  # wk-01 has large text by now, and so one step a screen
    page.goto(f"/p/{ROOM}")
    page.locator("#S02 .opt.fail").tap()
    page.locator("#S02 .fixed").tap()
    page.locator("#S01 .opt >> nth=2").tap()
    page.locator("#submit").tap()
    page.evaluate(AXE)

    assert not [each["id"] for each in page.evaluate(RUN)["violations"]]
