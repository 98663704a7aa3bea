"""Reads of people and sign-ins."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from app import clock, db
from app.accounts.models import Grant, Person, SignIn
from app.organisations.models import Organisation
from app.web.current import CurrentPerson, Role


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


def person_of_session(token: str) -> CurrentPerson | None:
    """The active person behind a live session token. Two queries."""
    found = db.row(
        _PERSON.join(SignIn, SignIn.person_id == Person.id).where(
            SignIn.id == token_key(token), SignIn.ended_at.is_(None)
        )
    )
    return _current(found, token) if found else None


def person_by_id(person_id: str) -> CurrentPerson | None:
    """An active person without a session: for commands and for history made by the demo."""
    found = db.row(_PERSON.where(Person.id == person_id))
    return _current(found, "") if found else None


def _current(found: object, token: str) -> CurrentPerson:
    day = clock.now().date()
    grants = db.rows(
        select(Grant.name).where(
            Grant.person_id == found.id,  # type: ignore[attr-defined]
            Grant.from_on <= day,
            (Grant.to_on.is_(None)) | (Grant.to_on >= day),
        )
    )
    return CurrentPerson(
        id=found.id,  # type: ignore[attr-defined]
        name=found.name,  # type: ignore[attr-defined]
        role=Role(found.role),  # type: ignore[attr-defined]
        org_id=found.org_id,  # type: ignore[attr-defined]
        org_path=found.path,  # type: ignore[attr-defined]
        org_name=found.org_name,  # type: ignore[attr-defined]
        crew_id=found.crew_id,  # type: ignore[attr-defined]
        shift_id=found.shift_id,  # type: ignore[attr-defined]
        locale=found.locale,  # type: ignore[attr-defined]
        large_text=found.large_text,  # type: ignore[attr-defined]
        grants=frozenset(row.name for row in grants),
        session_id=token,
    )


def credentials(person_id: str) -> Credentials | None:
    """Hashes of one account."""
    found = db.row(
        select(Person.id, Person.name, Person.active, Person.password_hash, Person.pin_hash).where(Person.id == person_id)
    )
    return Credentials(*found) if found else None
