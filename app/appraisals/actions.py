"""Deeds on appraisals from outside: register one with its paper, withdraw it with a reason. Rows are only added."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert

from app.appraisals.models import AppraisalWithdrawal, OutsideAppraisal
from app.appraisals.queries import appraisal, registered
from app.appraisals.rules import Party, Result, Way, checked
from app.db import run
from app.inspections.queries_lists import units_to_inspect
from app.refusals import Conflict, Invalid
from app.standards.rules_papers import PaperKind, media_type_of
from app.web.current import CurrentPerson
from app.web.words import lazy

TO_COME = lazy("It has not been held yet.")
ANOTHER = lazy("This form was sent already with something else. Open the page again.")
NO_UNIT = lazy("Choose a unit of the list.")
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Paper:
    """The file of a result as it is kept; all empty without one."""

    name: str = ""
    media_type: str = ""
    sha256: str = ""
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """An appraisal as typed, under the id that the page gave it."""

    id: str
    way: Way
    party: Party
    unit_id: str
    held_on: date
    assessor: str
    result: Result
    said: str
    wants: str
    paper: Paper = Paper()


def paper_of(name: str, body: bytes) -> Paper:
    """Told by its bytes, before anybody waits for the database. Raises TooLarge, Unsupported."""
    if not body:
        return Paper()
    media_type = media_type_of(body, PaperKind.PROOF)
    return Paper(name[-NAME_LENGTH:] or "-", media_type, hashlib.sha256(body).hexdigest(), body)


def register(wish: Wish, who: CurrentPerson, now: datetime, today: date) -> None:
    """Keep it; the same once more changes nothing. Raises Invalid, or Conflict where the id stands for another."""
    values = _values(wish)
    stands = registered(wish.id)
    if stands is not None:
        if any(stands[name] != value for name, value in values.items()):
            raise Conflict(ANOTHER)
        return
    if wish.held_on > today:
        raise Invalid(TO_COME, fields={"held_on": TO_COME})
    if wish.unit_id not in {each.id for each in units_to_inspect()}:
        raise Invalid(NO_UNIT, fields={"unit_id": NO_UNIT})
    checked(wish.result, wish.said)
    run(insert(OutsideAppraisal).values(**values, body=wish.paper.body, by_id=who.id, at=now))


def _values(wish: Wish) -> dict[str, object]:
    result, paper = wish.result, wish.paper
    return {
        "id": wish.id, "way": wish.way, "party": wish.party, "unit_id": wish.unit_id, "held_on": wish.held_on,
        "assessor": wish.assessor, "asked": result.asked, "satisfied": result.satisfied, "tenths": result.tenths,
        "said": wish.said, "wants": wish.wants, "name": paper.name, "media_type": paper.media_type,
        "sha256": paper.sha256,
    }  # fmt: skip


def withdraw(appraisal_id: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    """From now on it does not count; the same reason again changes nothing. Raises NotFound, Conflict."""
    found = appraisal(appraisal_id, who)
    if found.withdrawn:
        if found.withdrawn != reason:
            raise Conflict(lazy("It was withdrawn already."))
        return
    run(insert(AppraisalWithdrawal).values(appraisal_id=found.id, reason=reason, by_id=who.id, at=now))
