"""What the desk and supervisors do about a case: reply, hand on, look into, answer, call back, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from app.feedback import writes_complaints as writes
from app.feedback.actions_complaint_findings import is_sure, register_finding
from app.feedback.queries_complaints import Case, Happened, case_for, contact_of, events_of
from app.feedback.rules_complaint_words import LACKING
from app.feedback.rules_complaints import (
    SPOKEN,
    CallBack,
    Class,
    Lacking,
    Standing,
    State,
    Voice,
    called_back,
    lacking,
    may_handle,
)
from app.messages.actions import tell
from app.messages.rules_words import Kind
from app.organisations.queries import unit_by_id
from app.refusals import Conflict, Forbidden, Invalid
from app.web.current import CurrentPerson
from app.web.words import _, lazy

LONGEST_WORDS = 2000
NOT_YOURS = lazy("Cases are handled by the service desk and the supervisors of the department.")
NO_CONTACT_LEFT = lazy("No contact was left.")
CLOSED_ALREADY = lazy("This case is closed.")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does something about which case; `key` names the form, so that it counts once however often it is sent."""

    item_id: str
    who: CurrentPerson
    now: datetime
    key: str = ""


def reply(hand: Hand, text: str) -> bool:
    """The first reply, which the visitor reads on the status page. False when this form was sent before."""
    case, words = _open_case(hand), _words(text, "text")
    if case is None:
        return False
    if case.state != State.RECEIVED:
        raise Conflict(lazy("Somebody has replied already. Load the page again."))
    handler = {} if case.kind == Voice.PRAISE else {"handler_id": hand.who.id}
    writes.change_case(hand.item_id, state=str(State.REPLIED), replied_at=hand.now, reply=words, **handler)
    _note(hand, "replied", {"text": words})
    return True


def assign(hand: Hand, unit_id: str, complained_of_id: str, zone: tzinfo) -> bool:
    """Which unit answers for it, and which one is complained of; both may be found out later than at intake."""
    case = _open_case(hand)
    unit, other = unit_by_id(unit_id), unit_by_id(complained_of_id) if complained_of_id else None
    if unit is None or (complained_of_id and other is None):
        raise Invalid(lazy("Choose a unit."), fields={"unit": lazy("Choose a unit.")})
    if case is None:
        return False
    if (case.responsible_id, case.implementer_id) == (unit_id, complained_of_id):
        return False
    writes.change_case(hand.item_id, responsible_id=unit_id, implementer_id=complained_of_id)
    _note(hand, "assigned", {"unit": unit.name, "about": other.name if other else ""})
    placed = replace(case, responsible_id=unit_id, implementer_id=complained_of_id)
    register_finding(placed, hand.who.id, hand.now, zone, sure=is_sure(case))
    return True


def note(hand: Hand, text: str) -> bool:
    """What looking into it has shown; for the office only."""
    case, words = _open_case(hand), _words(text, "text")
    if case is None:
        return False
    _note(hand, "noted", {"text": words})
    return True


def answer(hand: Hand, text: str) -> bool:
    """The answer, with what was done; the visitor reads it on the status page. A later one stands in its place."""
    case, words = _open_case(hand), _words(text, "text")
    if case is None:
        return False
    first = {} if case.replied_at else {"replied_at": hand.now, "reply": words}
    writes.change_case(hand.item_id, state=str(State.ANSWERED), measure=words, **first)
    _note(hand, "answered", {"text": words})
    return True


def call_back(hand: Hand, result: str, text: str) -> bool:
    """What came of calling back; whoever left a contact is called, and only then can a valid complaint be closed."""
    case = _open_case(hand)
    if result not in set(CallBack):
        raise Invalid(
            lazy("Choose what came of the call-back."), fields={"result": lazy("Choose what came of the call-back.")}
        )
    if case is None:
        return False
    contact = contact_of(hand.item_id)
    if (result == CallBack.NO_CONTACT) == bool(contact and contact.contact and not contact.wiped_at):
        sentence = NO_CONTACT_LEFT if result != CallBack.NO_CONTACT else lazy("A contact was left: call it.")
        raise Invalid(sentence, fields={"result": sentence})
    if case.state != State.ANSWERED:
        raise Conflict(lazy("Answer first, then call back."))
    if case.call_back not in SPOKEN or result in SPOKEN:
        writes.change_case(hand.item_id, call_back=result, called_back_at=hand.now)
    _note(hand, "called_back", {"result": result, "text": text.strip()[:LONGEST_WORDS]})
    return True


def close(hand: Hand, zone: tzinfo) -> bool:
    """Close what nothing is lacking of; the contact is wiped by the timer and read by nobody from now on."""
    case = _case(hand)
    if case is None or case.state == State.CLOSED:
        return False
    missing = lacking(standing_of(case, events_of(hand.item_id), zone))
    if missing:
        said = _("This is lacking before it can be closed: %(what)s.", what=_list(missing))
        raise Conflict(said, problem="lacking")
    shut(hand.item_id, hand.now, hand.who.id, hand.key)
    return True


def pass_on(hand: Hand, person_id: str) -> bool:
    """表扬: the person praised reads it on the phone, and the case is closed."""
    case = _open_case(hand)
    if case is None:
        return False
    if case.kind != Voice.PRAISE:
        raise Conflict(lazy("Only praise is passed on."))
    if not person_id:
        raise Invalid(lazy("Say who is praised."), fields={"person": lazy("Say who is praised.")})
    params = {"point": case.point or "", "text": case.words[:120]}
    if not tell(Kind.PRAISE, [person_id], params, "/me#praise", at=hand.now, key=f"praise/{case.item_id}"):
        raise Invalid(lazy("There is no such person."), fields={"person": lazy("There is no such person.")})
    writes.change_case(hand.item_id, handler_id=person_id)
    _note(hand, "passed_on", {"person": person_id})
    shut(hand.item_id, hand.now, hand.who.id)
    return True


def shut(item_id: str, at: datetime, by_id: str | None, key: str = "") -> None:
    """Closed, by a person or by the timer."""
    writes.change_case(item_id, state=str(State.CLOSED), closed_at=at, closed_by_id=by_id)
    writes.insert_event(item_id, "closed", at, by_id, {"key": key} if key else None)


def standing_of(case: Case, events: Sequence[Happened], zone: tzinfo) -> Standing:
    """The case as closing looks at it."""
    return Standing(
        kind=Voice(case.kind),
        state=State(case.state),
        classified=Class(case.classified) if case.classified else None,
        downgrade_asked=is_downgrade_asked(case),
        called_back=called_back(case.call_back, tries(events, zone)),
        contest=case.contest,
    )


def is_downgrade_asked(case: Case) -> bool:
    """A valid complaint that somebody has proposed to be less; the second person has not spoken yet."""
    return case.classified == Class.VALID and case.proposed == Class.COMMUNICATIVE


def tries(events: Sequence[Happened], zone: tzinfo) -> list[Any]:
    """The local days of call-backs that reached nobody."""
    missed = [each for each in events if each.kind == "called_back" and each.data.get("result") == CallBack.UNREACHED]
    return [each.at.astimezone(zone).date() for each in missed]


def taken(hand: Hand) -> Case | None:
    """The case in reach, locked, or None when this very form was taken before."""
    writes.lock_case(hand.item_id)
    case = case_for(hand.item_id, hand.who)
    sent_before = hand.key and any(each.data.get("key") == hand.key for each in events_of(hand.item_id))
    return None if sent_before else case


def _case(hand: Hand) -> Case | None:
    case = taken(hand)
    if not may_handle(hand.who):
        raise Forbidden(NOT_YOURS)
    return case


def _open_case(hand: Hand) -> Case | None:
    case = _case(hand)
    if case and case.state == State.CLOSED:
        raise Conflict(CLOSED_ALREADY)
    return case


def _note(hand: Hand, kind: str, data: dict[str, Any]) -> None:
    writes.insert_event(hand.item_id, kind, hand.now, hand.who.id, {**data, "key": hand.key})


def _words(text: str, name: str) -> str:
    words = text.strip()[:LONGEST_WORDS]
    if not words:
        sentence = lazy("Write a few words.")
        raise Invalid(sentence, fields={name: sentence})
    return words


def _list(missing: Sequence[Lacking]) -> str:
    return _(", ").join(str(LACKING[each]) for each in missing)
