"""Cells as selects: counted from raw windows or noted changes, or brought together by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, func, literal, select, union_all

from app import db
from app.schedule.models import Occurrence
from app.tallies.models import PEOPLE, Tally, TallyDelta, TallyMark
from app.tallies.queries_source import helped_with, keys_of, only, sums, was_helped

RAW: Any = Occurrence.__table__.c
NOTED: Any = TallyDelta.__table__.c
PORTION = 5000


def cells(tally: Tally, source: Any, on: date, clauses: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """(date, keys, counts) of the windows of `source` that the clauses choose; noted changes count by their sign."""
    sign = source.sign if "sign" in source else None
    made = _grouped(tally, source, sign, clauses)
    if tally is PEOPLE:
        made = _together(made, _helping(tally, source, sign, clauses))
    inner = made.subquery()
    names = (*tally.keys, *tally.counts)
    # A where-clause spares SQLite the doubt whether ON CONFLICT belongs to a join.
    return select(literal(on, Date).label("on"), *(inner.c[name] for name in names)).where(literal(1) == 1)


def _grouped(tally: Tally, source: Any, sign: Any, clauses: Sequence[ColumnElement[bool]]) -> Select[Any]:
    keys = keys_of(tally, source)
    known = {**sums(source, sign), "helped": literal(0), "helped_with": helped_with(source, sign)}
    labelled = [key.label(name) for key, name in zip(keys, tally.keys, strict=True)]
    counts = [known[name].label(name) for name in tally.counts]
    return select(*labelled, *counts).where(*clauses, *only(tally, source)).group_by(*keys)


def _helping(tally: Tally, source: Any, sign: Any, clauses: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Cells of those who helped: nothing but how often."""
    keys = [source.implementer_id, source.responsible_id, source.done_by_id, func.coalesce(source.round_id, "")]
    labelled = [key.label(name) for key, name in zip(keys, tally.keys, strict=True)]
    times = func.sum(literal(1) if sign is None else sign)
    counts = [(times if name == "helped" else literal(0)).label(name) for name in tally.counts]
    return select(*labelled, *counts).where(*clauses, *only(tally, source), was_helped(source)).group_by(*keys)


def _together(own: Select[Any], helping: Select[Any]) -> Select[Any]:
    both = union_all(own, helping).subquery()
    width = len(PEOPLE.keys)
    keys, counts = list(both.c)[:width], list(both.c)[width:]
    return select(*keys, *(func.sum(each).label(each.name) for each in counts)).group_by(*keys)


def moved(tally: Tally, on: date, first: date, until: date) -> Select[Any]:
    """The cells of these days brought together, for another date."""
    table = tally.table.c
    keys, counts = [table[name] for name in tally.keys], [table[name] for name in tally.counts]
    return (
        select(literal(on, Date).label("on"), *keys, *(func.sum(each).label(each.name) for each in counts))
        .where(table.on >= first, table.on < until)
        .group_by(*keys)
    )


def portion() -> tuple[int, list[datetime]] | None:
    """The last number of the next changes to fold, and the ends of grace they are about; None when there are none."""
    ids = select(NOTED.id).order_by(NOTED.id).limit(PORTION).subquery()
    last = db.scalar(select(func.max(ids.c.id)))
    if last is None:
        return None
    found = db.rows(select(NOTED.grace_end_at).where(NOTED.id <= last).distinct())
    return int(last), [row[0] for row in found]


def up_to(last_id: int) -> ColumnElement[bool]:
    return NOTED.id <= last_id


def ending_within(source: Any, begins: datetime, ends: datetime) -> list[ColumnElement[bool]]:
    """Windows of `source` whose grace ends in this time."""
    return [source.grace_end_at >= begins, source.grace_end_at < ends]


def anything_noted() -> bool:
    """Whether a fold has something to do."""
    return db.scalar(select(NOTED.id).limit(1)) is not None


def months_before() -> date:
    """Days before this date stand together by month."""
    found: date = db.scalar(select(TallyMark.months_before))
    return found


def spread() -> tuple[datetime, datetime] | None:
    """The first and the last end of grace among all windows."""
    found = db.row(select(func.min(RAW.grace_end_at), func.max(RAW.grace_end_at)))
    return (found[0], found[1]) if found and found[0] is not None else None


def any_within(begins: datetime, ends: datetime) -> bool:
    """Whether windows are here whose grace ends in this time."""
    return db.scalar(select(RAW.id).where(*ending_within(RAW, begins, ends)).limit(1)) is not None


def oldest_day(tallies: Sequence[Tally], before: date) -> date | None:
    """The oldest date before this one that has cells."""
    found = [db.scalar(select(func.min(each.table.c.on)).where(each.table.c.on < before)) for each in tallies]
    return min((each for each in found if each is not None), default=None)
