"""Schedules of a standard as typed values, read from the edition's document; nothing here looks at a date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from app.schedule.rules_days import DayType
from app.schedule.rules_recurrence import Recurrence, Roll
from app.schedule.rules_windows import Trigger, Window, WindowKind

Condition = Mapping[str, Any]


class ScheduleKind(StrEnum):
    """Fixed windows on dates, or a window around an event."""

    CALENDAR = "calendar"
    EVENT = "event"


@dataclass(frozen=True)
class Schedule:
    """One schedule letter of an edition: calendar ones have a recurrence and windows, event ones a trigger."""

    id: str
    kind: ScheduleKind
    day_types: frozenset[DayType]
    applies_when: Condition | None
    recurrence: Recurrence | None
    windows: tuple[Window, ...]
    trigger: Trigger | None
    label: str = ""


def schedules_of(documents: Sequence[Mapping[str, Any]]) -> tuple[Schedule, ...]:
    """The `schedules` of an edition document; raises KeyError or ValueError where one does not hold."""
    return tuple(schedule_of(document) for document in documents)


def schedule_of(document: Mapping[str, Any]) -> Schedule:
    """One schedule document (standards.json, schedule_semantics)."""
    kind = ScheduleKind(document["kind"])
    types = frozenset(DayType(name) for name in document["day_types"])
    trigger = document.get("trigger")
    return Schedule(
        id=document["id"],
        kind=kind,
        day_types=types,
        applies_when=document.get("applies_when"),
        recurrence=_recurrence(document, types) if kind is ScheduleKind.CALENDAR else None,
        windows=tuple(window_of(window) for window in document.get("windows") or ()),
        trigger=trigger_of(trigger) if trigger and kind is ScheduleKind.EVENT else None,
        label=document.get("label_zh", ""),
    )


def window_of(document: Mapping[str, Any]) -> Window:
    """A window document with times as HH:MM."""
    return Window(
        id=document["id"],
        start=time.fromisoformat(document["start"]),
        end=time.fromisoformat(document["end"]),
        end_day_offset=document.get("end_day_offset", 0),
        grace_before_min=document.get("grace_before_min", 0),
        grace_after_min=document.get("grace_after_min", 0),
        profile=document["profile"],
        kind=WindowKind(document.get("kind", "regular")),
        expected_minutes=document.get("expected_minutes"),
        label=document.get("label_zh", ""),
    )


def trigger_of(document: Mapping[str, Any]) -> Trigger:
    """A trigger document with offsets in minutes."""
    return Trigger(
        anchor=document["anchor"],
        due_anchor=document.get("due_anchor"),
        open_offset_min=document["open_offset_min"],
        due_offset_min=document["due_offset_min"],
        grace_before_min=document.get("grace_before_min", 0),
        grace_after_min=document.get("grace_after_min", 0),
        profile=document["profile"],
        kind=WindowKind(document.get("window_kind", "regular")),
    )


def _recurrence(document: Mapping[str, Any], types: frozenset[DayType]) -> Recurrence:
    return Recurrence(
        rrule=document["rrule"],
        dtstart=_day(document["dtstart"]),
        day_types=types,
        roll=Roll(document.get("roll") or "none"),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
