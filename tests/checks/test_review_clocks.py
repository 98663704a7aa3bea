"""Given a record whose clock was off or that came after days, when a supervisor lets it in, then it counts."""

from datetime import timedelta

import pytest

from app.checks.actions_review import ask_again
from app.checks.models import Check, CheckEvent
from app.db import atomically
from app.schedule.models import Occurrence, OccurrenceEvent
from tests.checks.test_review import deed
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.protocol import ID, LITTLE, Phone, kept, world
from tests.support.standards import step_document

SECOND = "00000000-0000-4000-8000-000000000002"


def test_given_a_wrong_clock_when_a_supervisor_believes_it_then_the_window_is_filled_by_the_phones_time(app):
    world(app)
    phone = Phone(app, "ann")
    phone.at = make.NOW + timedelta(hours=5)
    body = make.submission(opened_at="2026-11-23T08:31:05+08:00", submitted_at="2026-11-23T08:37:40+08:00")
    wrong = (phone.at - timedelta(minutes=5)).isoformat()
    assert phone.post("/api/v1/checks", body, **{"X-Phone-Time": wrong}).json["receipt"]["status"] == "extra"

    assert deed(app, "sue", "clock", {}).status_code == 303
    assert deed(app, "sue", "clock", {}).status_code == 409

    due = kept(app, Occurrence)[0]
    assert (due.state, due.check_id) == ("in_window", ID)
    assert kept(app, Check)[0].timing == "extra"
    assert [row.kind for row in kept(app, CheckEvent)] == ["clock_accepted"]


def test_given_a_held_record_when_released_then_it_counts_as_late(app):
    world(app)
    phone = Phone(app, "ann")
    phone.at = make.NOW + timedelta(days=4)
    phone.post("/api/v1/checks", make.submission())

    assert deed(app, "sue", "release", {}).status_code == 303

    assert kept(app, Occurrence)[0].state == "late"


def test_given_verdicts_on_a_held_record_when_released_then_its_window_counts_them(app):
    world(app, step_document("S01", key=True), step_document("S02", "photo", key=True, **LITTLE))
    phone = Phone(app, "ann")
    phone.at = MISSED_FOR_DAYS
    phone.put_photo()
    answers = [make.answer(result="not_applicable", note="停用"), make.answer("S02", photos=[PHOTO])]
    phone.post("/api/v1/checks", make.submission(answers=answers))
    deed(app, "sue", "not-applicable", {"step": "S01", "verdict": "refused"}, at=MISSED_FOR_DAYS)
    with app.app_context():
        atomically(lambda: ask_again(ID, "S02", MISSED_FOR_DAYS))

    assert deed(app, "sue", "release", {}, at=MISSED_FOR_DAYS).status_code == 303

    due = kept(app, Occurrence)[0]
    assert (due.state, due.steps_pass, due.steps_fail, due.photos_valid) == ("late", 1, 1, 0)
    assert (due.key_due, due.key_evidenced, due.key_pass) == (2, 0, 0)


UNABLE = {"outcome": "unable", "unable_reason": "locked", "answers": []}
MISSED_FOR_DAYS = make.NOW + timedelta(days=4)


def held_report(app):
    """Said on Monday, arrived on Friday: kept outside the figures."""
    world(app)
    phone = Phone(app, "ann")
    phone.at = MISSED_FOR_DAYS
    phone.post("/api/v1/checks", make.submission(**UNABLE))
    assert [row.timing for row in kept(app, Check)] == ["held"]


@pytest.mark.parametrize(("said", "state"), [("accepted", "exempt"), ("refused", "missed")])
def test_given_a_held_report_when_released_then_it_waits_for_its_verdict_and_follows_it(app, said, state):
    held_report(app)

    assert deed(app, "sue", "release", {}, at=MISSED_FOR_DAYS).status_code == 303
    assert kept(app, Occurrence)[0].state == "unable"
    assert deed(app, "sue", "unable", {"verdict": said}, at=MISSED_FOR_DAYS).status_code == 303

    assert kept(app, Occurrence)[0].state == state


@pytest.mark.parametrize(("said", "state"), [("accepted", "exempt"), ("refused", "missed")])
def test_given_a_held_report_with_a_verdict_when_released_then_the_verdict_holds(app, said, state):
    held_report(app)
    deed(app, "sue", "unable", {"verdict": said}, at=MISSED_FOR_DAYS)

    assert deed(app, "sue", "release", {}, at=MISSED_FOR_DAYS).status_code == 303

    assert kept(app, Occurrence)[0].state == state
    assert deed(app, "sue", "release", {}, at=MISSED_FOR_DAYS).status_code == 409


def report_by_wrong_clock(app, came_at):
    """A phone that is five minutes behind reports at 08:40 by the site's clock; it comes in at `came_at`."""
    world(app)
    phone = Phone(app, "ann")
    phone.at = came_at
    wrong = {"X-Phone-Time": (came_at - timedelta(minutes=5)).isoformat()}
    body = make.submission(**UNABLE, opened_at="2026-11-23T08:31:05+08:00", submitted_at="2026-11-23T08:35:00+08:00")
    assert phone.post("/api/v1/checks", body, **wrong).status_code == 201


def test_given_a_report_outside_the_window_by_a_wrong_clock_when_believed_then_it_waits_for_its_verdict(app):
    report_by_wrong_clock(app, make.NOW + timedelta(hours=5))

    assert deed(app, "sue", "clock", {}).status_code == 303

    assert kept(app, Occurrence)[0].state == "unable"


def test_given_a_report_that_came_in_time_by_a_wrong_clock_when_believed_then_it_is_one_report_still(app):
    report_by_wrong_clock(app, make.NOW)

    assert deed(app, "sue", "clock", {}).status_code == 303

    assert [row.kind for row in kept(app, OccurrenceEvent)].count("unable") == 1


def test_given_a_held_report_when_the_window_was_done_after_all_then_it_stays_beside_it(app):
    held_report(app)
    Phone(app, "lea").post("/api/v1/checks", make.submission(SECOND, person="lea"))

    assert deed(app, "sue", "release", {}, at=MISSED_FOR_DAYS).status_code == 409

    assert kept(app, Occurrence)[0].check_id == SECOND
