"""What a point asks beside its steps: the tag at the place and the word at its door, with and without a network."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.db import atomically
from app.places.rules_proof import Asks, day_word, tag_value
from app.places.writes import set_proof
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.browser.test_work_page import PHOTO, RECEIPT, answer_room, submitted, tap
from tests.support import builders as make
from tests.support.pocket import fill_pocket
from tests.support.servers import module_server
from tests.support.walk import ROOMS, load_walk

SECRET = "0f" * 16
TAG = tag_value(SECRET)
TAGGED, WORDED = ROOMS[:4], ROOMS[4:8]
READ = "已读到"


def load_asking(app):
    """The walk; four restrooms ask for their tag, four for the word at the door."""
    load_walk(app)
    make.person("sue", "supervisor", "care")
    for number in range(8):
        atomically(lambda asks=Asks.TAG if number < 4 else Asks.WORD, at=f"p{number}": set_proof(at, asks, SECRET))


server = module_server("asking", load_asking)


def word():
    return day_word(SECRET, datetime.now(ZoneInfo("Asia/Shanghai")).date())


def marks(rows, code):
    found = rows(f"SELECT marks FROM checks WHERE label_code = '{code}'")
    return [mark for (text,) in found for mark in json.loads(text)] if found else None


def test_given_a_tag_and_a_word_when_done_on_the_spot_then_the_record_brings_what_the_place_asks(phone, sign_in, rows):
    phone.goto(f"/p/{TAGGED[0]}?t={TAG}")
    phone.get_by_role("link", name="工作人员登录").tap()
    phone.fill("[name=account]", "wk-01")
    phone.fill("[name=password]", "dabiao-demo")
    phone.click("form[action='/login'] button, form:has([name=password]) button")
    phone.wait_for_url(f"**/p/{TAGGED[0]}?t={TAG}")
    assert READ in phone.inner_text("#tag")
    answer_room(phone)
    submitted(phone)
    phone.goto(f"/p/{WORDED[0]}")
    phone.fill("#secret", word())
    answer_room(phone)
    submitted(phone)
    phone.goto(f"/p/{TAGGED[1]}")
    assert READ not in phone.inner_text("#tag")
    answer_room(phone)
    submitted(phone)

    assert [marks(rows, code).count("no_secret") for code in (TAGGED[0], WORDED[0], TAGGED[1])] == [0, 0, 1]


def test_given_no_network_when_a_tag_or_a_word_is_given_then_it_goes_with_the_record_later(phone, sign_in, rows):
    sign_in(phone, "wk-01")
    phone.goto("/")
    fill_pocket(phone)
    phone.context.set_offline(True)
    for code, said in ((TAGGED[2], ""), (WORDED[2], word())):
        phone.goto(f"/P/{code}" + ("" if said else f"?t={TAG}"))
        phone.wait_for_url("**window=**")
        if said:
            phone.fill("#secret", said)
        else:
            assert READ in phone.inner_text("#tag")
        answer_offline(phone)
        tap(phone, "#submit")
        phone.wait_for_url("**/outbox*")

    phone.context.set_offline(False)

    for _ in range(150):
        found = [marks(rows, code) for code in (TAGGED[2], WORDED[2])]
        if None not in found:
            break
        phone.wait_for_timeout(200)
    assert [each.count("no_secret") for each in found] == [0, 0]


def answer_offline(page):
    tap(page, "#S01 .opt >> nth=0")
    with page.expect_file_chooser() as chooser:
        tap(page, "#S04 .shoot")
    chooser.value.set_files(PHOTO)
    page.wait_for_selector("#S04 .shot")
    tap(page, "#S04 .opt.pass")
    tap(page, ".rest")


def test_given_no_scripts_when_a_form_is_sent_twice_then_the_tag_and_the_word_are_not_lost(plain_phone, sign_in, rows):
    page = plain_phone
    sign_in(page, "wk-01")
    for code, said in ((TAGGED[3], ""), (WORDED[3], word())):
        page.goto(f"/p/{code}" + ("" if said else f"?t={TAG}"))
        if said:
            page.fill("#secret", said)
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

    assert [marks(rows, code).count("no_secret") for code in (TAGGED[3], WORDED[3])] == [0, 0]


LOOKS = {"phone": {**CHINA, "viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, "desk": DESK}


@pytest.mark.parametrize("look", LOOKS)
def test_given_the_settings_of_a_point_when_chosen_and_inspected_then_words_can_be_printed_and_nothing_is_found(
    look, opened, sign_in
):
    page = opened(**LOOKS[look])
    sign_in(page, "sue")
    page.goto("/points/p10")
    page.get_by_label("门口张贴的今日口令").check()
    page.locator("form[action$='/proof'] .btn.primary").click()
    page.get_by_role("link", name="打印七天口令").click()
    page.wait_for_url("**/points/p10/words")

    assert page.locator(".words-sheet li").count() == 7
    assert not [fault for path in ("/points/p10/words", "/points/p10", "/points/p0") for fault in faults(page, path)]
