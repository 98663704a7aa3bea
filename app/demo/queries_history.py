"""Reads for making a history: the windows that lie behind and who could do them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.checks.models import Check, CheckState
from app.demo.rules_fates import Times
from app.photos.models import Photo
from app.places.models import Area, LabelCode, Point
from app.schedule.models import Occurrence


@dataclass(frozen=True)
class Due:
    """A planned window with what a visit to it needs."""

    id: int
    point_id: str
    point: str
    kind: str
    attrs: dict[str, Any]
    photo_allowed: bool
    label: str
    edition: str
    window_key: str
    window_kind: str
    profile: str
    day_type: str
    business_on: date
    assignee_id: str | None
    implementer_id: str
    responsible_id: str
    facts: dict[str, Any] | None
    times: Times
    planned: bool = True


_TIMES = (
    Occurrence.start_at,
    Occurrence.end_at,
    Occurrence.grace_end_at,
    Occurrence.expire_at,
    Occurrence.expected_minutes,
)
_COLUMNS = (
    Occurrence.id,
    Point.id,
    Point.name,
    Point.kind,
    Point.attrs,
    Point.photo_allowed & Area.photo_allowed,
    LabelCode.code,
    Occurrence.edition,
    Occurrence.window_key,
    Occurrence.kind,
    Occurrence.profile,
    Occurrence.day_type,
    Occurrence.business_on,
    Occurrence.assignee_id,
    Occurrence.implementer_id,
    Occurrence.responsible_id,
    Occurrence.facts,
)


def windows_behind(now: datetime) -> list[Due]:
    """Planned windows that have started, in order of their start."""
    found = db.rows(
        select(*_COLUMNS, *_TIMES)
        .join(Point, Point.id == Occurrence.point_id)
        .join(Area, Area.id == Point.area_id)
        .join(LabelCode, LabelCode.point_id == Point.id)
        .where(Occurrence.start_at <= now, Occurrence.state == "planned", LabelCode.replaced_by.is_(None))
        .order_by(Occurrence.start_at, Occurrence.id)
    )
    split = len(_COLUMNS)
    return [Due(*(*row[:split], Times(*row[split:]))) for row in found]


def hands_by_unit() -> dict[str, list[str]]:
    """The people of each unit who do checks."""
    by_unit: dict[str, list[str]] = {}
    statement = select(Person.org_id, Person.id).where(
        Person.role.in_(("worker", "driver", "crew_leader")), Person.active
    )
    for row in db.rows(statement.order_by(Person.id)):
        by_unit.setdefault(row.org_id, []).append(row.id)
    return by_unit


def supervisors_by_unit() -> dict[str, str]:
    """The supervisor of each unit, who releases what its people have made ready."""
    statement = select(Person.org_id, Person.id).where(Person.role == "supervisor", Person.active)
    return {row.org_id: row.id for row in db.rows(statement.order_by(Person.id.desc()))}


def crew_leaders() -> list[str]:
    """All crew leaders by id."""
    found = db.rows(select(Person.id).where(Person.role == "crew_leader", Person.active).order_by(Person.id))
    return [row.id for row in found]


def supervisors() -> list[str]:
    """All supervisors by id."""
    found = db.rows(select(Person.id).where(Person.role == "supervisor", Person.active).order_by(Person.id))
    return [row.id for row in found]


@dataclass(frozen=True)
class Report:
    """A report of being unable, and whether somebody has judged it."""

    check_id: str
    responsible_id: str
    received_at: datetime
    settled: bool


@dataclass(frozen=True)
class PhotoStep:
    """A step of a record that carries photos; `expire_at` is None for a check outside the plan."""

    check_id: str
    step_id: str
    responsible_id: str
    received_at: datetime
    person_id: str
    edition: str
    kind: str
    point: str
    expire_at: datetime | None


def unables() -> list[Report]:
    """All reports of being unable, oldest first."""
    statement = (
        select(Check.id, Check.responsible_id, Check.received_at, CheckState.unable_verdict != "pending")
        .join(CheckState, CheckState.check_id == Check.id)
        .where(Check.outcome == "unable")
        .order_by(Check.received_at)
    )
    return [Report(*row) for row in db.rows(statement)]


def photo_steps() -> list[PhotoStep]:
    """Every step with photos, oldest first."""
    statement = (
        select(
            Check.id, Photo.step_id, Check.responsible_id, Check.received_at,
            Check.person_id, Check.edition, Point.kind, Point.name, Occurrence.expire_at,
        )
        .join(Photo, Photo.check_id == Check.id)
        .join(Point, Point.id == Check.point_id)
        .outerjoin(Occurrence, Occurrence.id == Check.occurrence_id)
        .where(Photo.step_id.is_not(None), Photo.part == "evidence")
        .distinct()
        .order_by(Check.received_at, Check.id)
    )  # fmt: skip
    return [PhotoStep(*row) for row in db.rows(statement)]
