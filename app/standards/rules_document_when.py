"""Faults of one schedule: dates that never come, windows that nobody can keep, events without an anchor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import DAILY, rrulestr

from app.standards.rules_document_whether import condition_fault
from app.standards.rules_words import DAY_TYPE
from app.web.words import lazy

KINDS, ROLLS, WINDOW_KINDS = ("calendar", "event"), ("none", "skip", "next_day_in_types"), ("regular", "handover")
MAX_GRACE_MIN, MAX_WINDOWS, MAX_OFFSET_MIN, MAX_DAYS_ON = 4320, 24, 43_200, 31
DAY_MIN = 1440
# Whether the first day falls on a rule does not hang on its interval; with a long one, a rule that never falls is soon
# found out instead of being followed to the year 9999.
FAR = 10_000


def schedule_faults(schedule: Mapping[str, Any]) -> Iterator[Any]:
    """Sentences for one schedule."""
    types = schedule.get("day_types")
    if not isinstance(types, list) or not types or any(each not in tuple(DAY_TYPE) for each in types):
        yield lazy("Choose the kinds of day on which it falls.")
    odd = condition_fault(schedule.get("applies_when"))
    if odd:
        yield odd
    if schedule.get("kind") == "event":
        yield from _trigger_faults(schedule.get("trigger"))
    elif schedule.get("kind") == "calendar":
        yield from _calendar_faults(schedule)
    else:
        yield lazy("Choose whether the calendar or an event starts it.")


def window_minutes(window: Mapping[str, Any]) -> int | None:
    """How long a window lasts; None where its times cannot be read."""
    start, end = _clock(window.get("start")), _clock(window.get("end"))
    offset = window.get("end_day_offset") or 0
    if start is None or end is None or not isinstance(offset, int):
        return None
    return (end.hour - start.hour) * 60 + end.minute - start.minute + offset * DAY_MIN


def rule_fault(rrule: Any, dtstart: Any) -> Any:
    """What is wrong with a repetition and its first day; None where it falls on that day and by the day."""
    start = _day(dtstart)
    if start is None:
        return lazy("Give the first day of the schedule.")
    text = str(rrule or "")
    if not text.strip() or len(text) > 200 or any(mark in text for mark in ":\n\r") or "BYHOUR" in text.upper():
        return lazy("Choose how often it falls.")
    midnight = datetime.combine(start, time.min)
    try:
        rule = rrulestr(text, dtstart=midnight).replace(interval=FAR)  # type: ignore[union-attr]  # a set has none
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return lazy("Choose how often it falls.")
    if getattr(rule, "_freq", DAILY) > DAILY:
        return lazy("Times of day belong to the windows, not to the repetition.")
    last = midnight + timedelta(days=1)
    if next(iter(rule.xafter(midnight - timedelta(days=1), 1)), last) != midnight:
        return lazy("The first day is not one on which it falls. Choose another first day.")
    return None


def _calendar_faults(schedule: Mapping[str, Any]) -> Iterator[Any]:
    odd = rule_fault(schedule.get("rrule"), schedule.get("dtstart"))
    if odd:
        yield odd
    if (schedule.get("roll") or "none") not in ROLLS:
        yield lazy("Choose what happens on other kinds of day.")
    listed = schedule.get("windows")
    windows = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    if not windows:
        yield lazy("It has no window of time.")
    if len(windows) > MAX_WINDOWS:
        yield lazy("It has more than %(n)d windows a day.", n=MAX_WINDOWS)
    yield from _faults_among(windows)


def _faults_among(windows: list[Mapping[str, Any]]) -> Iterator[Any]:
    for window in windows:
        name = str(window.get("label_zh") or window.get("id") or "?")[:40]
        for sentence in _window_faults(window):
            yield lazy("Window %(name)s: %(what)s", name=name, what=sentence)
    for several, what in (
        ("id", lazy("Two windows have the same name.")),
        ("start", lazy("Two windows begin at once.")),
    ):
        given = [str(each.get(several)) for each in windows]
        if len(set(given)) != len(given):
            yield what


def _window_faults(window: Mapping[str, Any]) -> Iterator[Any]:
    lasts = window_minutes(window)
    if lasts is None:
        yield lazy("its times cannot be read.")
        return
    if lasts <= 0:
        yield lazy("it ends before it begins.")
    if lasts > MAX_DAYS_ON * DAY_MIN:
        yield lazy("it lasts longer than a month.")
    needed = window.get("expected_minutes")
    if needed is not None and (not _whole(needed, 1, DAY_MIN) or needed > lasts > 0):
        yield lazy("the work takes longer than the window lasts.")
    if any(not _whole(window.get(each) or 0, 0, MAX_GRACE_MIN) for each in ("grace_before_min", "grace_after_min")):
        yield lazy("grace is 0 to %(n)d minutes.", n=MAX_GRACE_MIN)
    if not str(window.get("profile") or "").strip():
        yield lazy("choose the kind of visit.")
    if (window.get("kind") or "regular") not in WINDOW_KINDS:
        yield lazy("choose the kind of window.")


def _trigger_faults(trigger: Any) -> Iterator[Any]:
    if not isinstance(trigger, Mapping) or not str(trigger.get("anchor") or "").strip():
        yield lazy("Choose the event that starts it.")
        return
    opens, due = trigger.get("open_offset_min"), trigger.get("due_offset_min")
    if not all(_whole(each, -MAX_OFFSET_MIN, MAX_OFFSET_MIN) for each in (opens, due)):
        yield lazy("Give begin and end in minutes before or after the event.")
    elif due <= opens and (trigger.get("due_anchor") or trigger["anchor"]) == trigger["anchor"]:  # type: ignore[operator]
        yield lazy("It ends before it begins.")
    if any(not _whole(trigger.get(each) or 0, 0, MAX_GRACE_MIN) for each in ("grace_before_min", "grace_after_min")):
        yield lazy("Grace is 0 to %(n)d minutes.", n=MAX_GRACE_MIN)
    if not str(trigger.get("profile") or "").strip():
        yield lazy("Choose the kind of visit.")


def _clock(text: Any) -> time | None:
    try:
        return time.fromisoformat(text) if isinstance(text, str) and len(text) == len("08:00") else None
    except ValueError:
        return None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
