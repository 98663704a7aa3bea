"""Reads of the month: sums over due windows, made by the database and added up here (rules MT-30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app import db
from app.accounts.models import Person
from app.days import month_span
from app.nonconformities.models import Finding
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.places.models import Building, Point
from app.schedule.models import Occurrence
from app.schedule.rules_days import DayType
from app.schedule.rules_states import ON_TIME, State
from app.standards.models import Standard
from app.stats.rules import Counts, Coverage
from app.tallies.queries import own
from app.tallies.queries_source import is_due, person_of, sums, was_helped

Clauses = Sequence[ColumnElement[bool]]
_STATE = Occurrence.state
DUE = is_due(Occurrence)
SUMS = list(sums(Occurrence).values())
_WIDTH = len(SUMS)
PERSON = person_of(Occurrence)
HELPED = was_helped(Occurrence)
_ON_TIME, _HOLIDAY = _STATE.in_(ON_TIME), Occurrence.day_type == DayType.HOLIDAY


def period(first: date, now: datetime, zone: tzinfo) -> list[ColumnElement[bool]]:
    """Windows whose grace ended in this local month, up to now, and that were not cancelled (rules 2.1)."""
    begins, ends = month_span(first, zone)
    return [
        Occurrence.grace_end_at >= begins,
        Occurrence.grace_end_at < ends,
        Occurrence.grace_end_at <= now,
        _STATE != State.VOID,
    ]


def in_reach(scope: Scope) -> list[ColumnElement[bool]]:
    return within(scope, Occurrence.implementer_id, Occurrence.responsible_id)


def _sums(*columns: Any) -> Any:
    return select(*columns, *SUMS).select_from(Occurrence)


def _counts(row: Sequence[Any]) -> Counts:
    return Counts(*(int(value) for value in row[-_WIDTH:]))


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit, a standard and a point with the sums of their windows."""

    unit_id: str
    unit: str
    point_id: str
    point: str
    point_code: str
    building: str
    zone: str
    standard_code: str
    standard: str
    counts: Counts


def spots_of(clauses: Clauses) -> list[Spot]:
    """Sums by unit, point and standard: every other total of places adds up from these. One query."""
    names = (
        func.coalesce(func.min(Organisation.name), ""), Occurrence.point_id, func.min(Point.name), func.min(Point.code),
        func.min(Building.name), func.min(Point.zone), Occurrence.standard_code, func.min(Standard.title),
    )  # fmt: skip
    statement = (
        _sums(Occurrence.implementer_id, *names)
        .join(Point, Point.id == Occurrence.point_id)
        .join(Building, Building.id == Point.building_id)
        .join(Standard, Standard.code == Occurrence.standard_code)
        .outerjoin(Organisation, Organisation.id == Occurrence.implementer_id)
        .where(*clauses)
        .group_by(Occurrence.implementer_id, Occurrence.point_id, Occurrence.standard_code)
    )
    return [Spot(*(*row[:9], _counts(row))) for row in db.rows(statement)]


@dataclass(frozen=True, slots=True)
class PersonSums:
    """A person's own round and claims; `helped` were done for colleagues."""

    person_id: str
    name: str
    unit: str
    counts: Counts
    helped: int


def people_of(clauses: Clauses) -> list[PersonSums]:
    """Sums by person, who has some. Two queries."""
    statement = (
        _sums(Person.id, Person.name, Organisation.name)
        .join(Person, Person.id == PERSON)
        .join(Organisation, Organisation.id == Person.org_id)
        .where(*clauses)
        .group_by(Person.id, Person.name, Organisation.name)
    )
    helping = select(Occurrence.done_by_id, func.count()).where(*clauses, HELPED).group_by(Occurrence.done_by_id)
    helped = {row[0]: row[1] for row in db.rows(helping)}
    return [PersonSums(row[0], row[1], row[2], _counts(row), helped.get(row[0], 0)) for row in db.rows(statement)]


def own_figures(person_id: str, first: date, now: datetime, zone: tzinfo) -> Counts:
    """A person's own month, for the home page and the own page. One query."""
    return own(person_id, first, now, zone)[0]


def own_help(person_id: str, first: date, now: datetime, zone: tzinfo) -> int:
    """What a person did in the month for colleagues. One query."""
    return own(person_id, first, now, zone)[1]


def sums_by_instant(clauses: Clauses) -> list[tuple[datetime, str, Counts]]:
    """(end of grace, day type, sums): the caller folds them into local dates. One query."""
    keys = (Occurrence.grace_end_at, Occurrence.day_type)
    return [(row[0], row[1], _counts(row)) for row in db.rows(_sums(*keys).where(*clauses).group_by(*keys))]


def missed_starts(clauses: Clauses) -> dict[datetime, int]:
    """When the missed windows began, and how many each time. One query."""
    statement = (
        select(Occurrence.start_at, func.count()).where(*clauses, _STATE == State.MISSED).group_by(Occurrence.start_at)
    )
    return {row[0]: row[1] for row in db.rows(statement)}


def holiday_coverage(clauses: Clauses) -> Coverage:
    """Points with a window on time, of those with one due, over the public holidays (rules MT-15). One query."""
    on_time = func.max(case((_ON_TIME, 1), else_=0))
    days = (
        select(on_time.label("covered"))
        .where(*clauses, DUE, _HOLIDAY)
        .group_by(Occurrence.point_id, Occurrence.business_on)
        .subquery()
    )
    row = db.row(select(func.coalesce(func.sum(days.c.covered), 0), func.count()).select_from(days))
    return Coverage(int(row[0]), int(row[1])) if row else Coverage()


def found_by_unit(scope: Scope, first: date, now: datetime, zone: tzinfo) -> dict[str, tuple[int, int]]:
    """Unit -> what its own people found and reported in the month, and how much of it they put right on the spot."""
    begins, ends = month_span(first, zone)
    fixed = func.sum(case((Finding.fixed_on_spot, 1), else_=0))
    statement = (
        select(Finding.implementer_id, func.count(), fixed)
        .where(
            *within(scope, Finding.implementer_id, Finding.responsible_id),
            Finding.source == "check",
            Finding.found_at >= begins,
            Finding.found_at < min(ends, now),
        )
        .group_by(Finding.implementer_id)
    )
    return {row[0]: (row[1], int(row[2])) for row in db.rows(statement)}
