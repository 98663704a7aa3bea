from datetime import date

import pytest

from app.schedule.rules_days import Calendar, DayType
from app.schedule.rules_recurrence import Recurrence, Roll, RuleFault, days_of, recurrence_fault
from tests.support.rota import calendar

WORKDAYS = frozenset({DayType.WORKDAY})
REST = frozenset({DayType.RESTDAY, DayType.HOLIDAY})


def fall(rrule, dtstart, types, roll, first, last, days=None):
    recurrence = Recurrence(rrule, date.fromisoformat(dtstart), types, roll)
    return [
        day.isoformat()
        for day in days_of(recurrence, days or calendar(), date.fromisoformat(first), date.fromisoformat(last))
    ]


def test_given_a_weekly_monday_in_a_holiday_when_it_rolls_then_it_falls_on_the_first_workday_after_once():
    days = fall("FREQ=WEEKLY;BYDAY=MO,TU", "2026-07-06", WORKDAYS, Roll.NEXT, "2026-10-01", "2026-10-13")

    assert days == ["2026-10-08", "2026-10-12", "2026-10-13"]


@pytest.mark.parametrize("roll", [Roll.NONE, Roll.SKIP])
def test_given_a_weekly_monday_in_a_holiday_when_it_does_not_roll_then_it_falls_away(roll):
    days = fall("FREQ=WEEKLY;BYDAY=MO", "2026-07-06", WORKDAYS, roll, "2026-10-01", "2026-10-13")

    assert days == ["2026-10-12"]


def test_given_a_saturday_worked_instead_when_a_rest_day_job_rolls_then_sunday_takes_it():
    days = fall("FREQ=WEEKLY;BYDAY=SA", "2026-07-04", REST, Roll.NEXT, "2026-10-09", "2026-10-11")

    assert days == ["2026-10-11"]


def test_given_one_day_off_between_when_a_job_rolls_then_the_job_of_the_day_before_is_not_done_again():
    off = Calendar(holidays=frozenset({date(2026, 11, 25)}))

    days = fall("FREQ=WEEKLY;BYDAY=TU", "2026-11-03", WORKDAYS, Roll.NEXT, "2026-11-24", "2026-11-27", off)

    assert days == ["2026-11-24"]


def test_given_a_job_that_begins_in_a_break_when_it_rolls_then_nothing_before_its_start_counts():
    days = fall("FREQ=DAILY", "2026-10-05", WORKDAYS, Roll.NEXT, "2026-09-28", "2026-10-09")

    assert days == ["2026-10-08", "2026-10-09"]


def test_given_a_leap_day_rule_when_years_pass_then_it_falls_in_leap_years_only():
    every = frozenset(DayType)

    days = fall("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29", every, Roll.NONE, "2024-02-29", "2032-03-01")

    assert days == ["2024-02-29", "2028-02-29", "2032-02-29"]


def test_given_a_start_outside_its_rule_when_days_are_asked_then_the_start_is_the_first():
    every = frozenset(DayType)

    days = fall("FREQ=WEEKLY;BYDAY=MO", "2026-11-24", every, Roll.NONE, "2026-11-20", "2026-12-01")

    assert days == ["2026-11-24", "2026-11-30"]


@pytest.mark.parametrize(
    ("rrule", "start", "fault"),
    [
        ("FREQ=DAILY", "2026-07-01", None),
        ("FREQ=MONTHLY;INTERVAL=6;BYDAY=3WE", "2027-04-21", None),
        ("FREQ=DAILY;BYHOUR=8", "2026-07-01", RuleFault.TIME_OF_DAY),
        ("FREQ=HOURLY", "2026-07-01", RuleFault.TOO_FINE),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-07-01", RuleFault.START_OUTSIDE),
        ("every day", "2026-07-01", RuleFault.UNREADABLE),
        ("FREQ=OFTEN", "2026-07-01", RuleFault.UNREADABLE),
        ("", "2026-07-01", RuleFault.UNREADABLE),
        ("FREQ=DAILY\nEXDATE:20260702", "2026-07-01", RuleFault.UNREADABLE),
    ],
)
def test_given_a_typed_rule_when_it_is_examined_then_its_fault_is_named(rrule, start, fault):
    assert recurrence_fault(rrule, date.fromisoformat(start)) is fault
