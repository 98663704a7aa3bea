"""Day types of the site's calendar; no clock and no table, the caller brings the days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from app.days import ONE_DAY

# What begins on the next business date within so long is taken along today: a night shift starts before midnight.
NIGHT = timedelta(hours=12)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_BREAK_DAYS = 60


class DayType(StrEnum):
    """What a date is for the rota."""

    WORKDAY = "workday"
    RESTDAY = "restday"
    HOLIDAY = "holiday"


class Listed(StrEnum):
    """What the stored list says of a date: a day off, or a weekend day worked instead."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True)
class Calendar:
    """The published days off and the weekend days worked instead; `official_years` have a published list."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    makeup_workdays: frozenset[date] = field(default_factory=frozenset)
    official_years: frozenset[int] = field(default_factory=frozenset)


def may_be_listed(day: date, kind: str) -> bool:
    """Any day can be a day off; only a weekend day can be worked instead."""
    return kind != Listed.MAKEUP or day.weekday() >= 5


def day_type(day: date, calendar: Calendar) -> DayType:
    """Holiday list, then make-up workdays, then Saturday and Sunday, else a workday (rules SC-3)."""
    if day in calendar.holidays:
        return DayType.HOLIDAY
    if day in calendar.makeup_workdays:
        return DayType.WORKDAY
    return DayType.RESTDAY if day.weekday() >= 5 else DayType.WORKDAY


def is_workday(day: date, calendar: Calendar) -> bool:
    """Whether offices work, make-up workdays included."""
    return day_type(day, calendar) is DayType.WORKDAY


def off_days_before(day: date, calendar: Calendar) -> int:
    """Consecutive days without work that end on the eve of `day`."""
    return _off_days(day - ONE_DAY, calendar, -ONE_DAY)


def off_days_after(day: date, calendar: Calendar) -> int:
    """Consecutive days without work that begin the day after."""
    return _off_days(day + ONE_DAY, calendar, ONE_DAY)


def date_facts(day: date, calendar: Calendar) -> Mapping[str, object]:
    """The facts `date.*` that conditions may name."""
    return {
        "date.month": day.month,
        "date.weekday": WEEKDAYS[day.weekday()],
        "date.day_type": day_type(day, calendar).value,
        "date.prev_offdays": off_days_before(day, calendar),
    }


def next_workday(day: date, calendar: Calendar) -> date:
    """The first workday after `day`."""
    found = day + ONE_DAY
    while not is_workday(found, calendar):
        found += ONE_DAY
    return found


def with_joined_weekends(named: frozenset[date], makeup_workdays: frozenset[date]) -> frozenset[date]:
    """The official form of a list that names weekdays only: a weekend that touches a holiday belongs to it."""
    joined, edge = set(named), list(named)
    while edge:
        day = edge.pop()
        for beside in (day - ONE_DAY, day + ONE_DAY):
            if beside.weekday() >= 5 and beside not in joined and beside not in makeup_workdays:
                joined.add(beside)
                edge.append(beside)
    return frozenset(joined)


def _off_days(start: date, calendar: Calendar, step: timedelta) -> int:
    count = 0
    while count < LONGEST_BREAK_DAYS and not is_workday(start + count * step, calendar):
        count += 1
    return count
