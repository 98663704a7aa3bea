"""The month's tables: sums by unit, point, standard or person as lines, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.stats.rules import Counts, added
from app.stats.rules_measures import ON_TIME
from app.tallies.rules_rates import worst_first

T = TypeVar("T")
BY = ("unit", "point", "standard", "person")
SORTS = ("worst", "name", "due", "missed", "reported")
LINES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of a table: what it is about, its sums, and what speaks for it."""

    key: str
    name: str
    sub: str
    counts: Counts
    zone: str = ""
    helped: int = 0
    found: int = 0
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """Which lines of a table: those that carry the words, in an order, a page of them; `most` None: all at once.

    `sums`: who shows these only is spared a second reading; the other sums stay 0.
    """

    words: str = ""
    sort: str = "worst"
    page: int = 1
    most: int | None = None
    sums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a table and how many there are of them; `page` is the one shown, the first where none was left."""

    lines: Sequence[TableLine]
    whole: int
    page: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.whole // LINES_A_PAGE))


def folded(
    items: Iterable[T], key: Callable[[T], str], line: Callable[[T, Counts], TableLine], counts: Callable[[T], Counts]
) -> list[TableLine]:
    """Items of one key added up into a line."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return ordered(line(some[0], added(counts(each) for each in some)) for some in groups.values())


def ordered(lines: Iterable[TableLine]) -> list[TableLine]:
    """The lowest on-time rate first; whoever has nothing due comes last."""
    return sorted(lines, key=lambda line: (worst_first(ON_TIME.rate(line.counts)), line.name))
