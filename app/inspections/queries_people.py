"""Reads of people for inspections: who can inspect a unit, whose names must not be announced."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.inspections.rules import OF_THE_UNIT, PLANNERS
from app.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the bureau who may be named as inspector; independence is judged by the rules."""

    id: str
    name: str
    org_name: str
    org_path: str


def candidates() -> list[Candidate]:
    """Inspectors, the standards section and supervisors; nobody from outside."""
    statement = (
        select(Person.id, Person.name, Organisation.name.label("org_name"), Organisation.path)
        .join(Organisation, Organisation.id == Person.org_id)
        .where(Person.active, Person.external_of.is_(None), Person.role.in_(PLANNERS))
        .order_by(Person.role, Organisation.path, Person.id)
    )
    return [Candidate(*row) for row in db.rows(statement)]


def all_names() -> list[str]:
    """Every name of an account: none of them is announced."""
    return [row.name for row in db.rows(select(Person.name).distinct())]


def heads_of(unit_id: str) -> list[str]:
    """Who answers for the inspected unit itself: its supervisors, its manager, its crew leaders."""
    mine = (Person.active, Person.external_of.is_(None), Person.org_id == unit_id, Person.role.in_(OF_THE_UNIT))
    return [row.id for row in db.rows(select(Person.id).where(*mine).order_by(Person.id))]
