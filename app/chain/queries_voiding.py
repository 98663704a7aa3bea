"""What was proposed about records, who decided, and what counts of a step now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, select

from app.chain.models import Correction, CorrectionDecision, VoidDecision, Voiding
from app.chain.rules_voiding import Field, Standing, needs_second
from app.checks.models import Check
from app.checks.queries import AnswerRow, answers_of
from app.checks.queries_receipts import signatures_of
from app.db import rows
from app.organisations.queries import scope_of, within
from app.places.models import Point
from app.web.current import CurrentPerson

MOST = 100


@dataclass(frozen=True)
class Place:
    """The record that a proposal is about, for a list."""

    check_id: str
    point: str
    person_id: str
    person_name: str
    effective_at: datetime
    implementer_id: str
    responsible_id: str


@dataclass(frozen=True)
class Proposal:
    """Somebody's word about a record and the second person's; `field` None: the whole record is void."""

    id: str
    at: datetime
    reason: str
    by_id: str
    by_name: str
    decided: bool | None
    decided_reason: str
    decided_by: str
    decided_at: datetime | None
    place: Place
    step_id: str = ""
    was: str = ""
    now: str = ""
    field: str | None = None
    result_was: str | None = None
    result_now: str | None = None

    @property
    def voids(self) -> bool:
        """Whether it is about the whole record."""
        return self.field is None

    @property
    def turns(self) -> bool:
        """Whether it turns a result, so that a second person is asked."""
        return self.voids or needs_second(self.result_was, self.result_now)

    @property
    def standing(self) -> Standing:
        if not self.turns:
            return Standing.STANDS
        return Standing.OPEN if self.decided is None else Standing.STANDS if self.decided else Standing.REFUSED


_PLACE = (
    Check.id, Point.name, Check.person_id, Check.person_name, Check.effective_at, Check.implementer_id,
    Check.responsible_id,
)  # fmt: skip
_ASKED = (Voiding.id, Voiding.at, Voiding.reason, Voiding.by_id, Voiding.by_name)
_DECIDED = (VoidDecision.void, VoidDecision.reason, VoidDecision.by_name, VoidDecision.at)
_OTHER = (Correction.id, Correction.at, Correction.reason, Correction.by_id, Correction.by_name)
_SECOND = (CorrectionDecision.stands, CorrectionDecision.reason, CorrectionDecision.by_name, CorrectionDecision.at)
_SAID = (
    Correction.step_id, Correction.was, Correction.now, Correction.field, Correction.result_was, Correction.result_now,
)  # fmt: skip
_VOIDINGS: Select[Any] = (
    select(*cast("tuple[Any, ...]", (*_ASKED, *_DECIDED, *_PLACE)))
    .join(Check, Check.id == Voiding.check_id)
    .join(Point, Point.id == Check.point_id)
    .outerjoin(VoidDecision, VoidDecision.voiding_id == Voiding.id)
)
_CORRECTIONS: Select[Any] = (
    select(*cast("tuple[Any, ...]", (*_OTHER, *_SECOND, *_PLACE, *_SAID)))
    .join(Check, Check.id == Correction.check_id)
    .join(Point, Point.id == Check.point_id)
    .outerjoin(CorrectionDecision, CorrectionDecision.correction_id == Correction.id)
)


def voidings_of(check_id: str) -> list[Proposal]:
    """Oldest first."""
    return _all(_VOIDINGS.where(Voiding.check_id == check_id).order_by(Voiding.at))


def corrections_of(check_id: str) -> list[Proposal]:
    """Oldest first."""
    return _all(_CORRECTIONS.where(Correction.check_id == check_id).order_by(Correction.at, Correction.id))


def voiding(proposal_id: str) -> Proposal | None:
    return next(iter(_all(_VOIDINGS.where(Voiding.id == proposal_id))), None)


def correction(proposal_id: str) -> Proposal | None:
    return next(iter(_all(_CORRECTIONS.where(Correction.id == proposal_id))), None)


def proposals_within(person: CurrentPerson, limit: int = MOST) -> list[Proposal]:
    """Of the person's reach, what waits first, then the newest; of corrections those that turned a result."""
    here = within(scope_of(person), Check.implementer_id, Check.responsible_id)
    turns = Correction.result_was.is_distinct_from(Correction.result_now)
    found = _all(_VOIDINGS.where(*here).order_by(VoidDecision.at.is_not(None), Voiding.at.desc()).limit(limit))
    waiting = CorrectionDecision.at.is_not(None)
    found += _all(_CORRECTIONS.where(*here, turns).order_by(waiting, Correction.at.desc()).limit(limit))
    newest = sorted(found, key=lambda each: each.at, reverse=True)
    return sorted(newest, key=lambda each: each.standing is not Standing.OPEN)[:limit]


def waiting_within(person: CurrentPerson) -> int:
    """How many proposals of the person's reach wait for a second person."""
    return sum(each.standing is Standing.OPEN for each in proposals_within(person))


def concerned(check_id: str, author_id: str) -> frozenset[str]:
    """Whose record it is: the author and who signed it."""
    return frozenset({author_id, *(each.person_id for each in signatures_of(check_id))})


def standing_answers(check_id: str) -> dict[str, AnswerRow]:
    """Each applicable step as it was answered, by its id."""
    return {each.step_id: each for each in answers_of(check_id) if each.applicable}


def latest(corrections: Sequence[Proposal]) -> dict[str, Proposal]:
    """By step the correction that counts now."""
    return {each.step_id: each for each in corrections if each.standing is Standing.STANDS}


def said_now(answer: AnswerRow, corrected: Mapping[str, Proposal]) -> tuple[str, str]:
    """What stands for a step now, as text, and its result: the newest correction that counts, else the answer."""
    newest = corrected.get(answer.step_id)
    if newest:
        return newest.now, newest.result_now or answer.result
    return text_of(answer), answer.result


def field_of(answer: AnswerRow) -> Field:
    """What of the answer can be corrected."""
    if answer.value is not None:
        return Field.VALUE
    if answer.choice is not None:
        return Field.CHOICE
    return Field.TEXT if answer.text is not None else Field.RESULT


def text_of(answer: AnswerRow) -> str:
    said = {
        Field.VALUE: f"{answer.value:.12g}" if answer.value is not None else "",
        Field.CHOICE: answer.choice or "",
        Field.TEXT: answer.text or "",
        Field.RESULT: answer.result,
    }
    return said[field_of(answer)]


def _all(statement: Select[Any]) -> list[Proposal]:
    found = []
    for row in rows(statement):
        decided, why, decider, at = row[5:9]
        found.append(Proposal(*row[:5], decided, why or "", decider or "", at, Place(*row[9:16]), *row[16:]))  # type: ignore[call-arg]
    return found
