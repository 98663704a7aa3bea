"""Whom a thing concerns: crew leaders, supervisors of a responsible unit, holders of a grant, roles of the bureau."""

from datetime import date
from typing import Any

from sqlalchemy import func, literal, or_, select

from app import db
from app.accounts.models import Grant, Person
from app.organisations.models import Organisation
from app.web.current import Role


def crew_leaders(crew_id: str | None = None, unit_id: str | None = None) -> list[str]:
    """The leaders of a crew; when it has none, or none is named, those of the implementing unit."""
    leaders = _people(Person.role == Role.CREW_LEADER)
    found = _ids(leaders.where(Person.crew_id == crew_id)) if crew_id else []
    if found or not unit_id:
        return found
    return _ids(leaders.where(Person.org_id == unit_id))


def supervisors_of(unit_id: str) -> list[str]:
    """The supervisors who answer for a unit: those of the nearest unit at or above it that has any."""
    path: Any = select(Organisation.path).where(Organisation.id == unit_id).scalar_subquery()
    statement = (
        select(Person.id, func.length(Organisation.path).label("depth"))
        .join(Organisation, Organisation.id == Person.org_id)
        .where(Person.active, Person.role == Role.SUPERVISOR, path.like(Organisation.path + literal("%")))
        .order_by(func.length(Organisation.path).desc(), Person.id)
    )
    found = db.rows(statement)
    return [row.id for row in found if row.depth == found[0].depth]


def holders(grant: str, on: date) -> list[str]:
    """People with a grant in force on this local date."""
    dated = (Grant.from_on <= on, or_(Grant.to_on.is_(None), Grant.to_on >= on))
    return _ids(_people(Person.id.in_(select(Grant.person_id).where(Grant.name == grant, *dated))))


def with_role(*roles: Role) -> list[str]:
    """Everybody with one of these roles: inspectors, the standards section, administrators."""
    return _ids(_people(Person.role.in_(roles)))


def crew_of(person_id: str) -> str | None:
    """The crew that a person is in."""
    crew: str | None = db.scalar(select(Person.crew_id).where(Person.id == person_id))
    return crew


def _people(*clauses: Any) -> Any:
    return select(Person.id).where(Person.active, Person.external_of.is_(None), *clauses).order_by(Person.id)


def _ids(statement: Any) -> list[str]:
    return [row.id for row in db.rows(statement)]
