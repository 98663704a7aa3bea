"""Sign in and out, sessions, and the secrets of a person's own account."""

import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, insert, literal, update

from app import clock, db
from app.accounts.actions_limits import give_back
from app.accounts.models import AccountEvent, Person, SignIn
from app.accounts.queries import Credentials, credentials, token_key
from app.accounts.rules import password_fault, pin_fault
from app.accounts.rules_badges import TEAM_IDLE, TEAM_LONGEST
from app.accounts.rules_limits import Limit
from app.accounts.secrets import hashed, matches
from app.audit.actions import note as audit
from app.db import UtcDateTime
from app.refusals import NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class Door:
    """Where a sign-in comes from, as the session list shows it; on a `team` phone it ends when nobody touches it."""

    device: str
    address: str
    team: bool = False


def prove(person_id: str, password: str) -> Credentials | None:
    """The active account whose password this is, or None: one answer and one duration for every way of being wrong."""
    account = credentials(account_id(person_id))
    right = matches(account.password_hash if account else "", password)
    return account if right and account and account.active else None


def account_id(typed: str) -> str:
    """An id as it is kept: small letters, no spaces around."""
    name = typed.strip().lower()
    return name if name.isprintable() else ""


def admit(person_id: str, door: Door, buckets: Mapping[str, Limit], *, proven: bool = False) -> str:
    """What was asked for was right: the try does not count against the buckets, and a fresh session begins."""
    give_back(buckets, clock.now())
    return open_session(person_id, door.device, door.address, team=door.team, proven=proven)


def open_session(
    person_id: str, device: str, address: str, badge_id: int | None = None, *, team: bool = False, proven: bool = False
) -> str:
    """A fresh session for this person; returns the token for the cookie. The table keeps only its hash."""
    token = random.token_urlsafe(32)
    now = clock.now()
    row = {"id": token_key(token), "person_id": person_id, "badge_id": badge_id, "started_at": now, "seen_at": now}
    where = {"device": device[:200], "address": address[:60], "proven": proven}
    db.run(insert(SignIn).values(row | where | {"idle_until": now + TEAM_IDLE if team else None}))
    way = {"way": "badge" if badge_id else "password", "team": team}
    audit("sign_in.ok", by_id=person_id, about=person_id, address=address, data=way)
    return token


def touch_session(token: str, now: datetime) -> None:
    """The session was used just now; on a team phone it lasts from here, unless a whole shift has gone by."""
    young = and_(SignIn.idle_until.is_not(None), SignIn.started_at > now - TEAM_LONGEST)
    idle_until = case((young, literal(now + TEAM_IDLE, UtcDateTime())), else_=SignIn.idle_until)
    used = {"seen_at": now, "idle_until": idle_until}
    db.run(update(SignIn).where(SignIn.id == token_key(token), SignIn.ended_at.is_(None)).values(used))


def end_session(token: str) -> None:
    """This sign-in no longer counts, whoever holds its cookie."""
    live = (SignIn.id == token_key(token), SignIn.ended_at.is_(None))
    ended = db.run(update(SignIn).where(*live).values(ended_at=clock.now()).returning(SignIn.person_id)).scalar()
    if ended:
        audit("sign_in.out", by_id=ended, about=ended)


def end_session_of(person: CurrentPerson, key: str) -> None:
    """End one of the own sessions by its key; raises NotFound for another person's."""
    own = (SignIn.id == key, SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    if db.run(update(SignIn).where(*own).values(ended_at=clock.now())).rowcount != 1:
        raise NotFound(lazy("This session has already ended."))
    note(person.id, "session_ended", person.id)


def end_other_sessions(person: CurrentPerson) -> int:
    """End all own sessions but the one asking; returns how many."""
    ended = end_sessions(person.id, but=person.session_id)
    note(person.id, "sessions_ended", person.id)
    return ended


def end_sessions(person_id: str, but: str = "") -> int:
    """End every session of a person, the one with the token `but` excepted."""
    others = (SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.id != token_key(but))
    return db.run(update(SignIn).where(*others).values(ended_at=clock.now())).rowcount


def password_faults(person: CurrentPerson, old: str, new: str, again: str) -> dict[str, object]:
    """What speaks against this change of the own password, a sentence a field; empty when nothing does."""
    faults: dict[str, object] = {}
    if not _is_own_password(person, old):
        faults["old"] = lazy("This is not your present password.")
    if fault := password_fault(new, person.id, person.name):
        faults["new"] = fault
    elif new != again:
        faults["again"] = lazy("The two are not the same.")
    return faults


def change_password(person: CurrentPerson, new: str) -> None:
    """Set the own password; every other session ends."""
    keep_password(person.id, new, by=person.id)
    end_sessions(person.id, but=person.session_id)


def pin_faults(person: CurrentPerson, secret: str, pin: str) -> dict[str, object]:
    """What speaks against this change of the own PIN, which the password or the present PIN must prove.

    Who signs in by badge has no other secret.
    """
    faults: dict[str, object] = {}
    known = credentials(person.id)
    if not _is_own_password(person, secret) and not matches(known.pin_hash if known else "", secret):
        faults["password"] = lazy("This is neither your present PIN nor your password.")
    if fault := pin_fault(pin):
        faults["pin"] = fault
    return faults


def _is_own_password(person: CurrentPerson, password: str) -> bool:
    known = credentials(person.id)
    return matches(known.password_hash if known else "", password)


def keep_password(person_id: str, password: str, by: str | None) -> None:
    """Store the hash and note who set it."""
    db.run(update(Person).where(Person.id == person_id).values(password_hash=hashed(password)))
    note(person_id, "password_set", by)


def keep_pin(person_id: str, pin: str, by: str | None) -> None:
    """Store the hash and note who set it."""
    db.run(update(Person).where(Person.id == person_id).values(pin_hash=hashed(pin), pin_set_at=clock.now()))
    note(person_id, "pin_set", by)


def note(person_id: str, kind: str, by: str | None, **data: object) -> None:
    """Append to what was done to an account; never secrets."""
    db.run(insert(AccountEvent).values(person_id=person_id, kind=kind, by_id=by, at=clock.now(), data=data or None))
    audit(f"rights.{kind}", by_id=by, about=person_id, data=data)


def note_failed(typed: str, door: Door, why: str) -> None:
    """A sign-in that failed; what was typed is kept only where it is an account: people type passwords there too."""
    known = credentials(typed)
    audit("sign_in.failed", by_id=None, about=known.id if known else "", address=door.address, data={"why": why})
