"""Deeds at grades: decide, appeal, answer, register an accident, sign. Rows are only added, nothing commits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import insert

from app.days import next_month
from app.db import run
from app.grades.actions_telling import tell_reopened
from app.grades.models import GradeEvent, GradeSignature
from app.grades.queries import Sheet, event_by_id, month_of, sheet
from app.grades.queries_appeals import appeals_of
from app.grades.rules import Grade, Kind
from app.grades.rules_history import Happened
from app.grades.rules_score import told_by
from app.grades.rules_time import Phase
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

RUNNING = lazy("The month is still running: its grade is provisional.")
APPEALED = lazy("An appeal stands already.")
ANSWERED = lazy("This appeal has been answered already.")
OTHER_EYES = lazy("An appeal is answered by somebody else than the one who decided.")
WHY_DIFFERENT = lazy("Say why the grade differs from the proposal.")
NOT_FROZEN = lazy("The sheet is signed once the month is frozen.")
NO_CONTRACT = lazy("Only a contractor's sheet is signed by both sides.")
SIGNED = lazy("This side has signed already.")
OTHER_TEXT = lazy("The sheet is not the one that you saw. Load the page again.")
NO_APPEAL = lazy("There is no such appeal within your reach.")


@dataclass(frozen=True)
class At:
    """Which grade, who acts, when."""

    kind: Kind
    subject_id: str
    month: date
    who: CurrentPerson
    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def sheet(self) -> Sheet:
        return sheet(self.kind, self.subject_id, self.month, self.who, self.now, self.zone)


@dataclass(frozen=True)
class Decision:
    """A decision as typed; `grade` None: not graded."""

    id: str
    grade: Grade | None
    reason: str
    corrective: str
    preventive: str


def decide(at: At, wish: Decision) -> bool:
    """GR-10: a person decides, with a reason where it differs from the proposal. False when kept already."""
    found = at.sheet()
    if event_by_id(wish.id) is not None:
        return False
    if at.today < next_month(at.month):
        raise Conflict(RUNNING)
    if wish.grade != found.proposal.grade and not wish.reason:
        raise Invalid(WHY_DIFFERENT, fields={"reason": WHY_DIFFERENT})
    score, proposed = told_by(found.proposal)
    data = {"proposed": proposed, "score": score, "corrective": wish.corrective, "preventive": wish.preventive}
    _event(at, wish.id, "decision", wish.reason, str(wish.grade) if wish.grade else None, data)
    _tell_reopened(at, found, wish.id)
    return True


def _tell_reopened(at: At, found: Sheet, event_id: str) -> None:
    """GR-10: whoever may appeal against what was just decided hears until when."""
    happened = event_by_id(event_id)
    after = replace(found, events=[*found.events, *([happened] if happened else [])])
    if happened and after.heard_at == happened.at:
        until = appeals_of(after, month_of(at.month, at.today), at.zone, at.today).until
        tell_reopened(after, event_id, until, at.now)


def appeal(at: At, event_id: str, reason: str) -> bool:
    """By the person, or who leads the unit: until the freeze, or for five workdays after a decision, also later."""
    found = at.sheet()
    if event_by_id(event_id) is not None:
        return False
    _refuse_others(at, found)
    month = month_of(at.month, at.today)
    if month.phase is Phase.PROVISIONAL:
        raise Conflict(RUNNING)
    if found.appeal is not None and found.heard_at is None:
        raise Conflict(APPEALED)
    taken = appeals_of(found, month, at.zone, at.today)
    if not taken.open:
        raise Conflict(_closed(taken.until), problem="month-closed")
    _event(at, event_id, "appeal", reason)
    return True


def _closed(day: date) -> object:
    return lazy("Appeals against this grade were taken until %(day)s.", day=day.isoformat())


def _refuse_others(at: At, found: Sheet) -> None:
    if at.kind is Kind.PERSON:
        allowed = at.who.id == at.subject_id
    else:
        allowed = at.who.role in (Role.MANAGER, Role.SUPERVISOR) and at.who.org_id in found.implementers
    if not allowed:
        raise Forbidden(lazy("Only the person, or who leads the unit, may appeal."))


def answer(at: At, event_id: str, appeal_id: str, reason: str, *, upheld: bool) -> bool:
    """The answer to an appeal, by somebody else than who decided; an upheld one asks for a new decision."""
    found = at.sheet()
    if event_by_id(event_id) is not None:
        return False
    if found.appeal is None or found.appeal.id != appeal_id:
        raise NotFound(NO_APPEAL)
    if found.ruling is not None:
        raise Conflict(ANSWERED)
    _refuse_same_eyes(found.decision, at.who)
    _event(at, event_id, "ruling", reason, None, {"upheld": upheld}, appeal_id)
    _tell_reopened(at, found, event_id)
    return True


def _refuse_same_eyes(decision: Happened | None, who: CurrentPerson) -> None:
    if decision is not None and decision.by_id == who.id:
        raise Conflict(OTHER_EYES)


def register_accident(at: At, event_id: str, reason: str) -> bool:
    """A major liability accident of the month, as found by the competent department (GR-8)."""
    at.sheet()
    if event_by_id(event_id) is not None:
        return False
    _event(at, event_id, "accident", reason)
    return True


def _event(
    at: At, event_id: str, deed: str, reason: str, grade: str | None = None, data: dict[str, Any] | None = None,
    ref: str | None = None,
) -> None:  # fmt: skip
    run(
        insert(GradeEvent).values(
            id=event_id, month=at.month, kind=str(at.kind), subject_id=at.subject_id, deed=deed, grade=grade,
            reason=reason, ref=ref, data=data or {}, by_id=at.who.id, by_name=at.who.name, at=at.now,
        )
    )  # fmt: skip


def sign(at: At, signature_id: str, sha256: str, words: str) -> bool:
    """CT-7: the contractor's manager signs for the contractor, the office for itself; each once, what they saw."""
    found = at.sheet()
    side = "contractor" if at.who.role is Role.MANAGER else "office"
    if not found.figures.contract:
        raise Conflict(NO_CONTRACT)
    if not found.id:
        raise Conflict(NOT_FROZEN)
    if found.sha256 != sha256:
        raise Conflict(OTHER_TEXT)
    if any(each.side == side for each in found.signatures):
        if any(each.side == side and each.by_id == at.who.id for each in found.signatures):
            return False
        raise Conflict(SIGNED)
    run(
        insert(GradeSignature).values(
            id=signature_id, sheet_id=found.id, side=side, words=words, sha256=sha256, by_id=at.who.id,
            by_name=at.who.name, at=at.now,
        )
    )  # fmt: skip
    return True
