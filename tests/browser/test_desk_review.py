"""The desk review in a real browser: five records by keyboard, by swipe on a phone, and without scripts."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from app.checks.models import Answer
from app.db import atomically
from app.photos.actions import keep
from app.photos.actions_pictures import drain
from app.photos.rules import Part, PhotoOwner, PhotoUse, Upload
from app.photos.store import open_store
from app.photos.writes import rows_for_check
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.builders import NOW, kept
from tests.support.lists import drawn_list, item_id
from tests.support.pictures import jpeg
from tests.support.readers import readers
from tests.support.servers import module_server
from tests.support.standards import step_document
from tests.support.world import filled

PHONE = {**CHINA, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LISTS = [f"00000000-0000-4000-8000-0000000000{number}" for number in range(10, 22)]
LOOKS = {
    "light": DESK,
    "dark": {**PHONE, "color_scheme": "dark"},
    "large": PHONE,
    "english": {**DESK, "locale": "en-GB"},
    "narrow": {**PHONE, "viewport": {"width": 320, "height": 640}},
}
SWIPE = """([node, across]) => {
  const box = node.getBoundingClientRect();
  const at = (x) => new Touch({ identifier: 1, target: node, clientX: x, clientY: box.top + 40 });
  const tell = (kind, x) => node.dispatchEvent(new TouchEvent(kind, { bubbles: true, cancelable: true,
    touches: kind === "touchend" ? [] : [at(x)], changedTouches: [at(x)] }));
  const start = across > 0 ? 60 : 330;
  tell("touchstart", start);
  for (let part = 1; part <= 5; part += 1) tell("touchmove", start + (across * part) / 5);
  tell("touchend", start + across);
}"""


def shown(store, check_id, nth):
    """A real picture of a record, decoded."""
    upload = Upload(str(uuid.uuid4()), jpeg(seed=nth), "ann")
    picture, _new = keep(store, upload, max_bytes=10**7, now=NOW, day=NOW.date())
    owner = PhotoOwner(check_id, "ann", "p1", "JGSW05003.01", "clean", "care")
    atomically(lambda: rows_for_check([PhotoUse(picture, Part.EVIDENCE, "S01")], owner, at=NOW))


def load_lists(app):
    """Ten lists of the same six records, each with a picture, a reading and two ticks."""
    now = datetime.now(UTC)
    make.small_world(
        step_document("S01", "photo", key=True, photo_min=1, title="全景自检", reference_photo="b" * 64),
        step_document("S02", "number", title="余氯", unit="mg/L", min=500, max=1000),
        step_document("S03", title="擦拭台面"),
    )
    readers()
    store = open_store(app.extensions["settings"].photo_store)
    checks = [filled("p1", f"B{nth}", now - timedelta(hours=10 - nth)) for nth in range(6)]
    for nth, check_id in enumerate(checks):
        for position, (step, value) in enumerate((("S02", 788.0), ("S03", None)), 2):
            kept(
                Answer, check_id=check_id, step_id=step, position=position, applicable=True, result="pass", key=False,
                photos_due=0, photos_valid=0, value=value, unit="mg/L" if value else None, limit_min=500.0,
            )  # fmt: skip
        shown(store, check_id, nth)
    drain(store, now=now, on_failed=lambda failed: pytest.fail(str(failed)))
    for draw_id in LISTS:
        drawn_list(*checks, id=draw_id)


server = module_server("lists", load_lists)


@pytest.fixture(scope="module")
def lists():
    return iter(LISTS)


@pytest.fixture
def draw(lists):
    """A list that no other test touches."""
    return next(lists)


def at(page, draw, rank):
    page.wait_for_url(f"**/spotchecks/items/{item_id(draw, rank)}")
    page.wait_for_selector("[data-step].here")


def begin(page, sign_in, draw, rank=1):
    sign_in(page, "ivy")
    page.goto(f"/spotchecks/items/{item_id(draw, rank)}")
    if page.locator("#fail-here").count():
        page.wait_for_selector("#fail-here:not([hidden]), html:not(.js)", state="attached")


def marked(page):
    return page.locator("[data-step]").evaluate_all(
        "all => all.map((each) => each.querySelector('.verdicts :checked')?.value ?? '')"
    )


def test_given_a_keyboard_when_five_records_are_judged_then_the_hand_never_leaves_it(desk, sign_in, draw):
    begin(desk, sign_in, draw)
    press = desk.keyboard.press

    press("Enter")  # the first: all conforms
    at(desk, draw, 2)
    for key in "111":
        press(key)
    assert marked(desk) == ["pass", "pass", "pass"]
    press("Enter")
    at(desk, draw, 3)
    press("2")
    press("a")
    press("Enter")  # one fails with its reason, the rest conforms
    at(desk, draw, 4)
    press("3")
    press("b")
    press("Enter")
    at(desk, draw, 5)
    press("ArrowDown")
    press("2")
    press("d")
    press("Enter")
    at(desk, draw, 6)

    desk.goto(f"/spotchecks/draws/{draw}/review")
    assert "5/6" in desk.inner_text("main")
    assert desk.locator(".review-items .chip.bad").count() == 2
    assert desk.locator(".review-items .chip.due").count() == 1


def test_given_a_fail_without_a_reason_when_enter_is_pressed_then_the_page_asks_for_it_and_stays(desk, sign_in, draw):
    begin(desk, sign_in, draw)

    desk.keyboard.press("2")
    desk.keyboard.press("Enter")

    assert "原因" in desk.inner_text("#told")
    assert desk.evaluate("document.activeElement.name") == "S01.fail.reason"
    assert desk.url.endswith(item_id(draw, 1))


def test_given_z_when_pressed_then_picks_go_back_one_by_one_and_then_the_last_sheet(desk, sign_in, draw):
    begin(desk, sign_in, draw)
    desk.keyboard.press("Enter")
    at(desk, draw, 2)
    desk.keyboard.press("1")
    desk.keyboard.press("2")
    assert marked(desk) == ["pass", "fail", ""]

    desk.keyboard.press("z")
    desk.keyboard.press("z")
    assert marked(desk) == ["", "", ""]
    desk.keyboard.press("z")

    at(desk, draw, 1)
    assert marked(desk) == ["", "", ""]


def test_given_arrows_and_the_question_mark_when_pressed_then_records_turn_and_the_keys_are_shown(desk, sign_in, draw):
    begin(desk, sign_in, draw)

    desk.keyboard.press("ArrowRight")
    at(desk, draw, 2)
    desk.keyboard.press("ArrowLeft")
    at(desk, draw, 1)
    desk.keyboard.press("?")

    assert desk.locator("#keys dl").is_visible()


def test_given_words_being_typed_when_letters_come_then_they_are_no_commands(desk, sign_in, draw):
    begin(desk, sign_in, draw)
    desk.keyboard.press("2")
    desk.keyboard.press("h")  # another reason: the words have the focus now

    desk.keyboard.type("z1?3")

    assert desk.input_value("#S01-note") == "z1?3"
    assert marked(desk)[0] == "fail"


def test_given_enter_held_down_when_it_repeats_then_only_one_record_is_sent(desk, sign_in, draw):
    begin(desk, sign_in, draw)

    for _ in range(5):
        desk.keyboard.down("Enter")
    at(desk, draw, 2)
    for _ in range(5):
        desk.keyboard.down("Enter")
    desk.wait_for_timeout(400)
    desk.keyboard.up("Enter")

    assert desk.url.endswith(item_id(draw, 2))


def test_given_a_phone_when_swiped_right_then_all_conforms_and_left_asks_why(opened, sign_in, draw):
    page = opened(**PHONE)
    begin(page, sign_in, draw)

    page.evaluate(SWIPE, [page.locator("#S01").element_handle(), 60])  # too short to mean it
    assert page.url.endswith(item_id(draw, 1))
    page.evaluate(SWIPE, [page.locator("#S01").element_handle(), 240])
    at(page, draw, 2)
    page.evaluate(SWIPE, [page.locator("#S01").element_handle(), -240])
    assert "fail" in marked(page)
    assert page.locator(".reasons.fail:visible").count() == 1
    page.locator(".reasons.fail:visible .pick").first.tap()
    page.locator("#send").tap()

    at(page, draw, 3)


def test_given_a_picture_when_touched_then_the_full_one_is_fetched_and_not_before(opened, sign_in, draw):
    page, asked = opened(**PHONE), []
    page.on("request", lambda request: asked.append(request.url))
    begin(page, sign_in, draw)
    page.wait_for_load_state("networkidle")
    full = page.locator(".these a").first.evaluate("link => link.href")
    assert full not in asked

    page.locator(".these a").first.tap()

    page.wait_for_selector("dialog[open]")
    assert full in asked


def test_given_no_scripts_when_judged_then_a_fail_asks_for_its_reason_and_the_next_record_comes(
    plain_phone, sign_in, draw
):
    begin(plain_phone, sign_in, draw)
    plain_phone.locator("#S01 .opt.fail").tap()
    assert plain_phone.locator("#S01 .reasons.fail").is_visible()
    plain_phone.locator("#send").tap()
    plain_phone.wait_for_selector("#S01-error")

    plain_phone.locator("#S01 .reasons.fail .pick").first.tap()
    plain_phone.locator("#send").tap()

    plain_phone.wait_for_url(f"**/spotchecks/items/{item_id(draw, 2)}")


@pytest.mark.parametrize("look", LOOKS)
def test_given_a_look_when_the_pages_are_inspected_then_nothing_is_found(look, opened, sign_in, server):
    draw = LISTS[-1]
    page = opened(**LOOKS[look])
    sign_in(page, "ivy")
    if look == "large":
        page.goto("/me")
        page.click("[name=large_text][value='1']")
    pages = (f"/spotchecks/draws/{draw}/review", f"/spotchecks/items/{item_id(draw, 1)}", "/spotchecks/self")

    found = [fault for address in pages for fault in faults(page, address)]
    page.goto(pages[1])
    page.keyboard.press("2")
    page.keyboard.press("?")
    found += faults(page, pages[1] + "#keys")

    assert not found, "\n".join(found)
