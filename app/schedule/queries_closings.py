"""Reads for planned exemptions: which points a department may close for its own work, and what is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app import db
from app.accounts.models import Person
from app.organisations.queries import scope_of
from app.places.models import Point, PointStandard
from app.schedule.models import PointExemption
from app.standards.models import Standard
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class Closed:
    """A planned exemption in words."""

    id: int
    point: str
    point_code: str
    standard: str
    from_at: datetime
    to_at: datetime
    reason: str
    note: str
    by: str


@dataclass(frozen=True)
class ClosablePoint:
    """A point and the standards there that the person's department answers for."""

    id: str
    code: str
    name: str
    codes: tuple[str, ...]


def closable_points(person: CurrentPerson) -> Mapping[str, ClosablePoint]:
    """By id, in code order: only standards whose responsible department lies in the own subtree (rules MT-3)."""
    statement = (
        select(Point.id, Point.code, Point.name, PointStandard.standard_code)
        .join(PointStandard, PointStandard.point_id == Point.id)
        .where(Point.active, *_answered(person))
        .order_by(Point.code, PointStandard.standard_code)
    )
    found: dict[str, ClosablePoint] = {}
    for row in db.rows(statement):
        before = found.get(row.id)
        codes = (*(before.codes if before else ()), row.standard_code)
        found[row.id] = ClosablePoint(row.id, row.code, row.name, codes)
    return found


_CLOSED = (
    select(
        PointExemption.id,
        Point.name.label("point"),
        Point.code,
        Standard.title,
        PointExemption.from_at,
        PointExemption.to_at,
        PointExemption.reason,
        PointExemption.note,
        Person.name.label("by"),
    )
    .join(Point, Point.id == PointExemption.point_id)
    .join(Standard, Standard.code == PointExemption.standard_code)
    .join(Person, Person.id == PointExemption.by_id)
    .join(
        PointStandard,
        (PointStandard.point_id == PointExemption.point_id)
        & (PointStandard.standard_code == PointExemption.standard_code),
    )
)


def closed_points(person: CurrentPerson, now: datetime) -> list[Closed]:
    """What is closed or will be, within reach, the next first."""
    statement = _CLOSED.where(PointExemption.to_at > now, *_answered(person))
    return [Closed(*row) for row in db.rows(statement.order_by(PointExemption.from_at, Point.code, Standard.code))]


def closing_within(person: CurrentPerson, closing_id: int) -> Closed | None:
    """One closing, over or not; None when there is none or it is out of reach."""
    found = db.row(_CLOSED.where(PointExemption.id == closing_id, *_answered(person)))
    return Closed(*found) if found else None


def same_closings(point_id: str, from_at: datetime, to_at: datetime, reason: str) -> frozenset[str]:
    """The standards for which the very same closing stands already: a form that was sent twice."""
    statement = select(PointExemption.standard_code).where(
        PointExemption.point_id == point_id,
        PointExemption.from_at <= from_at,
        PointExemption.to_at == to_at,
        PointExemption.reason == reason,
    )
    return frozenset(row.standard_code for row in db.rows(statement))


def closings_at(point_id: str, to_at: datetime, reason: str) -> list[int]:
    """The planned exemptions of a point that end at this instant for this reason."""
    statement = select(PointExemption.id).where(
        PointExemption.point_id == point_id, PointExemption.to_at == to_at, PointExemption.reason == reason
    )
    return [row.id for row in db.rows(statement)]


def _answered(person: CurrentPerson) -> list[ColumnElement[bool]]:
    scope = scope_of(person)
    return [] if scope.units is None else [PointStandard.responsible_id.in_(scope.units)]
