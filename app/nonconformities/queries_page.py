"""One finding as its page and its forms show it: everything said, by whom, with pictures before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.nonconformities.models import Finding, FindingEvent, FindingPhoto
from app.nonconformities.queries_one import COLUMNS as STANDING_COLUMNS
from app.nonconformities.queries_one import Standing, standing_from
from app.nonconformities.rules import Part
from app.organisations.models import Organisation
from app.photos.models import Picture
from app.photos.rules import State
from app.places.models import Area, Building, Point
from app.standards.models import Standard

_FOUND, _RECTIFIER, _UNIT, _SECTION = aliased(Person), aliased(Person), aliased(Organisation), aliased(Organisation)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the history."""

    kind: str
    at: datetime
    by_id: str | None
    by: str | None
    by_unit: str | None
    state: str | None
    text: str
    check_id: str | None
    kept: dict[str, Any] | None

    @property
    def data(self) -> dict[str, Any]:
        """What else was said, empty for nothing."""
        return self.kept or {}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the finding; `ready` once it can be looked at, `failed` when it never will be."""

    sha256: str
    part: Part
    round: int
    at: datetime
    ready: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Names and texts around a finding."""

    point: str | None
    point_code: str | None
    floor: str | None
    building: str | None
    photo_allowed: bool
    standard: str | None
    unit: str | None
    section: str | None
    found_by: str | None
    rectifier: str | None
    check_id: str | None
    cause: str | None
    correction: str
    contained_at: datetime | None
    contain_by: datetime | None
    rectified_at: datetime | None
    closed_at: datetime | None
    fixed_on_spot: bool
    source_id: str | None


@dataclass(frozen=True, slots=True)
class FindingPage:
    """All of one finding."""

    finding: Standing
    around: Around
    history: Sequence[Said]
    photos: Sequence[Shown]

    def photos_of(self, *parts: Part) -> list[Shown]:
        """The pictures of some parts, in order."""
        return [photo for photo in self.photos if photo.part in parts]


_PAGE = (
    select(
        *STANDING_COLUMNS, Point.name.label("point"), Point.code.label("point_code"), Point.floor,
        Building.name.label("building"), (Point.photo_allowed & Area.photo_allowed).label("photo_allowed"),
        Standard.title.label("standard"), _UNIT.name.label("unit"), _SECTION.name.label("section"),
        _FOUND.name.label("found_by"), _RECTIFIER.name.label("rectifier"), Finding.check_id, Finding.cause,
        Finding.correction, Finding.contained_at, Finding.contain_by, Finding.rectified_at, Finding.closed_at,
        Finding.fixed_on_spot, Finding.source_id,
    )
    .outerjoin(Point, Point.id == Finding.point_id)
    .outerjoin(Building, Building.id == Point.building_id)
    .outerjoin(Area, Area.id == Point.area_id)
    .outerjoin(Standard, Standard.code == Finding.standard_code)
    .outerjoin(_UNIT, _UNIT.id == Finding.implementer_id)
    .outerjoin(_SECTION, _SECTION.id == Finding.responsible_id)
    .outerjoin(_FOUND, _FOUND.id == Finding.found_by_id)
    .outerjoin(_RECTIFIER, _RECTIFIER.id == Finding.rectifier_id)
)  # fmt: skip


def finding_page(finding_id: str) -> FindingPage | None:
    """Three queries; the caller asks whether the person may see it."""
    row = db.row(_PAGE.where(Finding.id == finding_id))
    if row is None:
        return None
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's own name for the public mapping
    around = {name: values.pop(name) for name in Around.__slots__}
    around |= {"photo_allowed": bool(around["photo_allowed"])}
    return FindingPage(standing_from(values), Around(**around), history_of(finding_id), photos_of(finding_id))


def history_of(finding_id: str) -> list[Said]:
    """Everything that happened, oldest first."""
    statement = (
        select(
            FindingEvent.kind, FindingEvent.at, FindingEvent.by_id, Person.name, Organisation.name, FindingEvent.state,
            FindingEvent.text, FindingEvent.check_id, FindingEvent.data,
        )
        .outerjoin(Person, Person.id == FindingEvent.by_id)
        .outerjoin(Organisation, Organisation.id == Person.org_id)
        .where(FindingEvent.finding_id == finding_id)
        .order_by(FindingEvent.at, FindingEvent.id)
    )  # fmt: skip
    return [Said(*row) for row in db.rows(statement)]


def photos_of(finding_id: str) -> list[Shown]:
    """Its pictures in the order in which they came."""
    statement = (
        select(FindingPhoto.sha256, FindingPhoto.part, FindingPhoto.round, FindingPhoto.at, Picture.state)
        .outerjoin(Picture, Picture.sha256 == FindingPhoto.sha256)
        .where(FindingPhoto.finding_id == finding_id)
        .order_by(FindingPhoto.at, FindingPhoto.id)
    )
    return [
        Shown(row[0], Part(row[1]), row[2], row[3], row[4] == State.READY, row[4] == State.FAILED)
        for row in db.rows(statement)
    ]
