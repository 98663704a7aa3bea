"""One step a screen: a picture, the step, its answers; nothing is lost between the two ways, and it can be heard."""

import re

import pytest

from tests.browser.conftest import CHINA
from tests.browser.test_accessible import AXE, LOOKS, RUN
from tests.support.servers import module_server
from tests.support.waiting import until
from tests.support.walk import load_walk

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
# A phone that reads Chinese out, telling what it was given.
SPEAKS = """
window.said = [];
speechSynthesis.getVoices = () => [{ lang: "zh-CN" }];
speechSynthesis.speak = (words) => said.push(words.text, words.lang);
"""
TONES = "window.tones = 0; window.AudioContext = class { constructor() { window.tones += 1; throw new Error(); } };"
LEVEL = """() => new Promise((told) => new PerformanceObserver((list) => told(
  list.getEntries().reduce((sum, shift) => sum + (shift.hadRecentInput ? 0 : shift.value), 0)))
  .observe({ type: "layout-shift", buffered: true }) || setTimeout(() => told(0), 800))"""


server = module_server("walk", load_walk)


@pytest.fixture
def stepping(opened, playwright, sign_in, room, server):
    """A check, one step a screen: `stepping(*scripts, person="wk-01", **options)`."""

    def begin(*scripts, person="wk-01", **options):
        page = opened(*scripts, **(playwright.devices["Pixel 7"] | CHINA | options))
        sign_in(page, person)
        page.context.add_cookies([{"name": f"one-{person}", "value": "1", "url": server.url}])
        page.goto(f"/p/{room}")
        page.wait_for_selector("#check.on")
        return page

    return begin


def tap(page, selector):
    page.locator(selector).first.tap()


def shown(page):
    return page.locator(".step:visible").evaluate_all("all => all.map(one => one.id)")


def on_screen(page, step):
    page.wait_for_selector(f".step.here#{step}")
    assert shown(page) == [step]


def test_given_the_mode_when_plain_answers_are_given_then_it_goes_on_by_itself_to_the_summary_and_the_receipt(stepping):
    page = stepping()
    on_screen(page, "S01")

    tap(page, ".here .opt >> nth=0")
    on_screen(page, "S02")
    tap(page, ".here .dot")
    on_screen(page, "S03")
    tap(page, ".rest")
    on_screen(page, "S04")
    tap(page, ".here [value=occupied] + span")
    tap(page, ".here .opt.pass")
    page.wait_for_selector("body.sum .summary")
    assert page.locator(".summary li[data-state=pass]").count() == 4
    tap(page, "#submit")

    page.wait_for_url(RECEIPT)


def test_given_a_problem_when_reported_then_the_screen_stays_until_the_person_goes_on(stepping):
    page = stepping()
    tap(page, "#next")
    on_screen(page, "S02")

    tap(page, ".here .opt.fail")
    page.wait_for_timeout(600)
    on_screen(page, "S02")
    tap(page, "#back")

    on_screen(page, "S01")


def test_given_something_is_missing_when_submitted_from_the_summary_then_its_screen_opens(stepping):
    page = stepping()
    for _ in range(4):
        tap(page, "#next")
    page.wait_for_selector("body.sum")

    tap(page, "#submit")

    on_screen(page, "S01")
    assert "气味判定" in page.inner_text("#status")


def test_given_answers_when_the_mode_changes_and_the_page_is_killed_then_all_is_there(stepping):
    page = stepping()
    tap(page, ".here .opt >> nth=1")
    on_screen(page, "S02")
    tap(page, "#mode")
    assert shown(page) == ["S01", "S02", "S03", "S04"]
    assert page.locator("#S01 .opt >> nth=1 >> input").is_checked()
    tap(page, "#mode")

    page.reload()

    page.wait_for_selector("#check.on")
    on_screen(page, "S02")
    assert page.locator("#S01 .opt >> nth=1 >> input").is_checked()


def test_given_large_text_when_a_check_is_opened_then_it_comes_one_step_a_screen_and_nothing_moves(stepping):
    page = stepping(person="wk-02")
    page.context.clear_cookies(name="one-wk-02")
    page.request.post(
        "/preferences", form={"csrf_token": page.locator("[name=csrf_token] >> nth=0").input_value(), "large_text": "1"}
    )

    page.reload()

    page.wait_for_selector("#check.on")
    assert len(shown(page)) == 1
    assert page.evaluate(LEVEL) < 0.02
    assert page.locator(".secondary:visible").count() == 0


def test_given_a_keyboard_when_walking_then_the_title_is_in_focus_and_enter_goes_on(stepping):
    page = stepping()

    page.focus("#next")
    page.keyboard.press("Enter")

    on_screen(page, "S02")
    assert page.evaluate("document.activeElement.id") == "S02-t"


def test_given_no_recording_when_the_step_is_heard_then_the_phone_reads_it_out(stepping):
    page = stepping(SPEAKS)

    tap(page, ".here .hear")

    said = page.evaluate("said")
    assert "气味判定" in said[0] and said[1] == "zh-CN"
    assert page.get_attribute(".here .hear", "aria-pressed") == "true"


def test_given_the_whole_list_when_heard_at_once_then_step_after_step_is_read_until_it_is_stopped(stepping):
    page = stepping(SPEAKS, "speechSynthesis.speak = (words) => { said.push(words.text); window.end = words.onend; };")
    tap(page, "#mode")

    tap(page, "#hear-all")
    assert "气味判定" in page.evaluate("said.at(-1)")
    page.evaluate("end()")
    until(page, "() => said.length === 2")
    assert "清运垃圾" in page.evaluate("said.at(-1)")
    tap(page, "#hear-all")
    page.evaluate("end()")

    assert page.get_attribute("#hear-all", "aria-pressed") == "false"
    assert page.evaluate("said.length") == 2


def test_given_neither_recording_nor_voice_when_opened_then_no_button_promises_one(stepping):
    page = stepping("delete window.speechSynthesis;")

    assert page.locator(".hear").count() == 0


def test_given_the_last_answer_when_given_then_a_tone_says_so_unless_muted(stepping):
    page = stepping(TONES)
    tap(page, "#mode")

    def answer_all():
        tap(page, "#S01 .opt >> nth=0")
        tap(page, "#S04 [value=occupied] + span")
        tap(page, "#S04 .opt.pass")
        tap(page, ".rest")

    answer_all()
    assert page.evaluate("tones") == 1
    tap(page, "#sound")
    tap(page, "#S02 .opt.fail")
    tap(page, "#S02 .dot")

    assert page.evaluate("tones") == 1


def test_given_no_scripts_but_the_mode_remembered_when_opened_then_the_whole_list_stands(
    plain_phone, sign_in, room, server
):
    sign_in(plain_phone, "wk-01")
    plain_phone.context.add_cookies([{"name": "one-wk-01", "value": "1", "url": server.url}])

    plain_phone.goto(f"/p/{room}")

    assert shown(plain_phone)[:4] == ["S01", "S02", "S03", "S04"]
    assert plain_phone.locator("#submit").is_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_given_one_step_a_screen_when_each_screen_is_inspected_then_nothing_is_found(look, stepping):
    page = stepping(SPEAKS, **LOOKS[look])
    page.evaluate(AXE)
    found = []
    for _ in range(5):
        found += [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in page.evaluate(RUN)["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if page.locator("#next").is_visible():
            tap(page, "#next")

    assert not found
    assert page.locator("body.sum").count() == 1
