"""Reads of who looks at whom: units with supervisors, crews with a leader, and who does which standard."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.places.models import Area, PointStandard
from app.standards.models import Standard
from app.web.current import Role


@dataclass(frozen=True, slots=True)
class Looking:
    """A unit, or a crew of it, that has a list of its own each day."""

    unit_id: str
    crew_id: str | None = None


def looking_units() -> list[Looking]:
    """Units with a supervisor who answer for some standard."""
    answering = select(PointStandard.responsible_id)
    statement = select(Person.org_id).where(Person.active, Person.role == Role.SUPERVISOR, Person.org_id.in_(answering))
    return [Looking(row.org_id) for row in db.rows(statement.distinct().order_by(Person.org_id))]


def crews_led() -> list[Looking]:
    """Crews with a leader."""
    statement = select(Person.org_id, Person.crew_id).where(Person.active, Person.role == Role.CREW_LEADER)
    led = statement.where(Person.crew_id.is_not(None)).distinct().order_by(Person.crew_id)
    return [Looking(row.org_id, row.crew_id) for row in db.rows(led)]


def implemented_pairs(owner_path: str) -> list[tuple[str, str]]:
    """(implementer, standard) that units below this path answer for."""
    under = select(Organisation.id).where(Organisation.path.startswith(owner_path, autoescape=True))
    statement = select(PointStandard.implementer_id, PointStandard.standard_code).where(
        PointStandard.responsible_id.in_(under)
    )
    return [(row[0], row[1]) for row in db.rows(statement.distinct())]


def bureau_id() -> str:
    """The unit above all others."""
    return str(db.scalar(select(Organisation.id).where(Organisation.parent_id.is_(None)).order_by(Organisation.path)))


@dataclass(frozen=True, slots=True)
class Choices:
    """What a plan can be narrowed to: (key, words) of executing units, standards and areas."""

    units: tuple[tuple[str, str], ...]
    standards: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]


def choices(owner_path: str) -> Choices:
    """For the form of a plan, within the owner's reach. Three queries."""
    pairs = implemented_pairs(owner_path)
    doers, codes = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    units = db.rows(select(Organisation.id, Organisation.name).order_by(Organisation.path))
    titles = db.rows(select(Standard.code, Standard.title).order_by(Standard.code))
    areas = db.rows(select(Area.id, Area.name).order_by(Area.name))
    return Choices(
        tuple((row.id, row.name) for row in units if row.id in doers),
        tuple((row.code, row.title) for row in titles if row.code in codes),
        tuple((row.id, row.name) for row in areas),
    )
