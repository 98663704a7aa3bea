"""Reads of the tallies: cells of the days that are over, noted changes not in them yet, and today's windows themselves.

Every read is one statement, so that a fold in between changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from app import db
from app.db import Prepared, UtcDateTime
from app.organisations.rules import Scope
from app.schedule.models import Occurrence
from app.schedule.rules_states import State
from app.tallies.models import COPIED, DAYS, HOLIDAYS, MISSES, PEOPLE, SITE_MISSES, Tally, TallyDelta
from app.tallies.queries_asked import OPEN, Shape, Span
from app.tallies.queries_asked import Asked as Asked  # noqa: PLC0414  what rooms above ask with
from app.tallies.queries_source import (
    COUNTED,
    due_and_in_use,
    helped_with,
    keys_of,
    needed_for_use,
    only,
    sums,
    was_helped,
)
from app.tallies.queries_today import in_cells, mark, since
from app.tallies.rules_counts import Counts

RAW: Any = Occurrence.__table__.c
NOTED: Any = TallyDelta.__table__.c
# Keys of cells that stand together by month, of which there are about as many as cells.
ONE_BY_ONE = frozenset({"point_id", "person_id", "round_id"})
Keep = Callable[[Mapping[str, Any]], list[ColumnElement[bool]]]


def sums_by(tally: Tally, by: Sequence[str], asked: Asked) -> list[tuple[Any, ...]]:
    """(keys of `by`, counts of the tally) of all that has any. One query."""
    return [tuple(row) for row in db.rows(grouped(tally, by, asked), asked.values)]


def counts_by(tally: Tally, by: Sequence[str], asked: Asked) -> list[tuple[tuple[Any, ...], Counts]]:
    """The same, for tallies with all the counts."""
    width = len(by)
    return [(row[:width], counts_in(row[width:])) for row in sums_by(tally, by, asked)]


def counts_in(values: Sequence[Any]) -> Counts:
    """A row's sums, which begin with those of Counts; databases add up into decimals."""
    return Counts(*map(int, values[: len(COUNTED)]))


def grouped(tally: Tally, by: Sequence[str], asked: Asked, counts: Sequence[str] = ()) -> Select[Any]:
    """The select behind `sums_by`, to be joined with names and run with `asked.values`; of all counts or of some."""
    return _grouped(tally, tuple(by), asked.shape, tuple(counts) or tally.counts)


@cache
def _grouped(tally: Tally, by: tuple[str, ...], shape: Shape, counts: tuple[str, ...]) -> Select[Any]:
    """Built once: putting two dozen sums together takes longer than most databases need to answer."""
    return _with_any(tally, by, counts, OPEN, shape.keep)


def _with_any(tally: Tally, by: Sequence[str], counts: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    """Groups that have anything at all, cells and what is newer together."""
    asked = tuple(each for each in ("due", "reported", "helped") if each in tally.counts) or tally.counts[:1]
    names = tuple(dict.fromkeys((*counts, *asked)))
    days = [days_in(tally.table.c, span), in_cells(tally.table.c, span)]
    parts = [*(_cells(tally, by, names, each, keep) for each in days), _counted(tally, by, names, span, keep)]
    if tally is PEOPLE:
        parts.append(_helped(by, names, span, keep))
    both = union_all(*parts).subquery()
    keys, sums_ = [both.c[name] for name in by], [func.sum(both.c[name]).label(name) for name in counts]
    any_at_all = [func.sum(both.c[name]) for name in asked]
    return select(*keys, *sums_).group_by(*keys).having(sum(any_at_all[1:], any_at_all[0]) > 0)


def days_in(columns: Any, span: Span) -> ColumnElement[bool]:
    return and_(columns.on >= span.first, columns.on < span.until)


def _cells(tally: Tally, by: Sequence[str], names: Sequence[str], days: ColumnElement[bool], keep: Keep) -> Select[Any]:
    """Summed by the keys; cells by month as they are, since two or three for a key are sorted once with the others."""
    columns: Any = tally.table.c
    keys = [columns[name] for name in by]
    if set(by) & ONE_BY_ONE:
        return select(*keys, *(columns[name] for name in names)).where(days, *keep(columns))
    counts = [func.sum(columns[name]).label(name) for name in names]
    return select(*keys, *counts).where(days, *keep(columns)).group_by(*keys)


def _counted(tally: Tally, by: Sequence[str], names: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    newer: Any = recent(span).subquery().c
    named = dict(zip(tally.keys, keys_of(tally, newer), strict=True))
    keys = [named[name] for name in by]
    known = {**sums(newer, newer.sign), "helped": literal(0), "helped_with": helped_with(newer, newer.sign)}
    counts = [known[name].label(name) for name in names]
    labelled = [key.label(name) for key, name in zip(keys, by, strict=True)]
    return select(*labelled, *counts).where(*only(tally, newer), *keep(named)).group_by(*keys)


def _helped(by: Sequence[str], names: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    """What was done on the rounds of others, under who did it."""
    newer: Any = recent(span).subquery().c
    named = {**{name: newer[name] for name in PEOPLE.keys if name in newer}, "person_id": newer.done_by_id}
    named["round_id"] = func.coalesce(newer.round_id, "")
    keys = [named[name] for name in by]
    labelled = [key.label(name) for key, name in zip(keys, by, strict=True)]
    times = func.sum(newer.sign)
    counts = [(times if name == "helped" else literal(0)).label(name) for name in names]
    chosen = [*only(PEOPLE, newer), was_helped(newer), *keep(named)]
    return select(*labelled, *counts).where(*chosen).group_by(*keys)


def recent(span: Span) -> CompoundSelect[Any]:
    """Noted changes of what is in cells, and the windows of today that are over and not in cells."""
    noted = select(NOTED.sign, *(NOTED[name] for name in COPIED)).where(
        NOTED.grace_end_at >= span.begins, NOTED.grace_end_at < since(span)
    )
    today = select(literal(1).label("sign"), *(RAW[name] for name in COPIED)).where(
        RAW.grace_end_at >= since(span), RAW.grace_end_at <= span.last, RAW.state != State.VOID
    )
    return union_all(noted, today)


def counts_by_day(asked: Asked) -> list[tuple[date | datetime, str, Counts]]:
    """(local date, or an instant on it; day type; sums): the caller adds them up. One query."""
    return [(row[0] or row[1], row[2], counts_in(row[3:])) for row in db.rows(_by_day(asked.shape), asked.values)]


@cache
def _by_day(shape: Shape) -> CompoundSelect[Any]:
    columns: Any = DAYS.table.c
    kept = [func.sum(columns[name]).label(name) for name in COUNTED]
    no_instant, no_date = cast(null(), UtcDateTime), cast(null(), Date)
    cells = select(columns.on, no_instant.label("at"), columns.day_type, *kept)
    cells = cells.where(days_in(columns, OPEN), *shape.keep(columns)).group_by(columns.on, columns.day_type)
    today = select(no_date.label("on"), mark(OPEN).label("at"), columns.day_type, *kept)
    today = today.where(in_cells(columns, OPEN), *shape.keep(columns)).group_by(columns.day_type)
    newer: Any = recent(OPEN).subquery().c
    new = [value.label(name) for name, value in sums(newer, newer.sign).items()]
    keys = (newer.grace_end_at, newer.day_type)
    noted = select(no_date.label("on"), newer.grace_end_at.label("at"), newer.day_type, *new)
    noted = noted.where(*only(DAYS, newer), *shape.keep(newer)).group_by(*keys)
    return union_all(cells, today, noted)


def missed_starts(asked: Asked) -> dict[datetime, int]:
    """When the missed windows began, and how many each time. One query."""
    tally = SITE_MISSES if asked.is_whole_site else MISSES
    return {row[0]: int(row[1]) for row in sums_by(tally, ["start_at"], asked)}


def holiday_points(asked: Asked) -> tuple[int, int]:
    """Points with a window on time, of those with one due, summed over the public holidays (MT-15). One query."""
    row = db.row(_holiday_points(asked.shape), asked.values)
    return (int(row[0]), int(row[1])) if row else (0, 0)


@cache
def _holiday_points(shape: Shape) -> Select[Any]:
    points = _grouped(HOLIDAYS, ("point_id", "business_on"), shape, ("holiday_on_time",)).subquery()
    covered = func.sum(case((points.c.holiday_on_time > 0, 1), else_=0))
    return select(func.coalesce(covered, 0), func.count()).select_from(points)


def reached_of(tally: Tally, key: str, asked: Asked) -> tuple[int, int]:
    """How many of `key` are in use, and of how many something was due (MT-25). One query."""
    row = db.row(_reached(tally, key, asked.shape), asked.values)
    return (int(row[0]), int(row[1])) if row else (0, 0)


@cache
def _reached(tally: Tally, key: str, shape: Shape) -> Select[int, int]:
    found = _grouped(tally, (key,), shape, needed_for_use(tally)).subquery().c
    due, in_use = due_and_in_use(tally, key, found)
    return select(func.count().filter(in_use), func.count()).where(*due)


def _own() -> Prepared:
    """The sums of one person, built once: every page of a worker asks for them."""
    whose = bindparam("person_id", type_=String)
    one = _with_any(PEOPLE, ["person_id"], PEOPLE.counts, OPEN, lambda columns: [columns["person_id"] == whose])
    found = one.subquery()
    return Prepared(select(found.c.helped, *(found.c[name] for name in COUNTED)))


_OWN = _own()


def own(person_id: str, first: date, now: datetime, zone: tzinfo) -> tuple[Counts, int]:
    """A person's own month, and what the person did for colleagues. One query."""
    row = db.row(_OWN, {"person_id": person_id, **vars(Asked(first, now, zone, Scope(None)).span)})
    return (counts_in(row[1:]), int(row[0])) if row else (Counts(), 0)
