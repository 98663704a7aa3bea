"""Reads of the tree of units."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app import db
from app.organisations.models import Organisation
from app.organisations.rules import Scope, roots_of
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class Unit:
    """A unit as pages show it."""

    id: str
    name: str
    name_en: str
    kind: str
    path: str
    telephone: str = ""


_COLUMNS = (
    Organisation.id,
    Organisation.name,
    Organisation.name_en,
    Organisation.kind,
    Organisation.path,
    Organisation.telephone,
)


def scope_of(person: CurrentPerson) -> Scope:
    """The units whose points and records this person reaches. One query, none for the bureau-wide."""
    root, answering = roots_of(person)
    if root is None:
        return Scope(None, True)
    found = db.rows(select(Organisation.id).where(Organisation.path.startswith(root, autoescape=True)))
    return Scope(frozenset(row.id for row in found), answering)


def within(scope: Scope, implementer: Any, responsible: Any) -> list[ColumnElement[bool]]:
    """Where-clauses that hold a statement to the scope; spread them into `.where(*within(...))`."""
    if scope.units is None:
        return []
    if scope.answering:
        return [or_(implementer.in_(scope.units), responsible.in_(scope.units))]
    return [implementer.in_(scope.units)]


def units() -> list[Unit]:
    """All units in tree order."""
    return [Unit(*row) for row in db.rows(select(*_COLUMNS).order_by(Organisation.path))]


def unit_by_id(unit_id: str) -> Unit | None:
    """One unit."""
    found = db.row(select(*_COLUMNS).where(Organisation.id == unit_id))
    return Unit(*found) if found else None
