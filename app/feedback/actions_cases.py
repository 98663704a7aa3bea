"""A question, complaint or praise becomes a case: clocks, contact, status link, the record that it contests."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from app.checks.writes import insert_event as insert_check_event
from app.feedback import writes_complaints as writes
from app.feedback.queries_complaints import find_case
from app.feedback.queries_contest import held_at
from app.feedback.rules_complaints import DESK, Class, Contest, Held, State, Voice, close_due, contested_by, reply_due
from app.feedback.rules_tokens import key_of, token_of
from app.messages.actions import tell
from app.messages.queries_recipients import holders, supervisors_of
from app.messages.rules_words import Kind
from app.places.queries import point_by_id
from app.schedule.queries_plan import calendar

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = {Voice.QUESTION: "ZX", Voice.COMPLAINT: "TS", Voice.PRAISE: "BY"}


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case about an item that stands; contact and name as the person left them, empty for none.

    `happened_at` is when it was seen, where that is told apart from when it was said: the record of then is contested.
    """

    item_id: str
    kind: Voice
    point_id: str | None
    implementer_id: str
    responsible_id: str
    at: datetime
    contact: str = ""
    name: str = ""
    proposed: Class | None = None
    by_id: str | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """`token` opens /f/<token>, which shows how far it is."""

    number: str
    token: str


def open_case(new: NewCase, *, secret: str, zone: tzinfo) -> Opened:
    """Open the case of an item in the caller's transaction; the same item again gives back the same case and link."""
    token = token_of(secret, new.item_id)
    standing = find_case(new.item_id)
    if standing:
        return Opened(standing.number, token)
    contested = _contested(new)
    row = _row(new, contested, key_of(token), zone)
    writes.insert_case(row)
    writes.insert_event(new.item_id, "received", new.at, new.by_id)
    if new.contact.strip() or new.name.strip():
        writes.insert_contact(new.item_id, new.name.strip()[:60], new.contact.strip()[:120], new.at)
    if contested:
        writes.insert_event(new.item_id, "contested", new.at, None, {"check": contested.check_id})
        data = {"case": new.item_id, "number": row["number"]}
        insert_check_event(contested.check_id, "contested", at=new.at, data=data)
    _tell(new, row["number"], zone)
    return Opened(row["number"], token)


def _row(new: NewCase, contested: Held | None, status_key: str, zone: tzinfo) -> dict[str, Any]:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(6))
    praise = new.kind is Voice.PRAISE
    return {
        "item_id": new.item_id,
        "number": f"{LETTERS[new.kind]}{new.at.astimezone(zone):%y%m%d}-{letters}",
        "kind": str(new.kind),
        "state": str(State.RECEIVED),
        "point_id": new.point_id,
        "implementer_id": new.implementer_id,
        "responsible_id": new.responsible_id,
        "received_at": new.at,
        "proposed": str(new.proposed or "") if new.kind is Voice.COMPLAINT else "",
        "reply_due_at": None if praise else reply_due(new.at),
        "close_due_at": close_due(new.at, new.kind, None, calendar(), zone),
        "check_id": contested.check_id if contested else None,
        "occurrence_id": contested.occurrence_id if contested else None,
        "contest": str(Contest.CONTESTED) if contested else "",
        "status_key": status_key,
    }


def _contested(new: NewCase) -> Held | None:
    if new.kind is not Voice.COMPLAINT or not new.point_id:
        return None
    seen_at = new.happened_at or new.at
    return contested_by(held_at(new.point_id, seen_at, new.implementer_id), seen_at)


def _tell(new: NewCase, number: str, zone: tzinfo) -> None:
    """The service desk and the department that answers; the words themselves stay on the page of the case."""
    people = {*holders(DESK, new.at.astimezone(zone).date())}
    people |= set(supervisors_of(new.responsible_id)) if new.responsible_id else set()
    place = point_by_id(new.point_id) if new.point_id else None
    until = reply_due(new.at).astimezone(zone).strftime("%H:%M")
    params = {"point": place.name if place else "", "number": number, "time": until}
    kind = {Voice.COMPLAINT: Kind.COMPLAINT, Voice.QUESTION: Kind.QUESTION, Voice.PRAISE: Kind.PRAISE_IN}[new.kind]
    tell(kind, people - {new.by_id}, params, f"/feedback/{new.item_id}", at=new.at, key=f"case/{new.item_id}")
