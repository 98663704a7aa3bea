"""Sums by month over a long time, in one statement: cells, noted changes and today, as everywhere in tallies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, cast, func, null, select, union_all

from app import db
from app.days import month_of
from app.db import UtcDateTime
from app.tallies.models import Tally
from app.tallies.queries import Asked, counts_in, days_in, recent
from app.tallies.queries_asked import OPEN, Shape
from app.tallies.queries_source import COUNTED, keys_of, only, sums
from app.tallies.queries_today import in_cells, mark
from app.tallies.rules_counts import Counts


def counts_by_month(tally: Tally, asked: Asked) -> Mapping[date, Counts]:
    """First day of the month -> its sums, for months that have any; for tallies with all the counts. One query."""
    found: dict[date, Counts] = {}
    for row in db.rows(_by_month(tally, asked.shape), asked.values):
        month = month_of(row[0] or row[1].astimezone(asked.zone).date())
        found[month] = found.get(month, Counts()) + counts_in(row[2:])
    return found


@cache
def _by_month(tally: Tally, shape: Shape) -> CompoundSelect[Any]:
    """(day or first day of a month, or an instant; sums): the database knows no zones, the caller folds them."""
    columns: Any = tally.table.c
    kept = [func.sum(columns[name]).label(name) for name in COUNTED]
    cells = select(columns.on, cast(null(), UtcDateTime).label("at"), *kept)
    cells = cells.where(days_in(columns, OPEN), *shape.keep(columns)).group_by(columns.on)
    today = select(cast(null(), Date).label("on"), mark(OPEN).label("at"), *kept)
    today = today.where(in_cells(columns, OPEN), *shape.keep(columns)).group_by(columns.on)
    newer: Any = recent(OPEN).subquery().c
    named = dict(zip(tally.keys, keys_of(tally, newer), strict=True))
    new = [value.label(name) for name, value in sums(newer, newer.sign).items()]
    noted = select(cast(null(), Date).label("on"), newer.grace_end_at.label("at"), *new)
    return union_all(cells, today, noted.where(*only(tally, newer), *shape.keep(named)).group_by(newer.grace_end_at))
