"""Reads of the tallies: cells of the days that are over, noted changes not in them yet, and today's windows themselves.

Every read is one statement, so that a fold in between changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
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
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.schedule.models import Occurrence
from app.schedule.rules_states import State
from app.tallies.models import COPIED, DAYS, HOLIDAYS, MISSES, PEOPLE, Tally, TallyDelta
from app.tallies.queries_source import COUNTED, keys_of, only, sums, was_helped
from app.tallies.rules_counts import Counts
from app.tallies.rules_days import begins, next_month

RAW: Any = Occurrence.__table__.c
NOTED: Any = TallyDelta.__table__.c
Keep = Callable[[Mapping[str, Any]], list[ColumnElement[bool]]]


@dataclass(frozen=True)
class Span:
    """Days from `first` on, before `until`, are in cells; today's windows ended from `over` to `last`."""

    first: Any
    until: Any
    begins: Any
    over: Any
    last: Any


@dataclass(frozen=True)
class Asked:
    """Windows whose grace ended in a local month, up to now, in a reach; `equal` holds keys to values."""

    first: date
    now: datetime
    zone: tzinfo
    scope: Scope
    equal: Mapping[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        ends = begins(next_month(self.first), self.zone)
        until = max(self.first, min(self.now.astimezone(self.zone).date(), next_month(self.first)))
        over = begins(until, self.zone)
        # Nothing of today is in a month that is over.
        last = self.now if over < ends else over - timedelta(microseconds=1)
        return Span(self.first, until, begins(self.first, self.zone), over, last)

    def keep(self, columns: Mapping[str, Any]) -> list[ColumnElement[bool]]:
        """Where-clauses over columns of these names."""
        reach = within(self.scope, columns["implementer_id"], columns["responsible_id"])
        return [*reach, *(columns[name] == value for name, value in self.equal.items())]


def sums_by(tally: Tally, by: Sequence[str], asked: Asked) -> list[tuple[Any, ...]]:
    """(keys of `by`, counts of the tally) of all that has any. One query."""
    return [tuple(row) for row in db.rows(grouped(tally, by, asked))]


def counts_by(tally: Tally, by: Sequence[str], asked: Asked) -> list[tuple[tuple[Any, ...], Counts]]:
    """The same, for tallies with all the counts."""
    width = len(by)
    return [(row[:width], counts_in(row[width:])) for row in sums_by(tally, by, asked)]


def counts_in(values: Sequence[Any]) -> Counts:
    """A row's sums, which begin with those of Counts; databases add up into decimals."""
    return Counts(*(int(value) for value in values[: len(COUNTED)]))


def grouped(tally: Tally, by: Sequence[str], asked: Asked) -> Select[Any]:
    """The select behind `sums_by`, to be joined with names."""
    return _grouped(tally, by, asked.span, asked.keep)


def _grouped(tally: Tally, by: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    parts = [_cells(tally, by, span, keep), _counted(tally, by, span, keep)]
    if tally is PEOPLE:
        parts.append(_helped(by, span, keep))
    both = union_all(*parts).subquery()
    counts = [func.sum(both.c[name]).label(name) for name in tally.counts]
    keys = [both.c[name] for name in by]
    any_at_all = [func.sum(both.c[name]) for name in ("due", "reported", "helped", *tally.counts[:1]) if name in both.c]
    return select(*keys, *counts).group_by(*keys).having(sum(any_at_all[1:], any_at_all[0]) > 0)


def _cells(tally: Tally, by: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    columns: Any = tally.table.c
    keys = [columns[name] for name in by]
    counts = [func.sum(columns[name]).label(name) for name in tally.counts]
    days = and_(columns.on >= span.first, columns.on < span.until)
    return select(*keys, *counts).where(days, *keep(columns)).group_by(*keys)


def _counted(tally: Tally, by: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    recent: Any = _recent(span).subquery().c
    named = dict(zip(tally.keys, keys_of(tally, recent), strict=True))
    keys = [named[name] for name in by]
    known = {**sums(recent, recent.sign), "helped": literal(0)}
    counts = [known[name].label(name) for name in tally.counts]
    labelled = [key.label(name) for key, name in zip(keys, by, strict=True)]
    return select(*labelled, *counts).where(*only(tally, recent), *keep(named)).group_by(*keys)


def _helped(by: Sequence[str], span: Span, keep: Keep) -> Select[Any]:
    """What was done on the rounds of others, under who did it."""
    recent: Any = _recent(span).subquery().c
    named = {**{name: recent[name] for name in PEOPLE.keys if name in recent}, "person_id": recent.done_by_id}
    named["round_id"] = func.coalesce(recent.round_id, "")
    keys = [named[name] for name in by]
    labelled = [key.label(name) for key, name in zip(keys, by, strict=True)]
    times = func.sum(recent.sign)
    counts = [(times if name == "helped" else literal(0)).label(name) for name in PEOPLE.counts]
    chosen = [*only(PEOPLE, recent), was_helped(recent), *keep(named)]
    return select(*labelled, *counts).where(*chosen).group_by(*keys)


def _recent(span: Span) -> CompoundSelect[Any]:
    """Noted changes of the days in cells, and the windows of today that are over."""
    noted = select(NOTED.sign, *(NOTED[name] for name in COPIED)).where(
        NOTED.grace_end_at >= span.begins, NOTED.grace_end_at < span.over
    )
    today = select(literal(1).label("sign"), *(RAW[name] for name in COPIED)).where(
        RAW.grace_end_at >= span.over, RAW.grace_end_at <= span.last, RAW.state != State.VOID
    )
    return union_all(noted, today)


def counts_by_day(asked: Asked) -> list[tuple[date | datetime, str, Counts]]:
    """(local date, or an instant on it; day type; sums): the caller adds them up. One query."""
    columns: Any = DAYS.table.c
    span = asked.span
    kept = [func.sum(columns[name]).label(name) for name in COUNTED]
    days = and_(columns.on >= span.first, columns.on < span.until, *asked.keep(columns))
    no_instant, no_date = cast(null(), UtcDateTime), cast(null(), Date)
    cells = select(columns.on, no_instant.label("at"), columns.day_type, *kept).where(days)
    recent: Any = _recent(span).subquery().c
    new = [value.label(name) for name, value in sums(recent, recent.sign).items()]
    keys = (recent.grace_end_at, recent.day_type)
    noted = select(no_date.label("on"), recent.grace_end_at.label("at"), recent.day_type, *new)
    noted = noted.where(*only(DAYS, recent), *asked.keep(recent)).group_by(*keys)
    rows = db.rows(union_all(cells.group_by(columns.on, columns.day_type), noted))
    return [(row[0] or row[1], row[2], counts_in(row[3:])) for row in rows]


def missed_starts(asked: Asked) -> dict[datetime, int]:
    """When the missed windows began, and how many each time. One query."""
    return {row[0]: int(row[1]) for row in sums_by(MISSES, ["start_at"], asked)}


def holiday_points(asked: Asked) -> tuple[int, int]:
    """Points with a window on time, of those with one due, summed over the public holidays (MT-15). One query."""
    points = grouped(HOLIDAYS, ["point_id", "business_on"], asked).subquery()
    covered = func.sum(case((points.c.holiday_on_time > 0, 1), else_=0))
    row = db.row(select(func.coalesce(covered, 0), func.count()).select_from(points))
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _own() -> Prepared:
    """The sums of one person, built once: every page of a worker asks for them."""
    whose = bindparam("person_id", type_=String)
    span = Span(
        bindparam("first", type_=Date),
        bindparam("until", type_=Date),
        *(bindparam(name, type_=UtcDateTime) for name in ("begins", "over", "last")),
    )
    found = _grouped(PEOPLE, ["person_id"], span, lambda columns: [columns["person_id"] == whose]).subquery()
    return Prepared(select(found.c.helped, *(found.c[name] for name in COUNTED)))


_OWN = _own()


def own(person_id: str, first: date, now: datetime, zone: tzinfo) -> tuple[Counts, int]:
    """A person's own month, and what the person did for colleagues. One query."""
    row = db.row(_OWN, {"person_id": person_id, **vars(Asked(first, now, zone, Scope(None)).span)})
    return (counts_in(row[1:]), int(row[0])) if row else (Counts(), 0)
