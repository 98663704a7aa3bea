"""The published days off of mainland China by year, from the package `holidays`, in the form of the notices."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import holidays

from app.days import ONE_DAY
from app.schedule.rules_days import Listed, with_joined_weekends

EARLIEST, LATEST = 2011, 2100


@dataclass(frozen=True)
class OfficialDay:
    """A day off, or a weekend day worked instead, with its name."""

    on: date
    kind: Listed
    name: str


def official_days(year: int) -> list[OfficialDay]:
    """The list of a year in date order; empty while none is published.

    Make-up workdays are named in every notice: a year for which the package knows none is its own guess, not a notice.
    """
    if not EARLIEST <= year <= LATEST:
        return []
    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    makeups = frozenset(day for day in known.weekend_workdays if day.year == year)
    if not makeups:
        return []
    named = frozenset(day for day in known if day.year == year)
    off = {day for day in with_joined_weekends(named, makeups) if day.year == year}
    found = [OfficialDay(day, Listed.HOLIDAY, _name(day, off, known)) for day in off]
    found += [OfficialDay(day, Listed.MAKEUP, "") for day in makeups]
    return sorted(found, key=lambda each: each.on)


def _name(day: date, off: Collection[date], known: Mapping[date, str]) -> str:
    """The day's own name, else that of the nearest named day off before it, else after it, in the same run."""
    for step in (-ONE_DAY, ONE_DAY):
        beside = day
        while beside in off:
            if beside in known:
                return known[beside]
            beside += step
    return ""
