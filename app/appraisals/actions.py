"""Deeds on appraisals from outside: register one with its paper, withdraw it with a reason. Rows are only added."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert

from app.appraisals.models import AppraisalWithdrawal, OutsideAppraisal
from app.appraisals.queries import appraisal, is_registered, units_to_appraise
from app.appraisals.rules import Party, Result, Way, checked
from app.db import run
from app.refusals import Conflict, Invalid
from app.standards.rules_papers import PaperKind, media_type_of
from app.web.current import CurrentPerson
from app.web.words import lazy

TO_COME = lazy("It has not been held yet.")
NO_UNIT = lazy("Choose a unit of the list.")
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Wish:
    """An appraisal as typed, under the id that the page gave it; `body` is empty without a paper."""

    id: str
    way: Way
    party: Party
    unit_id: str
    held_on: date
    assessor: str
    result: Result
    said: str
    wants: str
    name: str
    body: bytes


def register(wish: Wish, who: CurrentPerson, now: datetime, today: date) -> None:
    """Keep it; the same id again changes nothing. Raises Invalid, TooLarge, Unsupported."""
    if is_registered(wish.id):
        return
    if wish.held_on > today:
        raise Invalid(TO_COME, fields={"held_on": TO_COME})
    if wish.unit_id not in {each.id for each in units_to_appraise()}:
        raise Invalid(NO_UNIT, fields={"unit_id": NO_UNIT})
    result = checked(wish.result, wish.said)
    run(
        insert(OutsideAppraisal).values(
            id=wish.id, way=wish.way, party=wish.party, unit_id=wish.unit_id, held_on=wish.held_on,
            assessor=wish.assessor, asked=result.asked, satisfied=result.satisfied, tenths=result.tenths,
            said=wish.said, wants=wish.wants, by_id=who.id, at=now, **_paper(wish),
        )
    )  # fmt: skip


def _paper(wish: Wish) -> dict[str, object]:
    if not wish.body:
        return {"name": "", "media_type": "", "sha256": "", "body": None}
    media_type = media_type_of(wish.body, PaperKind.PROOF)
    digest = hashlib.sha256(wish.body).hexdigest()
    return {"name": wish.name[-NAME_LENGTH:] or "-", "media_type": media_type, "sha256": digest, "body": wish.body}


def withdraw(appraisal_id: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    """From now on it does not count; the same reason again changes nothing. Raises NotFound, Conflict."""
    found = appraisal(appraisal_id, who)
    if found.withdrawn:
        if found.withdrawn != reason:
            raise Conflict(lazy("It was withdrawn already."))
        return
    run(insert(AppraisalWithdrawal).values(appraisal_id=found.id, reason=reason, by_id=who.id, at=now))
