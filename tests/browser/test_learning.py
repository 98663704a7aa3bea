"""A worker suggests a change, in words and by voice; the standards section reads it, answers and applies to revise."""

import pytest

from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import AXE, RUN
from tests.browser.test_voice import PLAYS
from tests.browser.test_voice import chromium as chromium  # noqa: PLC0414  a browser whose microphone is made up
from tests.support.builders import person
from tests.support.pictures import webm
from tests.support.servers import module_server
from tests.support.walk import load_walk

LEARNING = "/standards/JGSW05003.01-2026/learning"
TEXT = "台面每天擦三遍就够"
OFFICE = "std-9"


def load_suggesting(app):
    """The walk, with somebody of the standards section."""
    load_walk(app)
    person(OFFICE, "standards", "bureau")


server = module_server("suggesting", load_suggesting)


@pytest.fixture
def speaking(opened, playwright):
    """A phone whose microphone is free."""
    return opened(**playwright.devices["Pixel 7"], **CHINA, permissions=["microphone"])


@pytest.fixture
def office(opened, sign_in):
    """The desk of the standards section."""
    page = opened(**DESK)
    sign_in(page, OFFICE)
    return page


def begin(page, sign_in, room):
    sign_in(page, "wk-01")
    page.goto(f"/p/{room}")
    page.locator(".foot a[href$='/suggest']").click()
    page.wait_for_url("**/suggest")


def test_given_a_worker_who_suggests_when_the_office_applies_to_revise_then_the_project_rests_on_it(
    phone, office, sign_in, room
):
    begin(phone, sign_in, room)
    phone.locator("label.tick", has_text="擦拭台面").tap()
    phone.fill("#text", TEXT)
    with phone.expect_navigation():
        phone.locator("#suggest .primary").tap()
    assert TEXT in phone.inner_text("main")

    office.goto(LEARNING)
    assert TEXT in office.inner_text("#act")
    office.locator("a", has_text="申请修订或废止").click()
    office.locator("label.tick", has_text=TEXT).click()
    office.fill("#content", "调整擦拭频次")
    office.evaluate(AXE)
    assert not [each["id"] for each in office.evaluate(RUN)["violations"]]
    office.locator("form .primary").click()
    office.wait_for_url("**/standards/projects/*")

    assert TEXT in office.inner_text("#evidence")
    phone.goto("/suggestions")
    assert "已采纳" in phone.inner_text("main")


def test_given_a_voice_memo_when_suggested_then_the_office_hears_it_and_answers(speaking, office, sign_in, room):
    begin(speaking, sign_in, room)
    speaking.locator(".say").tap()
    speaking.wait_for_selector(".say.on")
    speaking.wait_for_timeout(1200)
    speaking.locator(".say").tap()
    speaking.wait_for_selector("#heard:not([hidden])")
    speaking.evaluate(AXE)
    assert not [each["id"] for each in speaking.evaluate(RUN)["violations"]]
    with speaking.expect_navigation():
        speaking.locator("#suggest .primary").tap()
    assert speaking.locator("main article").first.locator("audio").count() == 1

    office.goto(LEARNING)
    said = office.locator("#act .said", has=office.locator("audio")).first
    assert said.locator("audio").evaluate(PLAYS) > 0
    said.locator("summary").click()
    said.locator("textarea").fill("已安排现场看一次")
    said.locator("button[value=answered]").click()
    office.locator(".note.ok").wait_for()

    speaking.goto("/suggestions")
    assert "已安排现场看一次" in speaking.inner_text("main")


def test_given_a_recording_taken_away_when_sent_without_words_then_it_is_asked_for(speaking, sign_in, room):
    begin(speaking, sign_in, room)
    speaking.locator(".say").tap()
    speaking.wait_for_selector(".say.on")
    speaking.wait_for_timeout(800)
    speaking.locator(".say").tap()
    speaking.wait_for_selector("#heard:not([hidden])")

    speaking.locator("#away").tap()
    assert speaking.locator("#heard").is_hidden()
    with speaking.expect_navigation():
        speaking.locator("#suggest .primary").tap()

    assert speaking.locator("#text-error").count() == 1


def test_given_no_scripts_when_suggested_with_a_sound_file_then_both_arrive(plain_phone, sign_in, room):
    begin(plain_phone, sign_in, room)
    plain_phone.fill("#text", "没有脚本也能提")
    plain_phone.set_input_files(".voice", {"name": "a.webm", "mimeType": "audio/webm", "buffer": webm()})

    with plain_phone.expect_navigation():
        plain_phone.locator("#suggest .primary").tap()

    assert "没有脚本也能提" in plain_phone.inner_text("main")
    assert plain_phone.locator("main article").first.locator("audio").count() == 1
