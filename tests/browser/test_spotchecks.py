"""Spot checks in a real browser: every page inspected in four looks; a look on site from the list to the decision."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.db import atomically, run
from app.schedule.models import Occurrence
from app.spotchecks.actions_draws import draw, promise
from app.spotchecks.actions_promises import daily
from app.spotchecks.queries_units import Looking
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.looks import ZONE, differing, look_plan
from tests.support.pictures import jpeg
from tests.support.readers import readers
from tests.support.servers import module_server
from tests.support.standards import step_document
from tests.support.world import filled

PHONE = {**CHINA, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {
    "light": DESK,
    "dark": {**PHONE, "color_scheme": "dark"},
    "narrow": {**PHONE, "viewport": {"width": 320, "height": 640}},
    "english": {**DESK, "locale": "en-GB"},
}
REVIEW = "00000000-0000-4000-8000-0000000000e1"
MINUTES = timedelta(minutes=1)
SAID, STANDS = "我擦完后又有人用过。", "照片清楚，台面未擦。"


def load_looks(_app):
    """Three records of Ann's, two of them fresh; the list of today drawn, that of tomorrow promised, one dispute."""
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(CHINA["timezone_id"])).date()
    make.small_world(step_document("S01", title="台面与地面"))
    readers()
    records = [filled("p1", f"B{nth}", now - (24 + 60 * nth) * MINUTES) for nth in (0, 1)]
    filled("p1", "B7", now - 26 * MINUTES)
    atomically(lambda: run(update(Occurrence).values(business_on=today)))
    for day in (today, today + timedelta(days=1)):
        new = daily(day, [Looking("care")], [])[0]
        atomically(lambda new=new: promise(new, now - timedelta(days=1), ZONE))
    first = daily(today, [Looking("care")], [])[0].id
    atomically(lambda: draw(first, now, ZONE, "sue"))
    look_plan("00000000-0000-4000-8000-0000000000e2", "bureau")
    differing(REVIEW, records[1], "ann", "clean", "care")


server = module_server("looks", load_looks)


def draws(page):
    page.goto("/spotchecks")
    return [link.get_attribute("href") for link in page.locator("a[href$='/audit']").all()]


@pytest.mark.parametrize("look", LOOKS)
def test_given_the_pages_of_spot_checks_when_inspected_then_nothing_is_found(look, opened, sign_in):
    page = opened(**LOOKS[look])
    sign_in(page, "ivy")
    page.goto("/spotchecks/onsite")
    record = page.locator("a[href^='/spotchecks/onsite/']").first.get_attribute("href")
    looked_up = "/spotchecks/acceptance?lot=1449"
    pages = ["/spotchecks", looked_up, "/spotchecks/onsite", record, "/spotchecks/plans/new", *draws(page)]

    assert len(pages) == 7
    assert not [fault for address in (*pages, f"/spotchecks/reviews/{REVIEW}") for fault in faults(page, address)]


def test_given_a_look_that_differs_when_the_person_was_heard_then_it_is_decided_and_a_finding_stands(opened, sign_in):
    inspector, worker = opened(**PHONE), opened(**PHONE)
    sign_in(inspector, "ivy")
    inspector.goto("/spotchecks/onsite")
    inspector.locator("a[href^='/spotchecks/onsite/']").first.click()
    inspector.check("[name='S01.verdict'][value=fail]")
    inspector.locator("#S01 summary").click()
    inspector.select_option("[name='S01.reason']", "dirty")
    inspector.set_input_files(
        "[name='S01.photos']", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(seed=5)}
    )
    inspector.click("main form button.primary")
    inspector.wait_for_url("**/spotchecks/reviews/*")
    address = inspector.url

    sign_in(worker, "ann")
    worker.goto(address)
    worker.fill("#words-hear", SAID)
    worker.click("form[action$='/hear'] button")
    worker.wait_for_load_state()
    inspector.reload()
    inspector.fill("#words-untrue", STANDS)
    inspector.click("form[action$='/untrue'] button")
    inspector.wait_for_load_state()

    assert SAID in inspector.content()
    assert inspector.locator("a[href^='/nonconformities/']").count() == 1
    assert inspector.locator("main img").count() == 1
    worker.reload()
    assert worker.locator("form[action$='/appeal']").count() == 1


def test_given_the_list_of_the_day_when_verified_then_it_is_drawn_again_and_equal(opened, sign_in):
    page = opened(**DESK)
    sign_in(page, "sue")

    page.goto(draws(page)[0])

    assert page.locator(".note.ok").count() == 1
