"""One record as its page shows it: answers with their photos, signatures, findings, events, and who may decide what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.checks.models import Check, CheckState
from app.checks.queries import AnswerRow, CheckRow, EventRow, answers_of, events_of
from app.checks.queries_receipts import seen_before, signatures_of
from app.checks.rules_receipt import Receipt
from app.checks.rules_signing import Signed
from app.nonconformities.queries import findings_of_check
from app.organisations.queries import scope_of, within
from app.photos.queries import PhotoOfCheck, photos_of_checks
from app.places.models import Point
from app.standards.queries import edition, edition_row
from app.standards.rules import Step
from app.web.current import CurrentPerson

MOST_UNSIGNED = 100


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step with its answer and photos; `verdict` as in check_states (pending, ok, retake, …)."""

    answer: AnswerRow
    step: Step | None
    photos: Sequence[PhotoOfCheck]
    verdict: str | None
    reason: str | None
    waits_for_signature: bool
    waits_for_photo: bool

    @property
    def title(self) -> str:
        return self.step.title if self.step else self.answer.step_id

    def input_title(self, name: str) -> str:
        """What the standard calls one of the readings that the value was worked out from."""
        return next((each.title for each in (self.step.inputs if self.step else ()) if each.id == name), name)


@dataclass(frozen=True, slots=True)
class FindingShown:
    id: str
    number: str
    step_id: str
    text: str
    state: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Record:
    check: CheckRow
    title: str
    receipt: Receipt | None
    steps: tuple[StepShown, ...]
    photos: tuple[PhotoOfCheck, ...]
    signatures: tuple[Signed, ...]
    findings: tuple[FindingShown, ...]
    events: tuple[EventRow, ...]

    def pictures(self) -> list[PhotoOfCheck]:
        """All photos and voice memos, those of the steps and those of the record as a whole."""
        return [*self.photos, *(each for step in self.steps for each in step.photos)]


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A record that waits for a second signature."""

    check_id: str
    point: str
    standard: str
    by: str
    at: datetime
    steps: Sequence[str]


def record_of(check: CheckRow) -> Record:
    """Everything on the page of a record that the caller has found in scope. Seven queries."""
    row = edition_row(check.edition)
    text = edition(row) if row else None
    seen = seen_before(check.id)
    photos = photos_of_checks([check.id])
    steps = tuple(
        _shown(answer, text.step(answer.step_id) if text else None, photos, check) for answer in answers_of(check.id)
    )
    return Record(
        check=check,
        title=text.title if text else check.edition,
        receipt=seen.receipt if seen else None,
        steps=steps,
        photos=tuple(photo for photo in photos if photo.step_id is None),
        signatures=tuple(signatures_of(check.id)),
        findings=tuple(FindingShown(*found) for found in findings_of_check(check.id)),
        events=tuple(events_of(check.id)),
    )


def unsigned_for(person: CurrentPerson) -> list[Unsigned]:
    """Records of the person's scope that wait for a second signature, not the own ones; newest first."""
    statement = (
        select(Check.id, Point.name, Check.edition, Check.person_name, Check.received_at, CheckState.unsigned_steps)
        .join(CheckState, CheckState.check_id == Check.id)
        .join(Point, Point.id == Check.point_id)
        .where(Check.person_id != person.id, json_length(CheckState.unsigned_steps) > 0)
        .where(*within(scope_of(person), Check.implementer_id, Check.responsible_id))
        .order_by(Check.received_at.desc())
        .limit(MOST_UNSIGNED)
    )
    return [Unsigned(*row) for row in db.rows(statement)]


def json_length(column: object) -> func.ReturnTypeFromArgs:  # type: ignore[name-defined]
    """How many entries a list in a JSON column has, on either database."""
    postgres = db.db.engine.dialect.name == "postgresql"
    return func.jsonb_array_length(column) if postgres else func.json_array_length(column)


def _shown(answer: AnswerRow, step: Step | None, photos: Sequence[PhotoOfCheck], check: CheckRow) -> StepShown:
    verdicts = check.state.verdicts or {}
    return StepShown(
        answer=answer,
        step=step,
        photos=tuple(photo for photo in photos if photo.step_id == answer.step_id),
        verdict=verdicts.get(answer.step_id),
        reason=verdicts.get(f"{answer.step_id}.reason"),
        waits_for_signature=answer.step_id in check.state.unsigned_steps,
        waits_for_photo=answer.step_id in check.state.retake_steps,
    )
