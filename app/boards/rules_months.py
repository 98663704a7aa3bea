"""Thirteen months as a line: positions of an SVG, no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.days import months_on
from app.stats.rules_measures import ON_TIME
from app.tallies.rules_counts import Counts
from app.tallies.rules_rates import Rate

MONTHS = 13
"""A year and the same month of the year before."""
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 200, 60, 26, 16
LOWEST = 80


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its sums; `y` is None where nothing was due."""

    first: date
    counts: Counts
    x: float
    y: float | None

    @property
    def rate(self) -> Rate:
        return ON_TIME.rate(self.counts)

    @property
    def is_low(self) -> bool:
        """Under the target, on the unrounded value (MT-32); few cases are never called low (MT-33)."""
        return ON_TIME.grade(self.counts) == "below"


@dataclass(frozen=True, slots=True)
class Line:
    """`runs` are points of polylines: a month without anything due breaks the line."""

    months: Sequence[Month]
    runs: Sequence[str]
    scale: Sequence[tuple[int, float]]
    target_y: float

    @property
    def has_any(self) -> bool:
        """Something was due in one of the months."""
        return any(month.y is not None for month in self.months)


def line_of(found: Mapping[date, Counts], last: date) -> Line:
    """The thirteen months that end with `last`."""
    firsts = [months_on(last, number + 1 - MONTHS) for number in range(MONTHS)]
    shares = [rate.share for first in firsts if (rate := ON_TIME.rate(found.get(first, Counts()))).share is not None]
    floor = min([LOWEST, *(int(share * 100) // 10 * 10 for share in shares)])
    step = (WIDTH - LEFT) / MONTHS
    months = []
    for number, first in enumerate(firsts):
        counts = found.get(first, Counts())
        share = ON_TIME.rate(counts).share
        y = None if share is None else _y(float(share * 100), floor)
        months.append(Month(first, counts, round(LEFT + step * (number + 0.5), 1), y))
    scale = [(value, _y(value, floor)) for value in range(floor, 101, 10 if floor < LOWEST else 5)]
    return Line(months, _runs(months), scale, _y(float(ON_TIME.target or 0) * 100, floor))


def _y(percent: float, floor: int) -> float:
    return round(TOP + (HEIGHT - BOTTOM - TOP) * (100 - percent) / (100 - floor), 1)


def _runs(months: Sequence[Month]) -> list[str]:
    runs: list[list[str]] = [[]]
    for month in months:
        if month.y is None:
            runs.append([])
        else:
            runs[-1].append(f"{month.x},{month.y}")
    return [" ".join(run) for run in runs if len(run) > 1]
