"""Correction: the new value stands beside the old one with reason and person; a turned result needs a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import insert

from app.audit.actions import note
from app.chain.actions_voiding import (
    DECIDED,
    Word,
    assert_decides,
    assert_proposes,
    locked,
    reason_of,
    tell_deciders,
)
from app.chain.models import Correction, CorrectionDecision
from app.chain.queries_voiding import (
    Proposal,
    correction,
    corrections_of,
    field_of,
    latest,
    said_now,
    standing_answers,
)
from app.chain.rules_correcting import NotPossible, corrected
from app.chain.rules_voiding import REASON_LENGTH, Standing
from app.checks import writes as checks
from app.checks.actions_counting import assert_counts, recount, step_of
from app.checks.actions_review import open_desk_finding
from app.checks.queries import AnswerRow, CheckRow
from app.checks.rules_review import CORRECTED
from app.db import run
from app.messages.actions import tell
from app.messages.rules_words import Kind
from app.refusals import Conflict, Invalid, NotFound
from app.standards.rules import Limits
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class Wish:
    """What should stand for a step, and why; `id` is made by the page, so that a repeat is known."""

    id: str
    step_id: str
    said: str
    reason: str


def propose_correction(check_id: str, wish: Wish, who: CurrentPerson, now: datetime) -> bool:
    """Kept beside the old value; True when it waits for a second person. The same twice is one.

    Raises NotFound, Forbidden, Invalid for a value that makes no sense, Conflict while another one waits.
    """
    check = locked(check_id, who)
    earlier = corrections_of(check.id)
    repeat = next((each for each in earlier if (each.id, each.by_id) == (wish.id, who.id)), None)
    if repeat:
        return repeat.turns
    assert_proposes(check, who)
    assert_counts(check)
    answer = standing_answers(check.id).get(wish.step_id)
    if answer is None:
        raise Invalid(lazy("This record has no such step."), fields={"step": wish.step_id})
    if any(each.standing is Standing.OPEN and each.step_id == wish.step_id for each in earlier):
        raise Conflict(lazy("It has been proposed already. A second person decides."))
    made = _made(check, answer, wish, said_now(answer, latest(earlier)))
    by = {"by_id": who.id, "by_name": who.name}
    run(insert(Correction).values(id=wish.id, check_id=check.id, step_id=wish.step_id, **made, **by, at=now))
    found = correction(wish.id)
    if found is None or not found.turns:
        _told(check, "corrected", wish.step_id, made["reason"], who, now)
        _tell_author(check, wish.id, made["reason"], now)
        return False
    _told(check, "correction_proposed", wish.step_id, made["reason"], who, now)
    tell_deciders(check, wish.id, who, made["reason"], now)
    return True


def decide_correction(proposal_id: str, word: Word, who: CurrentPerson, now: datetime, *, zone: tzinfo) -> str:
    """The second person's word; a yes counts the window anew. Gives back the record's id. Raises as decide_void."""
    found = correction(proposal_id)
    if found is None:
        raise NotFound(lazy("There is no such proposal."))
    check = locked(found.place.check_id, who)
    found = correction(proposal_id) or found
    assert_decides(check, found, word, who)
    if found.decided is not None or not found.turns:
        if found.decided == word.yes and found.decided_by == who.name:
            return check.id
        raise Conflict(DECIDED)
    said = word.reason.strip()[:REASON_LENGTH] if word.yes else reason_of(word.reason)
    decision = {"stands": word.yes, "reason": said, "by_id": who.id, "by_name": who.name, "at": now}
    run(insert(CorrectionDecision).values(correction_id=found.id, **decision))
    _told(check, "corrected" if word.yes else "correction_refused", found.step_id, said, who, now)
    if word.yes:
        assert_counts(check)
        _count(check, found, who, now, zone)
        _tell_author(check, found.id, found.reason, now)
    return check.id


def _made(check: CheckRow, answer: AnswerRow, wish: Wish, standing: tuple[str, str]) -> dict[str, str]:
    was, result = standing
    field = field_of(answer)
    try:
        said, after = corrected(
            field, step_of(check, wish.step_id), Limits(answer.limit_min, answer.limit_max), result, wish.said
        )
    except NotPossible as wrong:
        raise Invalid(wrong.sentence, fields={"said": wrong.sentence}) from wrong
    if said == was:
        same = lazy("That is what stands there already.")
        raise Invalid(same, fields={"said": same})
    reason = reason_of(wish.reason)
    return {"was": was, "now": said, "reason": reason, "field": field, "result_was": result, "result_now": after}


def _count(check: CheckRow, found: Proposal, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """The window takes the result that stands now; a fail found only here is registered as one from the desk."""
    sent = standing_answers(check.id)[found.step_id].result
    verdicts = {**(check.state.verdicts or {}), f"{found.step_id}.{CORRECTED}": f"{sent}>{found.result_now}"}
    checks.keep_state(check.id, verdicts=verdicts)
    recount(check, verdicts, who.id, now)
    if found.result_now == "fail":
        open_desk_finding(check, found.step_id, f"{found.was} → {found.now}：{found.reason}", who, now, zone)


def _told(check: CheckRow, kind: str, step_id: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    data = {"reason": reason} if reason else None
    checks.insert_event(check.id, kind, at=now, by_id=who.id, by_name=who.name, step_id=step_id, data=data)
    note(f"record.{kind}", by_id=who.id, by_name=who.name, about=check.id)


def _tell_author(check: CheckRow, proposal_id: str, reason: str, now: datetime) -> None:
    said = {"point": check.point_name, "text": reason}
    link = f"/checks/{check.id}#voiding"
    tell(Kind.RECORD_CORRECTED, [check.person_id], said, link, at=now, key=f"corrected {proposal_id}")
