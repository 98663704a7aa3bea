"""Other rhythms as items of a calendar: what, how often, where the seed says so, and how each stands (RP-6): pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.halfyear.rules import Half
from app.halfyear.rules_content import CLAUSE_003

SOON_DAYS = 30
YEAR, HALF, QUARTER = 1, 2, 4
_YEAR = re.compile(r"^2[01][0-9]{2}(-|$)")


class Item(StrEnum):
    """What comes round beside the report; the value is its name in addresses and rows."""

    SATISFACTION = "satisfaction"
    INTERNAL_CHECK = "internal_check"
    REVIEW = "management_review"
    PUSH = "quarterly_push"
    CONTEST = "half_yearly_contest"


class Standing(StrEnum):
    DONE = "done"
    MISSED = "missed"
    SOON = "soon"
    RUNNING = "running"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """So many times a year; `source` is the clause of the seed, `where` the page with the records."""

    item: Item
    times: int
    source: str
    where: str


RHYTHMS = (
    Rhythm(Item.SATISFACTION, YEAR, "001-3 §9.1", "/feedback"),
    Rhythm(Item.INTERNAL_CHECK, YEAR, "001-3 §9.2", "/inspections"),
    Rhythm(Item.REVIEW, YEAR, "001-3 §9.3", "/stats"),
    Rhythm(Item.PUSH, QUARTER, CLAUSE_003, "/nonconformities"),
    Rhythm(Item.CONTEST, HALF, CLAUSE_003, "/grades/recognition"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a half or a quarter; `key` is 2026, 2026-1 or 2026-Q3."""

    key: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest word on an item: who says that it was done on which day, with a note or the address of a record."""

    done: bool
    on: date
    note: str
    link: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A mark as typed; `done` False takes the mark back."""

    id: str
    done: bool
    on: date
    note: str
    link: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item in one of its periods."""

    rhythm: Rhythm
    period: Period
    standing: Standing
    mark: Mark | None = None


def periods(rhythm: Rhythm, year: int) -> list[Period]:
    """The periods of a year, in order."""
    if rhythm.times == YEAR:
        return [Period(str(year), date(year, 1, 1), date(year, 12, 31))]
    if rhythm.times == HALF:
        return [Period(half.key, half.first, half.last) for half in (Half(year, 1), Half(year, 2))]
    return [_quarter(year, n) for n in range(1, QUARTER + 1)]


def _quarter(year: int, n: int) -> Period:
    first = date(year, 3 * n - 2, 1)
    after = date(year + 1, 1, 1) if n == QUARTER else date(year, 3 * n + 1, 1)
    return Period(f"{year}-Q{n}", first, after - date.resolution)


def lines(year: int, today: date, marks: Mapping[tuple[str, str], Mark]) -> list[Line]:
    """Every item of a year; `marks` by item and period, taken back ones not among them."""
    found = []
    for rhythm in RHYTHMS:
        for period in periods(rhythm, year):
            mark = marks.get((str(rhythm.item), period.key))
            found.append(Line(rhythm, period, standing(period, today, done=mark is not None), mark))
    return found


def standing(period: Period, today: date, *, done: bool) -> Standing:
    """Of an item in a period, on a day."""
    if done:
        return Standing.DONE
    if today < period.first:
        return Standing.AHEAD
    if today > period.last:
        return Standing.MISSED
    return Standing.SOON if (period.last - today).days < SOON_DAYS else Standing.RUNNING


def period_named(item: str, key: str) -> Period | None:
    """The period of an address, None for nonsense."""
    rhythm = next((each for each in RHYTHMS if each.item == item), None)
    if rhythm is None or not _YEAR.match(key):
        return None
    return next((each for each in periods(rhythm, int(key[:4])) if each.key == key), None)
