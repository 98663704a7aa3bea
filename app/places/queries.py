"""Reads of points and label codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.places.models import Area, Building, LabelCode, LabelEvent, Point, PointStandard
from app.places.rules import CodeLife


@dataclass(frozen=True)
class PlacedPoint:
    """A point with the words that pages and labels print."""

    id: str
    code: str
    name: str
    name_en: str
    kind: str
    floor: str
    zone: str
    risk: int
    photo_allowed: bool
    active: bool
    attrs: Mapping[str, Any]
    building_id: str
    building: str
    building_en: str
    area_id: str
    area: str


@dataclass(frozen=True)
class ScannedPoint:
    """What a code leads to: the point and the life of the code itself."""

    label: str
    life: CodeLife
    point: PlacedPoint


@dataclass(frozen=True)
class StandardHere:
    """A standard that holds at a point, with the unit that does it and the department that answers for it."""

    point_id: str
    standard_code: str
    implementer_id: str
    responsible_id: str


_POINT = (
    Point.id,
    Point.code,
    Point.name,
    Point.name_en,
    Point.kind,
    Point.floor,
    Point.zone,
    Point.risk,
    Point.photo_allowed & Area.photo_allowed,
    Point.active,
    Point.attrs,
    Building.id,
    Building.name,
    Building.name_en,
    Area.id,
    Area.name,
)
_LIFE = (LabelCode.issued_at, LabelCode.replaced_by, LabelCode.valid_until, LabelCode.withdrawn_at)


def _placed(*columns: Any) -> Select[Any]:
    return (
        select(*columns, *_POINT)
        .select_from(Point)
        .join(Area, Area.id == Point.area_id)
        .join(Building, Building.id == Point.building_id)
    )


_HERE = (
    PointStandard.point_id,
    PointStandard.standard_code,
    PointStandard.implementer_id,
    PointStandard.responsible_id,
)
_BY_LABEL = db.Prepared(
    _placed(LabelCode.code, *_LIFE)
    .join(LabelCode, LabelCode.point_id == Point.id)
    .where(LabelCode.code == bindparam("code"))
)


def point_by_label(code: str) -> ScannedPoint | None:
    """The point behind a normalised label code, also a replaced or withdrawn one. One query."""
    found = db.row(_BY_LABEL, {"code": code})
    return ScannedPoint(found[0], CodeLife(*found[1:5]), PlacedPoint(*found[5:])) if found else None


def point_by_id(point_id: str) -> PlacedPoint | None:
    """One point."""
    found = db.row(_placed().where(Point.id == point_id))
    return PlacedPoint(*found) if found else None


def current_codes(point_ids: Iterable[str] | None = None) -> dict[str, str]:
    """Point id to the code that its label carries now."""
    statement = select(LabelCode.point_id, LabelCode.code).where(
        LabelCode.replaced_by.is_(None), LabelCode.withdrawn_at.is_(None)
    )
    if point_ids is not None:
        statement = statement.where(LabelCode.point_id.in_(list(point_ids)))
    return {row.point_id: row.code for row in db.rows(statement)}


def kinds_in_use() -> list[str]:
    """The kinds of points that there are: a new kind is one as soon as a point has it."""
    return [row.kind for row in db.rows(select(Point.kind).distinct().order_by(Point.kind))]


def standards_here(point_id: str) -> list[StandardHere]:
    """All standards of a point, in number order."""
    statement = select(*_HERE).where(PointStandard.point_id == point_id).order_by(PointStandard.standard_code)
    return [StandardHere(*row) for row in db.rows(statement)]


def responsible_telephones(point_ids: Iterable[str]) -> dict[str, str]:
    """Point id to the telephone of the department that answers for its first standard."""
    statement = (
        select(PointStandard.point_id, Organisation.telephone)
        .join(Organisation, Organisation.id == PointStandard.responsible_id)
        .where(PointStandard.point_id.in_(list(point_ids)), Organisation.telephone != "")
        .order_by(PointStandard.point_id, PointStandard.standard_code.desc())
    )
    return {row.point_id: row.telephone for row in db.rows(statement)}


def all_standards_here() -> list[StandardHere]:
    """Every point with every standard: for making rows ahead."""
    return [StandardHere(*row) for row in db.rows(select(*_HERE).order_by(*_HERE[:2]))]


def points_within(scope: Scope, *, active: bool = True) -> list[PlacedPoint]:
    """Points that the scope reaches, in code order. One query."""
    statement = _placed().order_by(Point.code)
    if active:
        statement = statement.where(Point.active)
    clauses = within(scope, PointStandard.implementer_id, PointStandard.responsible_id)
    if clauses:
        reached = select(PointStandard.point_id).where(*clauses)
        statement = statement.where(Point.id.in_(reached))
    return [PlacedPoint(*row) for row in db.rows(statement)]


def buildings_and_areas() -> list[tuple[str, str, str, str]]:
    """(building id, building name, area id, area name) for choosers."""
    statement = (
        select(Building.id, Building.name, Area.id, Area.name)
        .join(Area, Area.building_id == Building.id)
        .order_by(Building.code, Area.name)
    )
    return [tuple(row) for row in db.rows(statement)]


@dataclass(frozen=True)
class LabelLine:
    """One code of a point with its life and, where withdrawn, the reason."""

    code: str
    life: CodeLife
    reason: str


@dataclass(frozen=True)
class LabelNote:
    """A line of a point's label history."""

    at: datetime
    kind: str
    code: str
    by: str | None
    reason: str


def labels_of(point_id: str) -> list[LabelLine]:
    """All codes of a point, newest first."""
    statement = select(LabelCode.code, *_LIFE, LabelCode.withdrawn_reason).where(LabelCode.point_id == point_id)
    found = db.rows(statement.order_by(LabelCode.issued_at.desc(), LabelCode.code))
    return [LabelLine(row[0], CodeLife(*row[1:5]), row[5]) for row in found]


def label_notes(point_id: str) -> list[LabelNote]:
    """What was done with a point's labels, newest first."""
    statement = (
        select(
            LabelEvent.at,
            LabelEvent.kind,
            LabelEvent.code,
            func.coalesce(Person.name, LabelEvent.by_id),
            LabelEvent.reason,
        )
        .outerjoin(Person, Person.id == LabelEvent.by_id)
        .where(LabelEvent.point_id == point_id)
        .order_by(LabelEvent.at.desc(), LabelEvent.id.desc())
        .limit(100)
    )
    return [LabelNote(*row) for row in db.rows(statement)]


def last_printed(point_ids: Iterable[str]) -> dict[str, datetime]:
    """Code to the time it was last printed."""
    statement = (
        select(LabelEvent.code, func.max(LabelEvent.at).label("at"))
        .where(LabelEvent.kind == "printed", LabelEvent.point_id.in_(list(point_ids)))
        .group_by(LabelEvent.code)
    )
    return {row.code: row.at for row in db.rows(statement)}
