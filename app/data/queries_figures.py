"""The figures of a month, from the very functions that the page of figures uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.data.queries import Page, Position
from app.data.rules_fields import Row
from app.data.rules_figures import values
from app.data.rules_measures import WHOLE, measured_values
from app.data.rules_wanted import Reach
from app.organisations.queries import unit_by_id
from app.organisations.rules import Scope
from app.stats.queries_measured import measured_in
from app.stats.queries_monthpage import table_in
from app.stats.rules_measured import Measured, of_measure
from app.stats.rules_month import TableLine
from app.stats.rules_tables import columns_of
from app.tallies.queries import Asked


@dataclass(frozen=True, slots=True)
class Month:
    """Which month, what a row stands for, and the unit asked for, "" for none."""

    first: date
    by: str
    unit: str = ""

    @property
    def word(self) -> str:
        """As rows say it: 2026-11."""
        return f"{self.first:%Y-%m}"


def figures_page(month: Month, reach: Reach, now: datetime, after: Position | None, limit: int) -> Page:
    """At most `limit` lines behind a key, in the order of the keys. One to three queries."""
    found = [line for line in _lines(month, reach, now) if after is None or line.key > after[0]]
    rows = [values(month.word, month.by, line) for line in found[:limit]]
    return Page(list(rows), (found[limit - 1].key,) if len(found) > limit else None)


def measures_page(month: Month, reach: Reach, now: datetime, after: Position | None, limit: int) -> Page:
    """At most `limit` figures behind a key and a place in its list, in that order. One to a dozen queries."""
    placed = [
        ((subject[0], f"{place:03}"), measured_values(month.word, month.by, subject, one))
        for subject, figures in _subjects(month, reach, now)
        for place, one in enumerate(figures)
    ]
    found = [each for each in placed if after is None or each[0] > after]
    rows: list[Row] = [row for _place, row in found[:limit]]
    return Page(rows, found[limit - 1][0] if len(found) > limit else None)


def _subjects(month: Month, reach: Reach, now: datetime) -> Iterator[tuple[tuple[str, str], list[Measured]]]:
    """(key, name) and its figures; of a line those that its table has (rules NC-15)."""
    if month.by == WHOLE:
        unit = unit_by_id(month.unit) if month.unit else None
        asked = Asked(month.first, now, reach.zone, _scope(reach))
        yield (month.unit, unit.name if unit else ""), measured_in(asked)
        return
    for line in _lines(month, reach, now):
        yield (line.key, line.name), [of_measure(each, line.counts) for each in columns_of(month.by)]


def _lines(month: Month, reach: Reach, now: datetime) -> list[TableLine]:
    """In the order of their keys."""
    lines = table_in(_scope(reach), month.by, month.first, now, reach.zone)
    return sorted(lines, key=lambda line: line.key)


def _scope(reach: Reach) -> Scope:
    """The units asked for lie in the reach: what they carry out is theirs, whoever answers for it."""
    return reach.scope if reach.units is None else Scope(reach.units)
