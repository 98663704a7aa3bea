"""Voice memos in place of words, in a browser with a made-up microphone: recorded, kept, sent, heard in the record."""

import re

import pytest

from tests.browser.conftest import CHINA, FLAGS, LIKE_WECHAT, WECHAT
from tests.browser.test_accessible import AXE, RUN
from tests.support.builders import person
from tests.support.pictures import webm
from tests.support.servers import module_server
from tests.support.waiting import until
from tests.support.walk import POST, load_walk

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PLAYS = """async (sound) => {
  await sound.play();
  await new Promise((done) => sound.addEventListener("timeupdate", () => sound.currentTime > 0 && done()));
  return sound.currentTime;
}"""
LEADER = "ldr-9"
PAGE = "/standards/JGSW05003.01-2026/audio"
KEEP = """async () => {
  const { steps } = JSON.parse(document.getElementById("task").textContent);
  const { audio } = steps.find((step) => step.audio);
  await (await caches.open("private-wk-01")).put(audio, await fetch(audio, { cache: "no-store" }));
}"""
NO_RECORDER = "delete window.MediaRecorder;"


def load_spoken(app):
    """The walk, with a crew leader above it."""
    load_walk(app)
    person(LEADER, "crew_leader", "clean", crew_id="c1", shift_id="early")


@pytest.fixture(scope="module")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*FLAGS, *MICROPHONE])
    yield browser
    browser.close()


server = module_server("spoken", load_spoken)


@pytest.fixture
def speaking(opened, playwright):
    """A phone whose microphone is free."""
    return opened(**playwright.devices["Pixel 7"], **CHINA, permissions=["microphone"])


def tap(page, selector):
    page.locator(selector).first.tap()


def say_something(page, within):
    tap(page, f"{within} .say")
    page.wait_for_selector(f"{within} .say.on")
    page.wait_for_timeout(1500)
    tap(page, f"{within} .say")
    page.wait_for_selector(f"{within} .clip")


def answer_with_a_problem(page):
    tap(page, "#S01 .opt >> nth=0")
    tap(page, "#S02 .opt.fail")
    tap(page, "#S02 .cause")
    tap(page, "#S04 [value=occupied] + span")
    tap(page, "#S04 .opt.pass")
    tap(page, ".rest")


def test_given_a_problem_when_it_is_said_instead_of_written_then_the_record_plays_it(speaking, sign_in, room):
    sign_in(speaking, "wk-01")
    speaking.goto(f"/p/{room}")
    answer_with_a_problem(speaking)
    tap(speaking, "#submit")
    assert "说" in speaking.inner_text("#status")

    say_something(speaking, "#S02")
    tap(speaking, "#submit")
    speaking.wait_for_url(RECEIPT)
    speaking.goto(speaking.url.split("?")[0])

    assert speaking.locator("#S02 audio").evaluate(PLAYS) > 0


def test_given_words_still_being_said_when_sent_then_they_go_along(speaking, sign_in, room):
    sign_in(speaking, "wk-01")
    speaking.goto(f"/p/{room}")
    answer_with_a_problem(speaking)
    say_something(speaking, "#S02")

    tap(speaking, ".more summary")
    tap(speaking, ".more .say")
    speaking.wait_for_selector(".more .say.on")
    speaking.wait_for_timeout(1200)
    tap(speaking, "#submit")
    speaking.wait_for_url(RECEIPT)
    speaking.goto(speaking.url.split("?")[0])

    assert speaking.locator("audio").count() == 2


def test_given_a_recording_when_heard_and_taken_back_then_it_is_gone_and_not_sent(speaking, sign_in, room):
    sign_in(speaking, "wk-01")
    speaking.goto(f"/p/{room}")
    answer_with_a_problem(speaking)
    say_something(speaking, "#S02")

    tap(speaking, "#S02 .clip .btn")
    speaking.wait_for_selector("#S02 .clip [aria-pressed=true]")
    tap(speaking, "#S02 .clip .ghost")

    assert speaking.locator("#S02 .clip").count() == 0
    tap(speaking, "#submit")
    assert "missing" in speaking.get_attribute("#S02", "class")


def test_given_a_recording_when_the_page_is_killed_then_it_is_there_again(speaking, sign_in, room):
    sign_in(speaking, "wk-01")
    speaking.goto(f"/p/{room}")
    tap(speaking, ".more summary")
    say_something(speaking, ".more")

    speaking.reload()

    speaking.wait_for_selector(".more .clip", state="attached")


def test_given_no_network_when_something_is_said_then_it_arrives_with_the_check_later(speaking, sign_in, room):
    sign_in(speaking, "wk-01")
    speaking.goto(f"/p/{room}")
    answer_with_a_problem(speaking)
    say_something(speaking, "#S02")
    tap(speaking, "#S02 .clip .ghost")
    speaking.context.set_offline(True)
    say_something(speaking, "#S02")
    tap(speaking, "#submit")
    speaking.wait_for_selector("#status:not(:empty)")

    speaking.context.set_offline(False)

    speaking.wait_for_url(RECEIPT)
    speaking.goto(speaking.url.split("?")[0])
    assert speaking.locator("#S02 audio").count() == 1


def test_given_a_step_that_wants_words_when_they_are_said_then_it_is_answered(speaking, sign_in):
    sign_in(speaking, "wk-01")
    speaking.goto(f"/p/{POST}")

    say_something(speaking, "#S03")

    assert speaking.get_attribute("#S03", "data-state") == "pass"
    assert speaking.locator("#S03 .memo").count() == 1


@pytest.mark.parametrize("scripts", [(LIKE_WECHAT,), (NO_RECORDER,)], ids=["wechat", "no-recorder"])
def test_given_a_browser_that_cannot_record_when_pressed_then_the_phones_own_recorder_is_asked(
    scripts, opened, playwright, sign_in, room
):
    page = opened(*scripts, **{**playwright.devices["Pixel 7"], "user_agent": WECHAT}, **CHINA)
    sign_in(page, "wk-01")
    page.goto(f"/p/{room}")
    answer_with_a_problem(page)

    with page.expect_file_chooser() as chooser:
        tap(page, "#S02 .say")
    chooser.value.set_files({"name": "a.webm", "mimeType": "audio/webm", "buffer": webm()})
    page.wait_for_selector("#S02 .clip")
    tap(page, "#submit")

    page.wait_for_url(RECEIPT)


def test_given_the_microphone_is_refused_when_pressed_then_it_says_so_and_the_next_press_asks_for_a_file(
    opened, playwright, sign_in, room
):
    denied = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
    page = opened(denied, **playwright.devices["Pixel 7"], **CHINA)
    sign_in(page, "wk-01")
    page.goto(f"/p/{room}")
    tap(page, "#S02 .opt.fail")
    tap(page, "#S02 .say")
    page.locator("#status", has_text="麦克风").wait_for()

    with page.expect_file_chooser() as chooser:
        tap(page, "#S02 .say")

    assert chooser.value.element.get_attribute("accept") == "audio/*"


def test_given_no_scripts_when_the_remark_is_a_sound_file_then_it_stands_with_the_record(
    plain_phone, speaking, sign_in, room
):
    sign_in(plain_phone, "wk-01")
    plain_phone.goto(f"/p/{room}")
    tap(plain_phone, "#S01 .opt >> nth=0")
    tap(plain_phone, "#S04 [value=occupied] + span")
    tap(plain_phone, "#S04 .opt.pass")
    tap(plain_phone, ".rest")
    tap(plain_phone, ".more summary")
    plain_phone.set_input_files(".more .voice", {"name": "a.webm", "mimeType": "audio/webm", "buffer": webm()})

    with plain_phone.expect_navigation():
        tap(plain_phone, "#submit")

    assert RECEIPT.search(plain_phone.url)
    plain_phone.goto(plain_phone.url.split("?")[0])
    assert plain_phone.locator("audio").count() == 1


def test_given_a_crew_leader_when_a_step_is_explained_by_voice_then_the_worker_hears_it_while_working(
    speaking, opened, playwright, sign_in, room
):
    sign_in(speaking, LEADER)
    speaking.goto(PAGE)
    tap(speaking, "#S02 .say")
    speaking.wait_for_selector("#S02 .say.on")
    speaking.wait_for_timeout(1500)
    tap(speaking, "#S02 .say")
    assert speaking.wait_for_selector("#S02 audio").evaluate(PLAYS) > 0
    sounds = "window.heard = []; addEventListener('timeupdate', (event) => heard.push(event.target.currentTime), true);"
    held = "window.Audio = class extends Audio { constructor() { super(); document.documentElement.append(this); } };"
    worker = opened(sounds, held, **playwright.devices["Pixel 7"], **CHINA)
    sign_in(worker, "wk-01")
    worker.goto(f"/p/{room}")
    assert worker.locator(".hear").count() == 1

    tap(worker, "#S02 .hear")

    until(worker, "() => heard.some((time) => time > 0)")
    worker.evaluate(KEEP)
    worker.context.set_offline(True)
    worker.evaluate("heard.length = 0")
    tap(worker, "#S02 .hear[aria-pressed=false]")
    until(worker, "() => heard.some((time) => time > 0)")
    speaking.goto(PAGE)
    tap(speaking, "#S02 form.post button")
    speaking.locator("#S02 audio").wait_for(state="detached")


def test_given_a_phone_that_cannot_record_when_explaining_then_a_sound_file_is_kept(opened, playwright, sign_in):
    page = opened(NO_RECORDER, **playwright.devices["Pixel 7"], **CHINA)
    sign_in(page, LEADER)
    page.goto(PAGE)

    with page.expect_file_chooser() as chooser:
        tap(page, "#S01 .say")
    with page.expect_navigation():
        chooser.value.set_files({"name": "a.webm", "mimeType": "audio/webm", "buffer": webm()})

    assert page.locator("#S01 audio").count() == 1


def test_given_recordings_on_both_pages_when_inspected_then_nothing_is_found(speaking, sign_in, room):
    sign_in(speaking, LEADER)
    speaking.goto(f"/p/{room}")
    answer_with_a_problem(speaking)
    say_something(speaking, "#S02")
    speaking.evaluate(AXE)
    found = speaking.evaluate(RUN)["violations"]
    speaking.goto(PAGE)
    tap(speaking, "#S03 .say")
    speaking.wait_for_selector("#S03 .say.on")
    speaking.evaluate(AXE)

    assert not [each["id"] for each in (*found, *speaking.evaluate(RUN)["violations"])]
