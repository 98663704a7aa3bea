"""What is decided from outside the unit complained of: the class of a complaint, and the record that it contests."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from app.checks.writes import insert_event as insert_check_event
from app.feedback import writes_complaints as writes
from app.feedback.actions_complaint_findings import register_finding
from app.feedback.actions_complaints import LONGEST_WORDS, Hand, is_downgrade_asked, taken
from app.feedback.queries_complaints import Case, events_of
from app.feedback.queries_contest import doer_of
from app.feedback.rules_complaints import (
    Class,
    Contest,
    Deed,
    NotAllowed,
    Ruling,
    State,
    Voice,
    close_due,
    may_handle,
    may_judge,
    rule_on,
)
from app.messages.actions import tell
from app.messages.rules_words import Kind
from app.refusals import Conflict, Forbidden, Invalid
from app.schedule.queries_plan import calendar
from app.web.words import lazy

INSIDE = lazy("This is decided by somebody outside the unit complained of.")
SENTENCES = {
    NotAllowed.REASON: lazy("A downgrade needs a reason."),
    NotAllowed.SECOND: lazy("A second person decides on the downgrade that you have asked for."),
}


def classify(hand: Hand, wanted: str, reason: str, zone: tzinfo) -> Deed:
    """Decide 有效投诉 or 沟通性投诉 from outside the unit; an upgrade opens a closed case again (SA-5).

    Whoever handles the case and may not decide proposes, as long as nobody has decided.
    """
    case = taken(hand)
    if case is None:
        return Deed.NOTHING
    proposing = not case.classified and may_handle(hand.who) and not may_judge(hand.who, case.implementer_path or "")
    if not proposing:
        _hold_outside(hand, case)
    if case.kind != Voice.COMPLAINT:
        raise Conflict(lazy("Only complaints have a class."))
    if wanted not in set(Class):
        raise Invalid(lazy("Choose a class."), fields={"wanted": lazy("Choose a class.")})
    if proposing:
        return _propose(case, Class(wanted), hand)
    return _decide(case, Class(wanted), hand, reason, zone)


def _decide(case: Case, wanted: Class, hand: Hand, reason: str, zone: tzinfo) -> Deed:
    deed = rule_on(_ruling(case), wanted, hand.who.id, reason)
    if isinstance(deed, NotAllowed):
        raise Conflict(SENTENCES[deed], problem=str(deed))
    if case.state == State.CLOSED and deed not in (Deed.UPGRADED, Deed.NOTHING):
        raise Conflict(lazy("This case is closed."))
    if deed is not Deed.NOTHING:
        _keep(case, wanted, deed, hand, reason, zone)
    return deed


def _propose(case: Case, wanted: Class, hand: Hand) -> Deed:
    if case.proposed == wanted:
        return Deed.NOTHING
    writes.change_case(case.item_id, proposed=str(wanted))
    writes.insert_event(case.item_id, "proposed", hand.now, hand.who.id, {"class": str(wanted), "key": hand.key})
    return Deed.PROPOSED


def upgrade_by_time(case: Case, now: datetime, zone: tzinfo) -> None:
    """SA-6: unanswered past its limit it counts as valid, and somebody outside looks at it again."""
    due_at = close_due(case.received_at, Voice.COMPLAINT, Class.VALID, calendar(), zone)
    changed = {"classified": str(Class.VALID), "proposed": "", "classified_by_id": None, "classified_at": None}
    writes.change_case(case.item_id, **changed, reviewed_at=now, close_due_at=due_at)
    writes.insert_event(case.item_id, "reviewed", now)


def rule_on_record(hand: Hand, verdict: str, text: str) -> bool:
    """Whether the record or the complaint is right; a record that refutes a complaint speaks for its worker."""
    case = taken(hand)
    if case is None:
        return False
    _hold_outside(hand, case)
    if verdict not in (Contest.UPHELD, Contest.REFUTED):
        raise Invalid(lazy("This is not one of the possible answers."), fields={"verdict": verdict})
    if case.contest == verdict:
        return False
    if case.contest != Contest.CONTESTED or not case.check_id:
        raise Conflict(lazy("This has been settled already. Load the page again."))
    writes.change_case(hand.item_id, contest=verdict)
    said = {"check": case.check_id, "text": text.strip()[:LONGEST_WORDS], "key": hand.key}
    writes.insert_event(hand.item_id, verdict, hand.now, hand.who.id, said)
    told = {"case": hand.item_id, "number": case.number}
    insert_check_event(case.check_id, verdict, at=hand.now, by_id=hand.who.id, by_name=hand.who.name, data=told)
    if verdict == Contest.REFUTED:
        _vouch(case, hand.now)
    return True


def _vouch(case: Case, now: datetime) -> None:
    doer = doer_of(str(case.check_id))
    if doer:
        params = {"point": case.point or "", "number": case.number}
        tell(Kind.VOUCHED, [doer[0]], params, f"/checks/{case.check_id}", at=now, key=f"vouched/{case.item_id}")


def _hold_outside(hand: Hand, case: Case) -> None:
    if not may_judge(hand.who, case.implementer_path or ""):
        raise Forbidden(INSIDE)


def _ruling(case: Case) -> Ruling:
    asked = is_downgrade_asked(case)
    asking = [each.by_id for each in events_of(case.item_id) if each.kind == Deed.ASKED]
    return Ruling(
        classified=Class(case.classified) if case.classified else None,
        by_time=case.reviewed_at is not None and case.classified_by_id is None,
        asked=Class.COMMUNICATIVE if asked else None,
        asked_by_id=asking[-1] if asked and asking else None,
    )


def _keep(case: Case, wanted: Class, deed: Deed, hand: Hand, reason: str, zone: tzinfo) -> None:
    said = {"class": str(wanted), "reason": reason.strip()[:500], "key": hand.key}
    if deed is Deed.ASKED:
        writes.change_case(case.item_id, proposed=str(Class.COMMUNICATIVE))
        writes.insert_event(case.item_id, str(deed), hand.now, hand.who.id, said)
        return
    since = hand.now if case.state == State.CLOSED else case.received_at
    changed: dict[str, Any] = {
        "classified": str(wanted),
        "proposed": str(wanted),
        "classified_by_id": hand.who.id,
        "classified_at": hand.now,
        "close_due_at": close_due(since, Voice.COMPLAINT, wanted, calendar(), zone),
    }
    kind = "classified" if deed is Deed.SET else str(deed)
    writes.insert_event(case.item_id, kind, hand.now, hand.who.id, said)
    if case.state == State.CLOSED:
        changed |= {"state": str(State.REPLIED), "closed_at": None, "closed_by_id": None, "call_back": ""}
        writes.insert_event(case.item_id, "reopened", hand.now, hand.who.id)
    writes.change_case(case.item_id, **changed)
    if wanted is Class.VALID:
        register_finding(case, hand.who.id, hand.now, zone)
