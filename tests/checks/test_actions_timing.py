"""record_check: what the clock and the window make of a submission. On both databases."""

from datetime import timedelta

from app.checks.models import Check
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.records import ID, OTHER_ID, record, the
from tests.support.stored import rows_of


def test_given_two_people_when_both_do_one_window_then_both_are_kept_and_the_second_is_extra(inside):
    make.small_world()
    record(inside, make.submission())

    second = record(inside, make.submission(OTHER_ID, person="lea"), who="lea")

    assert second.status == "extra"
    assert set(second.marks) >= {"already_done"}
    assert len(rows_of(Check)) == 2
    assert the(Occurrence).check_id == ID


def test_given_a_record_of_a_closed_window_when_it_arrives_then_it_is_kept_as_extra(inside):
    make.small_world()
    late = make.NOW + timedelta(hours=5)

    receipt = record(
        inside,
        make.submission(opened_at="2026-11-23T13:35:00+08:00", submitted_at="2026-11-23T13:40:00+08:00"),
        received=late,
    )

    assert (receipt.status, receipt.marks) == ("extra", ("expired",))
    assert the(Occurrence).state == "planned"


def test_given_a_late_record_when_it_arrives_before_expiry_then_it_fills_as_late(inside):
    make.small_world()
    late = make.NOW + timedelta(hours=2)

    receipt = record(inside, make.submission(submitted_at="2026-11-23T10:39:50+08:00"), received=late)

    assert receipt.status == "late"
    assert the(Occurrence).state == "late"


def test_given_a_record_four_days_old_when_it_arrives_then_it_is_held_outside_the_figures(inside):
    make.small_world()

    receipt = record(inside, make.submission(), received=make.NOW + timedelta(days=4))

    assert (receipt.status, receipt.marks) == ("late", ("offline", "held"))
    assert the(Occurrence).state == "planned"
    assert the(Check).timing == "held"


def test_given_a_clock_a_day_off_when_recorded_then_it_is_kept_and_marked(inside):
    make.small_world()
    body = make.submission(opened_at="2026-11-22T08:31:05+08:00", submitted_at="2026-11-22T08:40:00+08:00")

    receipt = record(inside, body, phone=make.NOW - timedelta(days=1))

    assert (receipt.status, receipt.marks) == ("received", ("clock",))
    assert the(Occurrence).state == "in_window"


def test_given_no_window_when_recorded_then_it_is_extra_and_fills_nothing(inside):
    make.small_world()

    receipt = record(inside, make.submission(window=None))

    assert receipt.status == "extra"
    assert the(Check).window_key is None
    assert the(Occurrence).state == "planned"
