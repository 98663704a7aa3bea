"""Whose round a point is on now."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.schedule.rules_days import Calendar, DayType
from app.schedule.rules_owner import Post, ShiftTimes, on_duty_at, runs_at
from app.schedule.rules_rounds import Cover, Round

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
ALL = frozenset(DayType)


def at(hour, minute=0, day=MONDAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def post(person, starts, ends, *, offset=0, points=("p1",), windows=("X/A/A1",), days=ALL):
    shift = ShiftTimes(time.fromisoformat(starts), time.fromisoformat(ends), offset, days)
    return Post(Round(f"r-{person}", person, frozenset(points), frozenset(windows)), "clean", "c1", shift)


def who(posts, now, code="X", covers=()):
    found = on_duty_at(posts, "p1", code, now, ZONE, Calendar(), covers)
    return found.person_id if found else None


EARLY, DAY, NIGHT = (
    post("ann", "06:30", "14:30"),
    post("dot", "10:00", "18:00"),
    post("ned", "23:45", "08:15", offset=1),
)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(6, 29), None),
        (at(6, 30), "ann"),
        (at(9, 59), "ann"),
        (at(10), "dot"),
        (at(14, 30), "dot"),
        (at(18), None),
    ],
)
def test_given_shifts_that_overlap_when_asked_then_who_stays_longest(now, expected):
    assert who([EARLY, DAY], now) == expected


def test_given_a_night_shift_when_asked_after_midnight_then_it_runs_on_the_day_before():
    running = runs_at(NIGHT.shift, at(3), ZONE, Calendar())

    assert running == (date(2026, 11, 22), at(8, 15))
    assert who([NIGHT], at(23, 50)) == "ned"


def test_given_a_cover_when_asked_then_who_stands_in_on_the_day_of_the_shift():
    cover = Cover(1, "r-ned", date(2026, 11, 22), "max")

    assert who([NIGHT], at(3), covers=[cover]) == "max"
    assert who([NIGHT], at(23, 50), covers=[cover]) == "ned"


def test_given_a_shift_of_workdays_when_asked_on_a_sunday_then_nobody():
    working = post("ann", "06:30", "14:30", days=frozenset({DayType.WORKDAY}))

    assert who([working], at(8, day=date(2026, 11, 22))) is None
    assert who([working], at(8)) == "ann"


def test_given_another_point_or_standard_when_asked_then_nobody():
    assert who([post("ann", "06:30", "14:30", points=("p2",))], at(8)) is None
    assert who([EARLY], at(8), code="Y") is None


def test_given_a_round_of_several_standards_when_asked_for_one_then_it_counts_and_another_does_not():
    both = post("ann", "06:30", "14:30", windows=("X/A/A1", "Y/B"))

    assert [who([both], at(9), code) for code in ("X", "Y", "Z")] == ["ann", "ann", None]
