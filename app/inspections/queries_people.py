"""Reads of people for inspections: who can inspect a unit, whose names must not be announced."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.inspections.rules import PLANNERS
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
