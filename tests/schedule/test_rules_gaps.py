from dataclasses import replace
from datetime import date, time

from app.schedule.rules_days import DayType
from app.schedule.rules_gaps import Handover, uncovered_handovers, uncovered_points
from app.schedule.rules_plan import EditionPlan, PointPlan
from app.schedule.rules_schedules import schedule_of

EVERY = ["workday", "restday", "holiday"]
DAY = date(2026, 11, 23)


def edition(*schedules, code="X"):
    return EditionPlan(f"{code}-2026", code, date(2026, 7, 1), None, tuple(map(schedule_of, schedules)))


def schedule(types, *windows, applies_when=None):
    return {
        "id": "A",
        "kind": "calendar",
        "rrule": "FREQ=DAILY",
        "dtstart": "20260701",
        "day_types": types,
        "applies_when": applies_when,
        "windows": list(windows),
    }


def window(start, end, kind="handover", offset=0, name="A1"):
    return {"id": name, "start": start, "end": end, "end_day_offset": offset, "profile": "full", "kind": kind}


def handover(starts, ends, types=("workday",), covered_by=("X/A/A1",)):
    return Handover(
        "ho", time.fromisoformat(starts), time.fromisoformat(ends), frozenset(map(DayType, types)), covered_by
    )


def gaps(meeting, *editions, day=DAY):
    return uncovered_handovers([meeting], editions, day)


def test_given_a_window_that_touches_the_overlap_when_the_handover_is_examined_then_it_is_covered():
    covered = edition(schedule(["workday"], window("16:50", "18:00")))

    assert gaps(handover("16:30", "16:50"), covered) == []
    assert gaps(handover("16:30", "16:49"), covered) == ["ho"]
    assert gaps(handover("18:00", "18:30"), covered) == []
    assert gaps(handover("18:01", "18:30"), covered) == ["ho"]


def test_given_an_overlap_over_midnight_when_a_window_lies_in_it_then_it_is_covered():
    covered = edition(schedule(EVERY, window("23:45", "00:15", offset=1)))

    assert gaps(handover("23:45", "00:15", EVERY), covered) == []
    assert gaps(handover("00:10", "00:20", EVERY), covered) == []
    assert gaps(handover("23:00", "23:44", EVERY), covered) == ["ho"]


def test_given_an_early_window_when_the_overlap_began_the_evening_before_then_it_is_covered():
    early = edition(schedule(EVERY, window("00:05", "00:15")))

    assert gaps(handover("23:45", "00:15", EVERY), early) == []


def test_given_a_regular_window_or_an_unnamed_one_when_the_handover_is_examined_then_it_is_a_gap():
    regular = edition(schedule(["workday"], window("16:50", "18:00", kind="regular")))
    other = edition(schedule(["workday"], window("16:50", "18:00", name="A9")))

    assert gaps(handover("16:30", "18:00"), regular) == ["ho"]
    assert gaps(handover("16:30", "18:00"), other) == ["ho"]
    assert gaps(handover("16:30", "18:00", covered_by=()), other) == ["ho"]


def test_given_a_day_type_that_nothing_covers_when_the_handover_is_examined_then_it_is_a_gap():
    weekdays = edition(schedule(["workday"], window("16:50", "18:00")))

    assert gaps(handover("16:30", "18:00", EVERY), weekdays) == ["ho"]


def test_given_an_edition_not_yet_in_force_when_the_handover_is_examined_then_it_covers_nothing():
    later = replace(edition(schedule(["workday"], window("16:50", "18:00"))), effective_on=date(2027, 1, 1))

    assert gaps(handover("16:30", "18:00"), later) == ["ho"]
    assert gaps(handover("16:30", "18:00"), later, day=date(2027, 1, 1)) == []


def test_given_a_point_open_on_holidays_when_no_schedule_covers_holidays_then_it_is_a_gap():
    weekdays = edition(schedule(["workday"], window("08:00", "09:00")))
    holidays = edition(
        schedule(
            ["holiday"], window("08:00", "09:00"), applies_when={"fact": "point.attrs.open_on_holiday", "eq": True}
        )
    )
    open_point = PointPlan("pt-1", ("X",), {"point.attrs.open_on_holiday": True})
    shut_point = PointPlan("pt-2", ("X",), {"point.attrs.open_on_holiday": False})

    assert uncovered_points([open_point, shut_point], [weekdays], DAY) == ["pt-1"]
    assert uncovered_points([open_point, shut_point], [holidays], DAY) == []


def test_given_a_holiday_schedule_that_does_not_apply_when_the_point_is_examined_then_it_is_a_gap():
    elsewhere = edition(
        schedule(["holiday"], window("08:00", "09:00"), applies_when={"fact": "point.attrs.room", "eq": "hot"})
    )
    point = PointPlan("pt-1", ("X",), {"point.attrs.open_on_holiday": True})

    assert uncovered_points([point], [elsewhere], DAY) == ["pt-1"]


def test_given_shifts_that_meet_in_a_single_minute_when_examined_then_only_a_window_around_it_covers_them():
    afternoon = edition(schedule(["workday"], window("16:50", "18:00")))

    assert gaps(handover("17:00", "17:00"), afternoon) == []
    assert gaps(handover("08:00", "08:00"), afternoon) == ["ho"]


def test_given_an_overlap_just_past_midnight_when_a_window_lies_before_midnight_then_it_is_covered():
    late = edition(schedule(EVERY, window("23:50", "23:55")))

    assert gaps(handover("23:45", "00:01", EVERY), late) == []


def test_given_a_schedule_that_asks_for_the_day_type_when_the_point_is_examined_then_it_is_asked_as_on_a_holiday():
    point = PointPlan("pt-1", ("X",), {"point.attrs.open_on_holiday": True})
    on_holidays, on_workdays = (
        edition(schedule(EVERY, window("08:00", "09:00"), applies_when={"fact": "date.day_type", "eq": kind}))
        for kind in ("holiday", "workday")
    )

    assert uncovered_points([point], [on_holidays], DAY) == []
    assert uncovered_points([point], [on_workdays], DAY) == ["pt-1"]
