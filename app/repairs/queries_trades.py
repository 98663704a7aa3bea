"""Reads for the office page of trades: units, their crews and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.repairs.rules import DOERS
from app.schedule.models import Crew


@dataclass(frozen=True)
class Choice:
    """Something to choose, with the unit that it belongs to."""

    id: str
    name: str
    org_id: str


def crews() -> Sequence[Choice]:
    return [Choice(*row) for row in db.rows(select(Crew.id, Crew.name, Crew.org_id).order_by(Crew.org_id, Crew.id))]


def doers() -> Sequence[Choice]:
    """Everybody who can be on duty."""
    statement = select(Person.id, Person.name, Person.org_id).where(Person.active, Person.role.in_(DOERS))
    return [Choice(*row) for row in db.rows(statement.order_by(Person.org_id, Person.name))]


def unit_exists(org_id: str) -> bool:
    return db.row(select(Organisation.id).where(Organisation.id == org_id, Organisation.active)) is not None


def crew_in(crew_id: str, org_id: str) -> bool:
    return db.row(select(Crew.id).where(Crew.id == crew_id, Crew.org_id == org_id)) is not None


def person_in(person_id: str, org_id: str) -> bool:
    wanted = (Person.id == person_id, Person.org_id == org_id, Person.active, Person.role.in_(DOERS))
    return db.row(select(Person.id).where(*wanted)) is not None
