"""The figures of a month, from the very functions that the page of figures uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.data.queries import Page, Position
from app.data.rules_figures import values
from app.data.rules_wanted import Reach
from app.schedule.models import Occurrence
from app.stats.queries_month import found_by_unit, in_reach, people_of, period, spots_of
from app.stats.queries_monthpage import table_of


@dataclass(frozen=True, slots=True)
class Month:
    """Which month, and what a row stands for."""

    first: date
    by: str


def figures_page(month: Month, reach: Reach, now: datetime, after: Position | None, limit: int) -> Page:
    """At most `limit` lines behind a key, in the order of the keys. Two or three queries."""
    clauses = [*in_reach(reach.scope), *period(month.first, now, reach.zone)]
    if reach.units is not None:
        clauses.append(Occurrence.implementer_id.in_(reach.units))
    people = month.by == "person"
    lines = table_of(
        month.by,
        [] if people else spots_of(clauses),
        people_of(clauses) if people else [],
        found_by_unit(reach.scope, month.first, now, reach.zone) if month.by == "unit" else {},
    )
    found = sorted((line for line in lines if after is None or line.key > after[0]), key=lambda line: line.key)
    rows = [values(f"{month.first:%Y-%m}", month.by, line) for line in found[:limit]]
    return Page(list(rows), (found[limit - 1].key,) if len(found) > limit else None)
