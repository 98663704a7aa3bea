"""Reads of checks: one record in scope, with its answers, signatures, events and what is open about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.checks.models import Answer, Check, CheckEvent, CheckState, Claim
from app.checks.rules_review import photo_said
from app.checks.rules_words import VERDICTS
from app.organisations.queries import scope_of
from app.photos.rules_proof import Proof
from app.places.models import Building, Point
from app.refusals import NotFound
from app.schedule.models import Occurrence
from app.web.current import CurrentPerson, Role
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class StateNow:
    """What is open about a check; a check without a row has nothing open."""

    unsigned_steps: tuple[str, ...] = ()
    retake_steps: tuple[str, ...] = ()
    retake_until: datetime | None = None
    unable_verdict: str | None = None
    verdicts: Mapping[str, str] | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A record as its page and its deeds need it."""

    id: str
    occurrence_id: int | None
    point_id: str
    label_code: str
    standard_code: str
    edition: str
    window_key: str | None
    business_on: date
    profile: str
    outcome: str
    unable_reason: str | None
    person_id: str
    person_name: str
    person_role: str
    org_id: str
    implementer_id: str
    responsible_id: str
    opened_at: datetime
    submitted_at: datetime
    effective_at: datetime
    received_at: datetime
    phone_offset_ms: int
    timing: str
    via: str
    via_reason: str | None
    late_reason: str | None
    note: str | None
    marks: Sequence[str]
    facts: Mapping[str, Any]
    steps_pass: int
    steps_fail: int
    key_due: int
    key_evidenced: int
    key_pass: int
    photos_due: int
    photos_sent: int
    photos_valid: int
    dwell_seconds: int
    dwell_floor_seconds: int
    photos_live: int
    photos_asked: int
    point_code: str
    point_name: str
    building: str
    floor: str
    zone: str
    expire_at: datetime | None
    window_label: str | None
    occurrence_state: str | None
    state: StateNow

    @property
    def proof(self) -> Proof:
        """Its grade and its share of pictures that are 现场拍摄."""
        return Proof(self.photos_live, self.photos_asked)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    step_id: str
    position: int
    applicable: bool
    result: str
    said: str | None
    value: float | None
    unit: str | None
    limit_min: float | None
    limit_max: float | None
    warned: bool
    inputs: Mapping[str, float] | None
    choice: str | None
    text: str | None
    note: str | None
    cause: str | None
    key: bool
    photos_due: int
    photos_valid: int
    no_photo_reason: str | None
    fixed: bool
    together: bool
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventRow:
    kind: str
    step_id: str | None
    by_id: str | None
    by_name: str
    at: datetime
    data: Mapping[str, Any] | None


_OWN = tuple(getattr(Check, name) for name in list(CheckRow.__dataclass_fields__)[:41])
_PLACE = (Point.code, Point.name, Building.name, Point.floor, Point.zone)
_DUE = (Occurrence.expire_at, Occurrence.label, Occurrence.state)
_STATE = (
    CheckState.unsigned_steps, CheckState.retake_steps, CheckState.retake_until, CheckState.unable_verdict,
    CheckState.verdicts, CheckState.void,
)  # fmt: skip
_COLUMNS: tuple[Any, ...] = (*_OWN, *_PLACE, *_DUE, *_STATE)
_WHOLE = (
    select(*_COLUMNS)
    .join(Point, Point.id == Check.point_id)
    .join(Building, Building.id == Point.building_id)
    .outerjoin(Occurrence, Occurrence.id == Check.occurrence_id)
    .outerjoin(CheckState, CheckState.check_id == Check.id)
)


def check_by_id(check_id: str, person: CurrentPerson) -> CheckRow:
    """The record if this person may see it: the own one, the own crew's and unit's as the role reaches."""
    found = find_check(check_id)
    if found is None or not may_see(found, person):
        raise NotFound(lazy("There is no such record, or it belongs to another unit."))
    return found


def find_check(check_id: str) -> CheckRow | None:
    """The record, whoever asks: the caller has to do the scoping."""
    row = db.row(_WHOLE.where(Check.id == check_id.lower()))
    if row is None:
        return None
    values = tuple(row)
    state = values[49:]
    now = StateNow(tuple(state[0]), tuple(state[1]), *state[2:]) if state[0] is not None else StateNow()
    return CheckRow(*values[:49], now)  # type: ignore[call-arg]


def may_see(check: CheckRow, person: CurrentPerson) -> bool:
    """Workers and drivers see their own records and those they may still sign; others what their scope reaches."""
    if check.person_id == person.id:
        return True
    if person.role is Role.ADMIN:
        return False
    if person.role in (Role.WORKER, Role.DRIVER):
        return bool(check.state.unsigned_steps) and check.implementer_id == person.org_id
    return scope_of(person).reaches(check.implementer_id, check.responsible_id)


def answers_of(check_id: str) -> list[AnswerRow]:
    columns = [getattr(Answer, name) for name in AnswerRow.__dataclass_fields__]
    statement = select(*columns).where(Answer.check_id == check_id).order_by(Answer.position)
    return [AnswerRow(*row) for row in db.rows(statement)]


def events_of(check_id: str) -> list[EventRow]:
    columns = [getattr(CheckEvent, name) for name in EventRow.__dataclass_fields__]
    statement = select(*columns).where(CheckEvent.check_id == check_id).order_by(CheckEvent.id)
    return [EventRow(*row) for row in db.rows(statement)]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    id: str
    occurrence_id: int
    person_id: str
    released_at: datetime | None


def claim_by_id(claim_id: str) -> ClaimRow | None:
    columns = [getattr(Claim, name) for name in ClaimRow.__dataclass_fields__]
    found = db.row(select(*columns).where(Claim.id == claim_id))
    return ClaimRow(*found) if found else None


@dataclass(frozen=True, slots=True)
class Retake:
    """A photo that is asked for again, on the author's round list."""

    check: str
    step: str
    reason: str
    until: datetime | None

    def as_json(self) -> dict[str, Any]:
        until = self.until.isoformat() if self.until else None
        return {"check": self.check, "step": self.step, "reason": self.reason, "until": until}


def retakes_for(person_id: str, now: datetime) -> list[Retake]:
    """Open requests for another photo of this person's records, newest first."""
    statement = (
        select(Check.id, CheckState.retake_steps, CheckState.retake_until, CheckState.verdicts)
        .join(CheckState, CheckState.check_id == Check.id)
        .where(Check.person_id == person_id, CheckState.retake_until > now)
        .order_by(Check.received_at.desc())
    )
    found = []
    for row in db.rows(statement):
        said = row.verdicts or {}
        found += [Retake(row.id, step, _why(said, step), row.retake_until) for step in row.retake_steps]
    return found


def _why(said: Mapping[str, str], step: str) -> str:
    return said.get(f"{step}.reason") or str(VERDICTS.get(photo_said(step, said), ""))
