"""Reads of the photo wall and of the findings and steps beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from app import db
from app.checks.models import Check, CheckState
from app.checks.rules_review import photo_said
from app.nonconformities.models import Finding
from app.nonconformities.rules import STANDING, TO_BE_DONE, FindingState
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.photos.models import Photo, Picture
from app.photos.rules_proof import Grade
from app.places.models import Building, Point
from app.schedule.models import Occurrence
from app.standards.models import Edition

PICTURES = "image/"


@dataclass(frozen=True, slots=True)
class WallPhoto:
    """A picture of a step, with the record it belongs to and what was said of it."""

    sha256: str
    check_id: str
    step_id: str
    part: str
    at: datetime
    point: str
    building: str
    person_id: str
    person_name: str
    standard_code: str
    edition: str
    implementer_id: str
    responsible_id: str
    expire_at: datetime
    occurrence_id: int
    verdicts: dict[str, str] | None
    nonce: str | None

    @property
    def grade(self) -> str:
        """现场拍摄 or 未核实."""
        return Grade.LIVE if self.nonce else Grade.UNVERIFIED

    @property
    def verdict(self) -> str:
        """ok, retake, unreadable or empty."""
        return photo_said(self.step_id, self.verdicts or {})

    def may_be_retaken(self, now: datetime) -> bool:
        """Another photo can be asked for while the window may still be done."""
        return now <= self.expire_at


_WALL = (
    select(
        Photo.sha256, Photo.check_id, Photo.step_id, Photo.part, Check.effective_at, Point.name, Building.name,
        Check.person_id, Check.person_name, Check.standard_code, Check.edition, Check.implementer_id,
        Check.responsible_id, Occurrence.expire_at, Occurrence.id, CheckState.verdicts,
        Photo.nonce,
    )
    .join(Check, Check.id == Photo.check_id)
    .join(Occurrence, Occurrence.check_id == Check.id)
    .join(Point, Point.id == Check.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Picture, Picture.sha256 == Photo.sha256)
    .outerjoin(CheckState, CheckState.check_id == Check.id)
    .where(Picture.state == "ready", Photo.media_type.startswith(PICTURES), Photo.step_id.is_not(None))
)  # fmt: skip


def wall_of(clauses: Iterable[ColumnElement[bool]], limit: int | None = None) -> list[WallPhoto]:
    """The pictures of these windows, newest record first. One query."""
    statement = _WALL.where(*clauses).order_by(Check.effective_at.desc(), Photo.step_id, Photo.id)
    return [WallPhoto(*row) for row in db.rows(statement.limit(limit) if limit else statement)]


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step of an edition as the photo wall heads it."""

    title: str
    requirement: str
    reference_photo: str | None


def step_words(numbers: Collection[str]) -> dict[tuple[str, str], StepWords]:
    """(edition, step) to its words. One query, none for no edition."""
    if not numbers:
        return {}
    found = db.rows(select(Edition.number, Edition.document).where(Edition.number.in_(numbers)))
    return {
        (row.number, step["id"]): StepWords(step["title"], step["requirement"], step.get("reference_photo"))
        for row in found
        for step in row.document["steps"]
    }


# As the board of findings counts it: until it is put right its limit, then that of the recheck or the decision.
_NEXT_DUE = case(
    (Finding.state.in_(TO_BE_DONE), Finding.due_at),
    (Finding.state.in_((FindingState.TO_RECHECK, FindingState.APPEALED)), Finding.recheck_by),
)


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """What is not put right yet; `due_at` is when the next deed is due, `place` the unit where no point is meant."""

    id: str
    number: str
    place: str
    building_id: str | None
    building: str | None
    standard_code: str | None
    implementer_id: str
    step_title: str
    text: str
    severity: str
    cause: str
    found_at: datetime
    due_at: datetime | None
    state: str
    check_id: str | None

    def is_overdue(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


def open_findings_within(scope: Scope, until: datetime) -> list[OpenFinding]:
    """Findings of the scope registered before an instant and open now, the one due first on top. One query."""
    statement = (
        select(
            Finding.id, Finding.number, func.coalesce(Point.name, Organisation.name), Building.id, Building.name,
            Finding.standard_code, Finding.implementer_id, Finding.step_title, Finding.text, Finding.severity,
            Finding.cause, Finding.found_at, _NEXT_DUE, Finding.state, Finding.check_id,
        )
        .join(Organisation, Organisation.id == Finding.implementer_id)
        .outerjoin(Point, Point.id == Finding.point_id)
        .outerjoin(Building, Building.id == Point.building_id)
        .where(
            *within(scope, Finding.implementer_id, Finding.responsible_id),
            Finding.state.in_(STANDING),
            Finding.found_at < until,
        )
        .order_by(_NEXT_DUE.is_(None), _NEXT_DUE, Finding.found_at)
    )  # fmt: skip
    return [OpenFinding(*row) for row in db.rows(statement)]
