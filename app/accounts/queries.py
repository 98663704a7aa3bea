"""Reads of people, their secrets' hashes, sign-ins and buckets."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app import clock, db
from app.accounts.models import Bucket, Grant, Person, SignIn
from app.accounts.rules import grants_in_force
from app.accounts.rules_limits import Level
from app.organisations.models import Organisation
from app.web.current import CurrentPerson, Role

# After this a sign-in ends by itself, used or not; the cookie lives as long.
SESSION_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Credentials:
    """What sign-in compares with."""

    id: str
    name: str
    active: bool
    password_hash: str
    pin_hash: str


def token_key(token: str) -> str:
    """What the table keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


_PERSON = (
    select(
        Person.id,
        Person.name,
        Person.role,
        Person.org_id,
        Person.crew_id,
        Person.shift_id,
        Person.locale,
        Person.large_text,
        Organisation.path,
        Organisation.name.label("org_name"),
    )
    .join(Organisation, Organisation.id == Person.org_id)
    .where(Person.active)
)


def person_of_session(token: str, day: date | None = None) -> CurrentPerson | None:
    """The active person behind a live session token; `day` is the local date that grants are read on. Two queries."""
    found = db.row(
        _PERSON.join(SignIn, SignIn.person_id == Person.id).where(
            SignIn.id == token_key(token),
            SignIn.ended_at.is_(None),
            SignIn.started_at > clock.now() - SESSION_LIFE,
        )
    )
    return _current(found, token, day) if found else None


def person_by_id(person_id: str, day: date | None = None) -> CurrentPerson | None:
    """An active person without a session: for commands and for history made by the demo."""
    found = db.row(_PERSON.where(Person.id == person_id))
    return _current(found, "", day) if found else None


def _current(found: db.AnyRow, token: str, day: date | None) -> CurrentPerson:
    grants = db.rows(select(Grant.name, Grant.from_on, Grant.to_on).where(Grant.person_id == found.id))
    return CurrentPerson(
        id=found.id,
        name=found.name,
        role=Role(found.role),
        org_id=found.org_id,
        org_path=found.path,
        org_name=found.org_name,
        crew_id=found.crew_id,
        shift_id=found.shift_id,
        locale=found.locale,
        large_text=found.large_text,
        grants=grants_in_force(((each.name, each.from_on, each.to_on) for each in grants), day or clock.now().date()),
        session_id=token,
    )


def credentials(person_id: str) -> Credentials | None:
    """Hashes of one account."""
    found = db.row(
        select(Person.id, Person.name, Person.active, Person.password_hash, Person.pin_hash).where(
            Person.id == person_id
        )
    )
    return Credentials(*found) if found else None


def levels_of(keys: Iterable[str]) -> dict[str, Level]:
    """Levels of the buckets drawn from before; locked until the end of the transaction where the database can."""
    statement = select(Bucket.key, Bucket.tokens, Bucket.filled_at).where(Bucket.key.in_(list(keys)))
    found = db.rows(statement.order_by(Bucket.key).with_for_update())
    return {row.key: Level(row.tokens, row.filled_at) for row in found}
