"""Reads of the daily log: the day's windows, what came in beside them, photos, open findings and closings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.checks.models import Check, CheckState, Receipt
from app.days import ONE_DAY
from app.flags.queries import asked_about
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.places.models import Building, Point
from app.schedule.models import Occurrence, OccurrenceEvent
from app.schedule.rules_states import State
from app.standards.models import Standard
from app.stats.models import DayClosing
from app.stats.rules_log import LogLine

_Assignee, _Doer, _Holder = aliased(Person), aliased(Person), aliased(Person)
_Filled = aliased(Occurrence)
_FIELDS = list(LogLine.__dataclass_fields__)
_OWN = tuple(getattr(Occurrence, name) for name in _FIELDS[: _FIELDS.index("point_id") + 1])
_PLACE = (Point.code, Point.name, Point.kind, Point.floor, Point.zone, Building.id, Building.name)
_PEOPLE = (_Assignee.name, _Doer.name, _Holder.name)
_RECORD = (
    Receipt.number, Check.via, Check.dwell_seconds, Check.dwell_floor_seconds, Check.marks, Check.late_reason,
    Check.note, CheckState.verdicts, asked_about(Occurrence.check_id),
)  # fmt: skip
_COLUMNS: tuple[Any, ...] = (*_OWN, *_PLACE, Standard.title, Organisation.name, *_PEOPLE, *_RECORD)
_LINES = (
    select(*_COLUMNS)
    .join(Point, Point.id == Occurrence.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Occurrence.standard_code)
    .outerjoin(Organisation, Organisation.id == Occurrence.implementer_id)
    .outerjoin(_Assignee, _Assignee.id == Occurrence.assignee_id)
    .outerjoin(_Doer, _Doer.id == Occurrence.done_by_id)
    .outerjoin(_Holder, _Holder.id == Occurrence.claimed_by_id)
    .outerjoin(Check, Check.id == Occurrence.check_id)
    .outerjoin(Receipt, Receipt.check_id == Occurrence.check_id)
    .outerjoin(CheckState, CheckState.check_id == Occurrence.check_id)
)
_STATE = _FIELDS.index("state")


def in_scope(scope: Scope) -> list[ColumnElement[bool]]:
    """Windows that the scope reaches and that were not cancelled."""
    return [*within(scope, Occurrence.implementer_id, Occurrence.responsible_id), Occurrence.state != State.VOID]


def of_day(day: date, first_at: datetime, before: datetime) -> list[ColumnElement[bool]]:
    """Windows that start between two instants; the business date lets the index find them."""
    return [
        Occurrence.business_on.in_((day, day + ONE_DAY)),
        Occurrence.start_at >= first_at,
        Occurrence.start_at < before,
    ]


def lines_where(*clauses: ColumnElement[bool]) -> list[LogLine]:
    """Windows with place, people and record, by start. One query."""
    ordered = _LINES.where(*clauses).order_by(Occurrence.start_at, Point.code, Occurrence.id)
    return [line_of(row) for row in db.rows(ordered)]


def page_of_lines(clauses: Sequence[ColumnElement[bool]], offset: int, limit: int) -> list[LogLine]:
    """What was over last first, as indexes have it, so that a page is read and not a month; one query."""
    newest = Occurrence.grace_end_at.desc(), Occurrence.start_at.desc(), Point.code, Occurrence.id
    statement = _LINES.where(*clauses).order_by(*newest)
    return [line_of(row) for row in db.rows(statement.offset(offset).limit(limit))]


def line_of(row: db.AnyRow) -> LogLine:
    values = list(row)
    values[_STATE] = State(values[_STATE])
    return LogLine(*values)


@dataclass(frozen=True, slots=True)
class Beside:
    """A record of the day that fills no window: a report of 无法作业, a check outside the plan, or one too late."""

    id: str
    occurrence_id: int | None
    standard_code: str
    outcome: str
    unable_reason: str | None
    person_id: str
    person_name: str
    implementer_id: str
    responsible_id: str
    effective_at: datetime
    timing: str
    marks: Sequence[str]
    note: str | None
    point_id: str
    point: str
    floor: str
    building_id: str
    building: str
    title: str
    window: str | None
    unable_verdict: str | None
    void: bool | None

    @property
    def is_pending(self) -> bool:
        """A report that waits for its verdict."""
        return self.unable_verdict == "pending"


_BESIDE = (
    select(
        Check.id, Check.occurrence_id, Check.standard_code, Check.outcome, Check.unable_reason, Check.person_id,
        Check.person_name, Check.implementer_id, Check.responsible_id, Check.effective_at, Check.timing, Check.marks,
        Check.note, Point.id, Point.name, Point.floor, Building.id, Building.name, Standard.title, Occurrence.label,
        CheckState.unable_verdict, CheckState.void,
    )
    .join(Point, Point.id == Check.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Check.standard_code)
    .outerjoin(Occurrence, Occurrence.id == Check.occurrence_id)
    .outerjoin(_Filled, _Filled.check_id == Check.id)
    .outerjoin(CheckState, CheckState.check_id == Check.id)
    .order_by(Check.effective_at.desc())
)  # fmt: skip


def beside_of_day(scope: Scope, day: date, first_at: datetime, before: datetime) -> list[Beside]:
    """Reports and records of the day that fill no window, newest first. One query."""
    statement = _BESIDE.where(
        *within(scope, Check.implementer_id, Check.responsible_id),
        Check.business_on.in_((day, day + ONE_DAY)),
        Check.effective_at >= first_at,
        Check.effective_at < before,
        _Filled.id.is_(None),
    )
    return [Beside(*row) for row in db.rows(statement)]


@dataclass(frozen=True, slots=True)
class Closing:
    """Somebody has gone through a unit's log of a day."""

    org_id: str
    org: str
    by_name: str
    at: datetime
    remark: str


def closings_of(day: date, org_ids: Collection[str] | None) -> list[Closing]:
    """Who closed the day for these units (None: all), newest first. One query."""
    statement = (
        select(DayClosing.org_id, Organisation.name, DayClosing.by_name, DayClosing.at, DayClosing.remark)
        .join(Organisation, Organisation.id == DayClosing.org_id)
        .where(DayClosing.day == day)
        .order_by(DayClosing.id.desc())
    )
    if org_ids is not None:
        statement = statement.where(DayClosing.org_id.in_(org_ids))
    return [Closing(*row) for row in db.rows(statement)]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a window's history; `by` is empty for the timer."""

    kind: str
    at: datetime
    by: str
    data: dict[str, Any] | None


def history_of(occurrence_id: int) -> list[HistoryLine]:
    """What happened to a window, oldest first; the caller has scoped it. One query."""
    statement = (
        select(OccurrenceEvent.kind, OccurrenceEvent.at, Person.name, OccurrenceEvent.data)
        .outerjoin(Person, Person.id == OccurrenceEvent.by_id)
        .where(OccurrenceEvent.occurrence_id == occurrence_id)
        .order_by(OccurrenceEvent.id)
    )
    return [HistoryLine(row[0], row[1], row[2] or "", row[3]) for row in db.rows(statement)]
