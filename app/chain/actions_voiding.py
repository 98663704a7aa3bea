"""Voiding: one person proposes with a reason, another decides; the record stays, marked, outside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from app.audit.actions import note
from app.chain.models import VoidDecision, Voiding
from app.chain.queries_voiding import Proposal, concerned, voiding, voidings_of
from app.chain.rules_voiding import REASON_LENGTH, Standing, may_decide, may_propose
from app.checks import writes as checks
from app.checks.actions_counting import assert_counts
from app.checks.actions_holding import held
from app.checks.actions_voiding import take_out
from app.checks.queries import CheckRow, check_by_id
from app.db import run
from app.messages.actions import tell
from app.messages.queries_recipients import supervisors_of
from app.messages.rules_words import Kind
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_YOURS = lazy("Somebody of the desk does that, and nobody whose own record it is.")
SECOND = lazy("A second person decides, from the responsible department and outside the unit that did the work.")
DECIDED = lazy("This has been settled already. Load the page again.")
NO_REASON = lazy("Say the reason in a few words: it stays beside the record.")


@dataclass(frozen=True)
class Word:
    """Yes or no of the second person, with what was said."""

    yes: bool
    reason: str = ""


def propose_void(proposal_id: str, check_id: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    """The first person's word; the same proposal twice is one. Raises NotFound, Forbidden, Invalid, Conflict."""
    check = locked(check_id, who)
    earlier = voidings_of(check.id)
    if any((each.id, each.by_id) == (proposal_id, who.id) for each in earlier):
        return
    assert_proposes(check, who)
    assert_counts(check)
    if any(each.standing is Standing.OPEN for each in earlier):
        raise Conflict(lazy("It has been proposed already. A second person decides."))
    said = reason_of(reason)
    run(insert(Voiding).values(id=proposal_id, check_id=check.id, reason=said, by_id=who.id, by_name=who.name, at=now))
    checks.insert_event(check.id, "void_proposed", at=now, by_id=who.id, by_name=who.name, data={"reason": said})
    note("record.void_proposed", by_id=who.id, by_name=who.name, about=check.id)
    tell_deciders(check, proposal_id, who, said, now)


def decide_void(proposal_id: str, word: Word, who: CurrentPerson, now: datetime) -> str:
    """The second person's word, or the first's own no; gives back the record's id.

    The same word twice is one. Raises NotFound, Forbidden, Invalid for a no without a reason, Conflict.
    """
    found = voiding(proposal_id)
    if found is None:
        raise NotFound(lazy("There is no such proposal."))
    check = locked(found.place.check_id, who)
    found = voiding(proposal_id) or found
    assert_decides(check, found, word, who)
    if found.decided is not None:
        if found.decided == word.yes and found.decided_by == who.name:
            return check.id
        raise Conflict(DECIDED)
    said = word.reason.strip()[:REASON_LENGTH] if word.yes else reason_of(word.reason)
    decision = {"void": word.yes, "reason": said, "by_id": who.id, "by_name": who.name, "at": now}
    run(insert(VoidDecision).values(voiding_id=found.id, **decision))
    kind = "voided" if word.yes else "void_refused"
    checks.insert_event(check.id, kind, at=now, by_id=who.id, by_name=who.name, data={"reason": said} if said else None)
    note(f"record.{kind}", by_id=who.id, by_name=who.name, about=check.id)
    if word.yes:
        take_out(check, who, now)
        _tell_author(check, found, now)
    return check.id


def locked(check_id: str, who: CurrentPerson) -> CheckRow:
    """The record in reach, its state in hand until the end of the transaction."""
    return held(check_by_id(check_id, who))


def reason_of(reason: str) -> str:
    """Raises Invalid without words."""
    if not reason.strip():
        raise Invalid(NO_REASON, fields={"reason": NO_REASON})
    return reason.strip()[:REASON_LENGTH]


def assert_proposes(check: CheckRow, who: CurrentPerson) -> None:
    if not may_propose(who, concerned(check.id, check.person_id)):
        raise Forbidden(NOT_YOURS)


def assert_decides(check: CheckRow, found: Proposal, word: Word, who: CurrentPerson) -> None:
    """Who proposed may take it back, which is a no."""
    if who.id == found.by_id and not word.yes:
        return
    units = {"implementer_id": check.implementer_id, "responsible_id": check.responsible_id}
    if not may_decide(who, concerned(check.id, check.person_id), by_id=found.by_id, **units):
        raise Forbidden(SECOND)


def tell_deciders(check: CheckRow, proposal_id: str, who: CurrentPerson, reason: str, now: datetime) -> None:
    """The supervisors of the responsible department, but who proposed."""
    said = {"point": check.point_name, "person": who.name, "text": reason}
    others = [each for each in supervisors_of(check.responsible_id) if each not in (who.id, check.person_id)]
    tell(Kind.RECORD_SECOND, others, said, f"/checks/{check.id}#voiding", at=now, key=f"second {proposal_id}")


def _tell_author(check: CheckRow, found: Proposal, now: datetime) -> None:
    said = {"point": check.point_name, "text": found.reason}
    tell(Kind.RECORD_VOID, [check.person_id], said, f"/checks/{check.id}#voiding", at=now, key=f"void {check.id}")
