"""The figures of a month, from the very functions that the page of figures uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.data.queries import Page, Position
from app.data.rules_figures import values
from app.data.rules_wanted import Reach
from app.organisations.rules import Scope
from app.stats.queries_monthpage import table_in


@dataclass(frozen=True, slots=True)
class Month:
    """Which month, and what a row stands for."""

    first: date
    by: str


def figures_page(month: Month, reach: Reach, now: datetime, after: Position | None, limit: int) -> Page:
    """At most `limit` lines behind a key, in the order of the keys. One to three queries."""
    # The units asked for lie in the reach: what they carry out is theirs, whoever answers for it.
    scope = reach.scope if reach.units is None else Scope(reach.units)
    lines = table_in(scope, month.by, month.first, now, reach.zone)
    found = sorted((line for line in lines if after is None or line.key > after[0]), key=lambda line: line.key)
    rows = [values(f"{month.first:%Y-%m}", month.by, line) for line in found[:limit]]
    return Page(list(rows), (found[limit - 1].key,) if len(found) > limit else None)
