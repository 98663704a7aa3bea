"""One finding as its deeds need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app import db
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.rules import FindingState
from app.nonconformities.rules_close import Filled


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


COLUMNS = tuple(getattr(Finding, name) for name in Standing.__slots__)


def standing_of(row: db.AnyRow) -> Standing:
    """One row of COLUMNS."""
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's own name for the public mapping
    return Standing(**{**values, "state": FindingState(values["state"])})


def standing(finding_ids: Iterable[str]) -> list[Standing]:
    """These findings, locked until the end of the transaction where the database can."""
    wanted = list(finding_ids)
    if not wanted:
        return []
    statement = select(*COLUMNS).where(Finding.id.in_(wanted)).order_by(Finding.id).with_for_update()
    return [standing_of(row) for row in db.rows(statement)]


def done_before(deed_id: str) -> tuple[str, str] | None:
    """(finding, kind) of the event that a deed with this id left behind."""
    found = db.row(select(FindingEvent.finding_id, FindingEvent.kind).where(FindingEvent.deed_id == deed_id))
    return (found.finding_id, found.kind) if found else None
