"""On which dates a calendar schedule falls: RRULE at date level, day types, roll; times of day live in the windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache

from dateutil.rrule import DAILY, rrulebase, rrulestr

from app.days import ONE_DAY, days_between
from app.schedule.rules_days import Calendar, DayType, day_type

TIME_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")


class Roll(StrEnum):
    """What happens to a date outside the schedule's day types; `skip` says the same as `none`, with emphasis."""

    NONE = "none"
    SKIP = "skip"
    NEXT = "next_day_in_types"


class RuleFault(StrEnum):
    """Why a recurrence cannot be taken."""

    UNREADABLE = "unreadable"
    TIME_OF_DAY = "time_of_day"
    TOO_FINE = "too_fine"
    START_OUTSIDE = "start_outside"


@dataclass(frozen=True)
class Recurrence:
    """`rrule` is an RFC 5545 value without time of day; `dtstart` is itself the first recurrence."""

    rrule: str
    dtstart: date
    day_types: frozenset[DayType]
    roll: Roll = Roll.NONE


def recurrence_fault(rrule: str, dtstart: date) -> RuleFault | None:
    """What is wrong with a rule somebody typed, or None."""
    if any(part in rrule.upper() for part in TIME_PARTS):
        return RuleFault.TIME_OF_DAY
    if not rrule.strip() or any(mark in rrule for mark in ":\n\r"):
        return RuleFault.UNREADABLE
    try:
        rule = _rule(rrule, dtstart)
    except (ValueError, KeyError, TypeError, AttributeError):
        return RuleFault.UNREADABLE
    if getattr(rule, "_freq", DAILY) > DAILY:
        return RuleFault.TOO_FINE
    return None if _midnight(dtstart) in rule else RuleFault.START_OUTSIDE


def days_of(recurrence: Recurrence, calendar: Calendar, first: date, last: date) -> Iterator[date]:
    """The dates from first to last on which the schedule falls, each once."""
    for day in days_between(max(first, recurrence.dtstart), last + ONE_DAY):
        if day_type(day, calendar) in recurrence.day_types and _falls_on(recurrence, calendar, day):
            yield day


def _falls_on(recurrence: Recurrence, calendar: Calendar, day: date) -> bool:
    """A day in the types takes its own recurrence and, when rolling, those of the days outside the types before it."""
    since = day
    if recurrence.roll is Roll.NEXT:
        while since > recurrence.dtstart and day_type(since - ONE_DAY, calendar) not in recurrence.day_types:
            since -= ONE_DAY
    return any(recurs_on(recurrence, candidate) for candidate in days_between(since, day + ONE_DAY))


def recurs_on(recurrence: Recurrence, day: date) -> bool:
    """Whether the bare rule names this date, before day types and roll."""
    if day == recurrence.dtstart:
        return True
    return _midnight(day) in _rule(recurrence.rrule, recurrence.dtstart)


@lru_cache(maxsize=512)
def _rule(rrule: str, dtstart: date) -> rrulebase:
    return rrulestr(rrule, dtstart=_midnight(dtstart), cache=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
