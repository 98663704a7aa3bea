from datetime import date, time

import pytest

from app.schedule.rules_days import DayType
from app.schedule.rules_recurrence import Recurrence, Roll
from app.schedule.rules_schedules import ScheduleKind, schedules_of, trigger_of, window_of
from app.schedule.rules_windows import Trigger, Window, WindowKind

DAILY = {
    "id": "A",
    "label_zh": "工作日",
    "kind": "calendar",
    "rrule": "FREQ=DAILY",
    "dtstart": "20260701",
    "day_types": ["workday"],
    "roll": "next_day_in_types",
    "applies_when": {"fact": "point.attrs.room", "eq": "hot"},
    "windows": [{"id": "A1", "start": "23:45", "end": "00:15", "profile": "full"}],
}


def test_given_a_full_window_when_it_is_read_then_every_value_arrives():
    document = {
        "id": "A5", "start": "16:50", "end": "18:00", "end_day_offset": 1, "grace_before_min": 10,
        "grace_after_min": 15, "profile": "round", "kind": "handover", "expected_minutes": 12, "label_zh": "白晚班交接",
    }  # fmt: skip

    window = window_of(document)

    assert window == Window("A5", time(16, 50), time(18), 1, 10, 15, "round", WindowKind.HANDOVER, 12, "白晚班交接")


def test_given_a_bare_window_when_it_is_read_then_it_is_regular_without_grace():
    window = window_of({"id": "A1", "start": "08:00", "end": "09:00", "profile": "full"})

    assert window == Window("A1", time(8), time(9), 0, 0, 0, "full", WindowKind.REGULAR, None, "")


def test_given_triggers_when_they_are_read_then_full_and_bare_ones_arrive():
    bare = {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"}
    full = bare | {
        "due_anchor": "meeting.end_at",
        "grace_before_min": 60,
        "grace_after_min": 5,
        "window_kind": "handover",
    }

    assert trigger_of(bare) == Trigger("meeting.start_at", None, -90, -30, 0, 0, "full", WindowKind.REGULAR)
    assert trigger_of(full) == Trigger(
        "meeting.start_at", "meeting.end_at", -90, -30, 60, 5, "full", WindowKind.HANDOVER
    )


def test_given_a_calendar_schedule_when_it_is_read_then_its_recurrence_carries_types_and_roll():
    (schedule,) = schedules_of([DAILY])

    types = frozenset({DayType.WORKDAY})
    assert (schedule.id, schedule.kind, schedule.label, schedule.day_types) == (
        "A",
        ScheduleKind.CALENDAR,
        "工作日",
        types,
    )
    assert schedule.recurrence == Recurrence("FREQ=DAILY", date(2026, 7, 1), types, Roll.NEXT)
    assert schedule.applies_when == {"fact": "point.attrs.room", "eq": "hot"}
    assert [window.id for window in schedule.windows] == ["A1"]
    assert schedule.trigger is None


def test_given_an_event_schedule_when_it_is_read_then_it_has_a_trigger_and_no_recurrence():
    trigger = {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"}

    (schedule,) = schedules_of([{"id": "E", "kind": "event", "day_types": ["workday"], "trigger": trigger}])

    assert (schedule.recurrence, schedule.windows, schedule.label) == (None, (), "")
    assert schedule.trigger == trigger_of(trigger)


def test_given_a_calendar_schedule_that_says_a_trigger_too_when_it_is_read_then_only_its_windows_count():
    trigger = {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"}

    (schedule,) = schedules_of([DAILY | {"trigger": trigger}])

    assert schedule.trigger is None


def test_given_a_schedule_without_a_roll_when_it_is_read_then_nothing_rolls():
    without = {key: value for key, value in DAILY.items() if key != "roll"}

    assert [each.recurrence.roll for each in schedules_of([without, DAILY | {"roll": None}])] == [Roll.NONE, Roll.NONE]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"kind": "sometimes"}, "sometimes"),
        ({"day_types": ["funday"]}, "funday"),
        ({"roll": "back"}, "back"),
        ({"dtstart": "soon"}, "isoformat"),
    ],
)
def test_given_a_schedule_that_does_not_hold_when_it_is_read_then_it_is_refused(wrong, named):
    with pytest.raises(ValueError, match=named):
        schedules_of([DAILY | wrong])
