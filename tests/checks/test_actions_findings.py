"""record_check: what could not be done, and what was found. On both databases."""

from datetime import timedelta

import pytest

from app.checks.models import Check, CheckState
from app.nonconformities.models import Finding, FindingEvent
from app.photos.models import Photo
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.records import ID, LITTLE, OTHER_ID, record, the, upload
from tests.support.standards import step_document
from tests.support.stored import rows_of


@pytest.mark.parametrize("reason", ["locked", "门锁"])
def test_given_a_locked_door_when_reported_then_it_is_unable_and_waits_for_a_verdict(inside, reason):
    make.small_world()

    receipt = record(inside, make.submission(outcome="unable", unable_reason=reason, answers=[]))

    assert receipt.status == "offline"
    assert (the(Occurrence).state, the(Occurrence).unable_reason) == ("unable", "locked")
    assert the(CheckState).unable_verdict == "pending"
    assert the(Check).outcome == "unable"


def test_given_an_unable_window_when_done_after_all_then_it_is_done(inside):
    make.small_world()
    record(inside, make.submission(outcome="unable", unable_reason="occupied", answers=[]))

    record(inside, make.submission(OTHER_ID))

    assert (the(Occurrence).state, the(Occurrence).check_id) == ("in_window", OTHER_ID)


def test_given_a_fail_when_recorded_then_a_finding_is_registered_and_the_window_is_done(inside):
    make.small_world(step_document("S01", severity="major", **LITTLE))

    record(inside, make.submission(answers=[make.answer(result="fail", cause="supply", note="没有纸")]))

    finding = the(Finding)
    assert (finding.cause, finding.text, finding.state, finding.check_id) == ("supply", "没有纸", "registered", ID)
    assert finding.due_at == finding.found_at + timedelta(hours=24)
    assert (finding.implementer_id, finding.responsible_id, finding.found_by_id) == ("clean", "care", "ann")
    assert (the(Occurrence).state, the(Occurrence).steps_fail) == ("in_window", 1)


def test_given_a_fail_put_right_on_the_spot_when_recorded_then_its_finding_is_closed_at_once(inside):
    make.small_world()
    upload(inside)

    record(
        inside,
        make.submission(
            answers=[make.answer(result="fail", cause="work", note="脏", fixed=True, after_photos=[PHOTO])]
        ),
    )

    assert (the(Finding).state, the(Finding).fixed_on_spot, the(Photo).part) == ("closed", True, "after")
    assert [row.kind for row in rows_of(FindingEvent)] == ["registered", "closed"]


def test_given_a_known_open_finding_when_it_fails_again_then_it_is_not_registered_again(inside):
    make.small_world()
    make.occurrence(window="A3")
    make.occurrence(window="A4")
    fail = make.answer(result="fail", cause="facility", note="灯坏")
    record(inside, make.submission(answers=[fail]))
    known = [{"finding": the(Finding).id, "state": "still"}]

    record(inside, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=[fail | {"known": known}]))
    assert [row.kind for row in rows_of(FindingEvent)] == ["registered", "still"]
    assert the(Finding).state == "registered"

    third = "00000000-0000-4000-8000-000000000003"
    gone = [{"finding": the(Finding).id, "state": "gone"}]
    record(inside, make.submission(third, window="2026-11-23/A/A4", answers=[make.answer(known=gone)]))
    assert (the(Finding).state, the(Finding).rectifier_id) == ("to_recheck", "ann")
