"""Reads that compose several features for the pages of workers and visitors."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, func, or_, select

from app import db
from app.accounts.models import Person
from app.days import ONE_DAY
from app.organisations.models import Organisation
from app.places.models import Building, LabelCode, Point, PointStandard
from app.repairs.models import RepairOrder
from app.schedule.models import Occurrence, Shift
from app.schedule.queries import STILL_OPEN
from app.schedule.rules_days import NIGHT
from app.schedule.rules_states import State
from app.standards.models import Standard


@dataclass(frozen=True)
class Task:
    """One due window of a person's day with the words that a list shows."""

    id: int
    state: State
    label: str
    open_at: datetime
    start_at: datetime
    end_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    expected_minutes: int
    done_at: datetime | None
    done_by_id: str | None
    assignee_id: str | None
    claimed_by_id: str | None
    unable_reason: str | None
    check_id: str | None
    standard_code: str
    window_key: str
    edition: str
    business_on: date
    title: str
    point_id: str
    point: str
    floor: str
    zone: str
    building: str
    code: str | None


_OWN = tuple(getattr(Occurrence, name) for name in list(Task.__dataclass_fields__)[:19])
_CURRENT = and_(LabelCode.point_id == Point.id, LabelCode.replaced_by.is_(None), LabelCode.withdrawn_at.is_(None))
_TASK = (
    select(*_OWN, Standard.title, Point.id, Point.name, Point.floor, Point.zone, Building.name, LabelCode.code)
    .join(Point, Point.id == Occurrence.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Occurrence.standard_code)
    .outerjoin(LabelCode, _CURRENT)
    .order_by(Occurrence.start_at, Occurrence.end_at, Point.code)
)


def tasks_of(person_id: str, day: date, now: datetime) -> list[Task]:
    """The person's round on a business date, what was claimed or done for others, what is open from the eve.

    What begins within the coming hours on the next date is there too: a night shift sees it before midnight.
    """
    mine = or_(
        Occurrence.assignee_id == person_id, Occurrence.claimed_by_id == person_id, Occurrence.done_by_id == person_id
    )
    eve = and_(Occurrence.business_on == day - ONE_DAY, Occurrence.expire_at >= now, Occurrence.state.in_(STILL_OPEN))
    night = and_(Occurrence.business_on == day + ONE_DAY, Occurrence.start_at <= now + NIGHT)
    found = db.rows(_TASK.where(mine, or_(Occurrence.business_on == day, eve, night), Occurrence.state != State.VOID))
    return [_task(row) for row in found]


def _task(row: db.AnyRow) -> Task:
    state, *rest = row[1:]
    return Task(row[0], State(state), *rest)


@dataclass(frozen=True)
class ShiftHours:
    """A shift as a page names it, in local time."""

    name: str
    starts: str
    ends: str


def shift_of(shift_id: str | None) -> ShiftHours | None:
    """The person's shift."""
    found = db.row(select(Shift.name, Shift.starts, Shift.ends).where(Shift.id == shift_id)) if shift_id else None
    return ShiftHours(*found) if found else None


@dataclass(frozen=True)
class Mate:
    """Somebody who can sign beside."""

    id: str
    name: str


def mates_of(person_id: str, org_id: str) -> list[Mate]:
    """Active colleagues of the same unit, the own crew first: who may give the second signature."""
    crew = select(Person.crew_id).where(Person.id == person_id).scalar_subquery()
    statement = (
        select(Person.id, Person.name)
        .where(Person.org_id == org_id, Person.id != person_id, Person.active)
        .order_by(case((Person.crew_id == crew, 0), else_=1), Person.name)
    )
    return [Mate(*row) for row in db.rows(statement)]


@dataclass(frozen=True)
class Served:
    """A public standard at a point: last done by a check that filled a window, and the next window."""

    code: str
    title: str
    done_at: datetime | None
    next_start: datetime | None
    next_end: datetime | None


_HERE = (Occurrence.point_id == bindparam("point"), Occurrence.standard_code == Standard.code)
_NEXT = (
    select(Occurrence.end_at)
    .where(*_HERE, Occurrence.start_at > bindparam("now"), Occurrence.state == State.PLANNED)
    .order_by(Occurrence.start_at, Occurrence.end_at)
    .limit(1)
)
# Built once: what a label costs a visitor is mostly the making of statements.
_SERVED = (
    select(
        Standard.code,
        Standard.title,
        select(func.max(Occurrence.done_at)).where(*_HERE).scalar_subquery(),
        _NEXT.with_only_columns(Occurrence.start_at).scalar_subquery(),
        _NEXT.scalar_subquery(),
    )
    .join(PointStandard, PointStandard.standard_code == Standard.code)
    .where(PointStandard.point_id == bindparam("point"), Standard.public)
    .order_by(Standard.code)
)
_REPORTED = (
    select(func.count())
    .where(RepairOrder.point_id == bindparam("point"), RepairOrder.open_key.is_not(None))
    .scalar_subquery()
)
_RESPONSIBLE = (
    select(Organisation.name, Organisation.telephone, _REPORTED.label("reported"))
    .join(PointStandard, PointStandard.responsible_id == Organisation.id)
    .where(PointStandard.point_id == bindparam("point"))
    .order_by(PointStandard.standard_code)
    .limit(1)
)


def served_publicly(point_id: str, now: datetime) -> list[Served]:
    """What visitors may know (contract, Public page): standards marked public only. One query."""
    return [Served(*row) for row in db.rows(_SERVED, {"point": point_id, "now": now})]


def responsible_unit(point_id: str) -> tuple[str, str, int]:
    """Name and telephone of the department that answers for a point, and how many repair orders are out there."""
    found = db.row(_RESPONSIBLE, {"point": point_id})
    return (found.name, found.telephone or "", found.reported) if found else ("", "", 0)
