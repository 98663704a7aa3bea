"""One finding as its deeds need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.rules import FindingState
from app.nonconformities.rules_close import Filled
from app.nonconformities.rules_deeds import Subject
from app.places.models import Area, Point


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a finding stands; `version` is what a deed must have seen."""

    id: str
    number: str
    state: FindingState
    version: int
    source: str
    severity: str
    point_id: str | None
    standard_code: str | None
    edition: str | None
    step_id: str | None
    step_title: str
    text: str
    implementer_id: str
    responsible_id: str
    found_by_id: str | None
    found_at: datetime
    due_at: datetime | None
    state_at: datetime | None
    rectifier_id: str | None
    rectifier_org_id: str | None
    failed_rechecks: int
    repeated: bool
    major: bool
    containment: str
    cause_text: str
    corrective_action: str
    section_cause: str
    follow_up: str
    until: date | None
    escalated: int
    recheck_by: datetime | None

    @property
    def filled(self) -> Filled:
        """What the rules of closing look at."""
        return Filled(**{name: getattr(self, name) for name in Filled.__slots__})

    @property
    def subject(self) -> Subject:
        """What the table of deeds looks at."""
        return Subject(**{name: getattr(self, name) for name in Subject.__slots__})


COLUMNS = tuple(getattr(Finding, name) for name in Standing.__slots__)


def standing_from(values: Any) -> Standing:
    """COLUMNS by name."""
    return Standing(**{**values, "state": FindingState(values["state"])})


def standing(finding_ids: Iterable[str]) -> list[Standing]:
    """These findings, locked until the end of the transaction where the database can."""
    wanted = list(finding_ids)
    if not wanted:
        return []
    statement = select(*COLUMNS).where(Finding.id.in_(wanted)).order_by(Finding.id).with_for_update()
    return [standing_from(row._mapping) for row in db.rows(statement)]  # noqa: SLF001  SQLAlchemy's own name


def done_before(deed_id: str) -> tuple[str, str] | None:
    """(finding, kind) of the event that a deed with this id left behind."""
    found = db.row(select(FindingEvent.finding_id, FindingEvent.kind).where(FindingEvent.deed_id == deed_id))
    return (found.finding_id, found.kind) if found else None


def photo_wanted(point_id: str | None) -> bool:
    """Whether a photo may be asked for: at a point where photos are allowed (rules EV-9)."""
    statement = select(Point.photo_allowed & Area.photo_allowed).join(Area, Area.id == Point.area_id)
    return bool(db.scalar(statement.where(Point.id == point_id))) if point_id else False


def point_name(point_id: str | None) -> str:
    """The name of a point, empty for none."""
    return (db.scalar(select(Point.name).where(Point.id == point_id)) or "") if point_id else ""
