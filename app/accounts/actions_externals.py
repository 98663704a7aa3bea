"""Accounts of checkers from outside: made for one record, with an end; ended or prolonged by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from app import clock, db
from app.accounts.actions import end_sessions, note
from app.accounts.models import Pass, Person
from app.accounts.queries_people import is_external, is_taken
from app.accounts.secrets import hashed
from app.refusals import Invalid, NotFound
from app.web.current import Role
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Outsider:
    """What the office fills in; `body` is the authority or institution they come from, `org_id` the bureau."""

    id: str
    name: str
    body: str
    ends_at: datetime
    org_id: str


def invite_external(outsider: Outsider, record_id: str, password: str, by: str) -> None:
    """Make the account with a pass for one record; raises Invalid when the id is taken."""
    if is_taken(outsider.id):
        raise Invalid(lazy("The account has not been added."), fields={"id": lazy("This id is taken.")})
    now = clock.now()
    row = {"id": outsider.id, "name": outsider.name, "role": Role.INSPECTOR.value, "org_id": outsider.org_id}
    row |= {"external_of": outsider.body, "password_hash": hashed(password)}
    db.run(insert(Person).values(**row, ends_at=outsider.ends_at, created_at=now, pin_hash=""))
    db.run(insert(Pass).values(person_id=outsider.id, record_id=record_id, given_by_id=by, given_at=now))
    note(outsider.id, "added", by, role=Role.INSPECTOR.value)


def set_end(person_id: str, ends_at: datetime, by: str) -> None:
    """The account ends then; at once when that has passed, with all its sessions. Raises NotFound for own people."""
    if not is_external(person_id):
        raise NotFound(lazy("There is no such checker from outside."))
    db.run(update(Person).where(Person.id == person_id).values(ends_at=ends_at))
    if ends_at <= clock.now():
        end_sessions(person_id)
    note(person_id, "changed", by, role=Role.INSPECTOR.value)
