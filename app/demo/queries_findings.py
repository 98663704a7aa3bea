"""Reads for the demo's findings: what is open, and places for the inspection group to find something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.rules import FindingState
from app.places.models import Area, Point, PointStandard
from app.standards.models import Standard


@dataclass(frozen=True, slots=True)
class Open:
    """A finding that somebody has to go on with."""

    id: str
    state: FindingState
    severity: str
    cause: str | None
    kind: str
    point: str
    photo_allowed: bool
    implementer_id: str
    responsible_id: str
    found_by_id: str | None
    found_at: datetime
    rectified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """A point with a standard, its units and the kind that pictures are drawn for."""

    point_id: str
    point: str
    kind: str
    photo_allowed: bool
    standard_code: str
    standard: str
    implementer_id: str
    responsible_id: str


def open_findings_of_demo() -> list[Open]:
    """All that checks left behind, oldest first."""
    statement = (
        select(
            Finding.id, Finding.state, Finding.severity, Finding.cause, Point.kind, Point.name,
            Point.photo_allowed & Area.photo_allowed, Finding.implementer_id, Finding.responsible_id,
            Finding.found_by_id, Finding.found_at, Finding.rectified_at,
        )
        .join(Point, Point.id == Finding.point_id)
        .join(Area, Area.id == Point.area_id)
        .where(Finding.state.in_((FindingState.REGISTERED, FindingState.TO_RECHECK)))
        .order_by(Finding.found_at, Finding.number)
    )  # fmt: skip
    return [Open(row[0], FindingState(row[1]), *tuple(row)[2:]) for row in db.rows(statement)]


def places_of(implementer_id: str, kind: str) -> list[Place]:
    """The points of a kind where a unit implements a standard, in code order."""
    statement = (
        select(
            Point.id, Point.name, Point.kind, Point.photo_allowed & Area.photo_allowed, PointStandard.standard_code,
            Standard.title, PointStandard.implementer_id, PointStandard.responsible_id,
        )
        .join(Area, Area.id == Point.area_id)
        .join(PointStandard, PointStandard.point_id == Point.id)
        .join(Standard, Standard.code == PointStandard.standard_code)
        .where(PointStandard.implementer_id == implementer_id, Point.kind == kind)
        .order_by(Point.code, PointStandard.standard_code)
    )  # fmt: skip
    return [Place(*row) for row in db.rows(statement)]
