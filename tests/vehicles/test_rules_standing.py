"""VH-6, EV-11: what keeps a vehicle in, the check before the trip, the override and its writing up."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.vehicles.rules_board import Face, Tally, face_of, sorted_board, tally
from app.vehicles.rules_service import Due
from app.vehicles.rules_standing import (
    Block,
    CheckDone,
    Known,
    Near,
    back_fill_due,
    blocks_of,
    checked_before,
    override_holds,
    warnings_of,
)

SITE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)  # Monday 09:00 at the site
A_MINUTE = timedelta(minutes=1)


def check(minutes_ago, profile="full", blocking=()):
    return CheckDone(f"c{minutes_ago}", NOW - minutes_ago * A_MINUTE, profile, blocking)


def ready(checks, last_return=None, *, urgent=False):
    return checked_before(checks, NOW, last_return, SITE, urgent=urgent)


def test_vh6_given_nothing_wrong_when_judged_then_nothing_keeps_it_in():
    assert blocks_of(Known()) == ()
    assert warnings_of(Known()) == ()


def test_vh6_given_everything_wrong_when_judged_then_every_reason_is_said_in_order():
    known = Known(Due.OVER, date(2026, 10, 1), ("胎压",), {"insurance_due": Due.OVER}, sealed=True)

    assert blocks_of(known) == (Block.SERVICE, Block.MONTHLY, Block.FAILED, Block.PAPERS, Block.SEALED)


def test_vh6_given_things_that_come_near_when_judged_then_they_warn_and_do_not_block():
    known = Known(Due.NEAR, papers={"insurance_due": Due.NEAR}, doubts=1, fuel_over=True, unwritten=1)

    assert blocks_of(known) == ()
    assert warnings_of(known) == (Near.SERVICE, Near.PAPERS, Near.DOUBT, Near.FUEL, Near.BACK_FILL)


def test_vh6_given_no_check_when_departing_then_it_is_missing():
    assert not ready([])
    assert not ready([], urgent=True)


def test_vh6_given_a_whole_check_when_it_is_of_the_last_four_hours_then_it_counts():
    assert ready([check(30)])
    assert ready([check(240)])
    assert not ready([check(241)])


def test_vh6_given_a_trip_since_the_check_when_departing_again_then_a_new_one_is_needed():
    returned = NOW - 20 * A_MINUTE

    assert not ready([check(30)], returned)
    assert ready([check(20)], returned)


def test_vh6_given_a_check_that_failed_or_is_of_a_seal_or_of_the_future_when_departing_then_it_does_not_count():
    assert not ready([check(30, blocking=("胎压",))])
    assert not ready([check(30, "seal")])
    assert not ready([check(-1)])


def test_vh6_given_the_four_urgent_steps_when_departing_then_they_want_the_whole_check_of_the_day():
    assert ready([check(2, "urgent"), check(55)], urgent=True)
    assert not ready([check(2, "urgent")], urgent=True)
    assert not ready([check(2, "urgent"), check(600)], urgent=True)  # 23:00 of the day before
    assert not ready([check(2, "urgent"), check(300)])


def test_vh6_given_the_check_of_the_morning_when_urgent_after_a_trip_then_some_check_since_the_return_is_needed():
    returned = NOW - 20 * A_MINUTE

    assert ready([check(5, "urgent"), check(60)], returned, urgent=True)
    assert not ready([check(60)], returned, urgent=True)


def test_vh6_given_a_standard_with_a_shorter_time_when_it_has_passed_then_the_check_has_run_out():
    assert not checked_before([check(61)], NOW, None, SITE, urgent=False, holds=timedelta(minutes=60))


def test_ev11_given_an_override_when_a_day_has_passed_or_it_was_used_then_it_holds_no_longer():
    assert override_holds(NOW, NOW, used=False)
    assert override_holds(NOW, NOW + timedelta(hours=24) - A_MINUTE, used=False)
    assert not override_holds(NOW, NOW + timedelta(hours=24), used=False)
    assert not override_holds(NOW, NOW, used=True)
    assert not override_holds(NOW, NOW - A_MINUTE, used=False)
    assert back_fill_due(NOW) == NOW + timedelta(hours=24)


class Stand:
    def __init__(self, blocks=(), warnings=(), trip=None, clean_km=0):
        self.blocks, self.warnings, self.trip, self.clean_km = blocks, warnings, trip, clean_km


def test_given_vehicles_when_the_board_is_made_then_what_needs_somebody_stands_first_and_is_counted():
    kept, out = Stand((Block.SERVICE,), (), None, 100), Stand((Block.SERVICE,), (), object(), 20)
    warned, fine = Stand((), (Near.FUEL,), None, 3), Stand()

    assert [face_of(each) for each in (kept, out, warned, fine)] == [Face.BLOCKED, Face.OUT, Face.WARNED, Face.READY]
    assert [each for _face, each in sorted_board([fine, warned, out, kept])] == [kept, out, warned, fine]
    assert tally([kept, out, warned, fine, fine]) == Tally(1, 1, 1, 2, 123)


def test_vh6_given_a_check_that_ends_at_this_moment_when_departing_then_it_counts():
    assert ready([check(0)])
