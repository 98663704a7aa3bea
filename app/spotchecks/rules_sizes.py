"""How many records are drawn: levels of the table, shares of the day, and floors (rules SP-11, SP-12, 4.2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from app.spotchecks.rules_draws import Ranked


class Level(StrEnum):
    """Inspection levels, columns of the table."""

    S3 = "S-3"
    I = "I"  # noqa: E741  the name of the level
    II = "II"


SHARE = "share"
"""The size of daily lists: a twentieth of the day's due, three at least (SP-12)."""
DAILY_SHARE = Fraction(5, 100)
DAILY_LEAST = 3
MOST = 500
_UP_TO = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200)
_LETTERS = {
    Level.S3: "AABBCCDDEEF",
    Level.I: "AABCCDEFGHJ",
    Level.II: "ABCDEFGHJKL",
}
_SIZES = {"A": 2, "B": 3, "C": 5, "D": 8, "E": 13, "F": 20, "G": 32, "H": 50, "J": 80, "K": 125, "L": 200}


def level_size(level: Level, lot: int) -> int:
    """The code letter's sample for a lot of this many records, the whole lot when it is no larger."""
    return min(lot, _SIZES[_LETTERS[level][bisect_left(_UP_TO, lot)]])


def daily_size(due: int, done: int) -> int:
    """5 % of the day's due, at least 3, never more than there are records."""
    return min(done, max(DAILY_LEAST, ceil(due * DAILY_SHARE)))


def size_of(said: str, population: int, due: int) -> int:
    """By level, by share of the day's `due`, or the number itself. Raises ValueError on anything else."""
    if said == SHARE:
        return daily_size(due, population)
    if said in set(Level):
        return level_size(Level(said), population)
    return min(population, int(said))


def is_size(said: str) -> bool:
    """Whether a plan may be sized so: a level, a share, or 1 to 500."""
    if said == SHARE or said in set(Level):
        return True
    return said.isascii() and said.isdigit() and len(said) <= 3 and 1 <= int(said) <= MOST


@dataclass(frozen=True, slots=True)
class Facts:
    """What floors ask of a record."""

    point: str
    risk: int
    person: str
    handover: bool
    day_off: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Who and what was on a list already in the month, the quarter and the half-year that the draw closes.

    `points` maps a risk level to the points seen within the time that its floor gives.
    """

    points: dict[int, frozenset[str]]
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Floor:
    """A record that a floor adds, and which floor."""

    ranked: Ranked
    floor: str


def floored_levels(month: int) -> tuple[int, ...]:
    """Levels 4 and 3 each month, 2 in the last month of a quarter, 1 in the last of a half-year (SP-11)."""
    return (4, 3, *((2,) if month % 3 == 0 else ()), *((1,) if month % 6 == 0 else ()))


def floors(
    order: Sequence[Ranked], taken: Collection[str], facts: dict[str, Facts], seen: Seen, levels: Collection[int]
) -> list[Floor]:
    """What must be added so that every point of these levels, every person, a handover and a day off are on a list.

    `taken` are the records drawn already; of several that would do, the one with the largest key enters.
    """
    chosen: dict[str, Floor] = {}
    have = [facts[each.candidate.id] for each in order if each.candidate.id in taken]

    def add(name: str, missing: Callable[[Facts], object]) -> None:
        now = have + [facts[each] for each in chosen]
        held = {missing(each) for each in now}
        for each in order:
            wanted = missing(facts[each.candidate.id])
            if wanted and wanted not in held:
                held.add(wanted)
                chosen.setdefault(each.candidate.id, Floor(each, name))

    for level in levels:
        add(f"risk{level}", lambda one, level=level: _point(one, level, seen))  # type: ignore[misc]
    add("person", lambda one: one.person if one.person not in seen.people else "")
    add("handover", lambda one: one.handover)
    add("day_off", lambda one: one.day_off)
    return list(chosen.values())


def _point(one: Facts, level: int, seen: Seen) -> str:
    return one.point if one.risk == level and one.point not in seen.points.get(level, frozenset()) else ""


def top_risk(order: Sequence[Ranked], taken: Collection[str], risks: dict[str, int]) -> list[Floor]:
    """A daily list holds a record of risk level 4 when the day has one (SP-12)."""
    if any(risks[each] == 4 for each in taken):
        return []
    first = next((each for each in order if risks[each.candidate.id] == 4), None)
    return [Floor(first, "risk4")] if first else []


def ids(drawn: Iterable[Ranked]) -> set[str]:
    """The numbers of these records."""
    return {each.candidate.id for each in drawn}
