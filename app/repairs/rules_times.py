"""How long orders took: median and 90th percentile by trade and half-year (rules NC-18), as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from app.days import begins


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The first or second half of a year at the site."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> HalfYear:
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def read(cls, text: str) -> HalfYear | None:
        """`2026-1` or `2026-2`; None for anything else."""
        year, dash, half = text.partition("-")
        if not (dash and year.isascii() and year.isdigit() and len(year) == 4 and half in ("1", "2")):
            return None
        return cls(int(year), int(half)) if 2000 <= int(year) <= 2100 else None

    @property
    def key(self) -> str:
        return f"{self.year}-{self.half}"

    def before(self) -> HalfYear:
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    def after(self) -> HalfYear:
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From its first moment up to the first moment after it."""
        after = self.after()
        first, last = date(self.year, 1 if self.half == 1 else 7, 1), date(after.year, 1 if after.half == 1 else 7, 1)
        return begins(first, zone), begins(last, zone)


@dataclass(frozen=True, slots=True)
class Course:
    """The times of one order; None for what has not happened."""

    trade_id: str
    opened_at: datetime
    accepted_at: datetime | None
    arrived_at: datetime | None
    repaired_at: datetime | None

    def took(self, phase: str) -> timedelta | None:
        """From opening to this phase: accepted, arrived or repaired."""
        reached: datetime | None = getattr(self, f"{phase}_at")
        return None if reached is None else max(reached - self.opened_at, timedelta())


PHASES = ("accepted", "arrived", "repaired")


@dataclass(frozen=True, slots=True)
class Span:
    """Median and 90th percentile of so many orders; None when there is none."""

    count: int
    median: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True, slots=True)
class TradeTimes:
    """How one trade did: orders in all and the span of each phase."""

    trade_id: str
    orders: int
    spans: dict[str, Span]


def median(values: Sequence[timedelta]) -> timedelta | None:
    """The middle one, of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values: Sequence[timedelta], share: float) -> timedelta | None:
    """Nearest rank: the smallest value that at least this share does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def span(values: Iterable[timedelta | None]) -> Span:
    known = [value for value in values if value is not None]
    return Span(len(known), median(known), percentile(known, 0.9))


def by_trade(courses: Iterable[Course]) -> dict[str, TradeTimes]:
    """Trade -> its times."""
    grouped: dict[str, list[Course]] = {}
    for course in courses:
        grouped.setdefault(course.trade_id, []).append(course)
    return {
        trade: TradeTimes(trade, len(mine), {phase: span(each.took(phase) for each in mine) for phase in PHASES})
        for trade, mine in grouped.items()
    }


def minutes(took: timedelta) -> int:
    """Whole minutes, half up."""
    return int((took.total_seconds() + 30) // 60)
