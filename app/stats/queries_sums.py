"""The month's sums with their names, from the tallies: quick on years of records, exact to the minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.places.models import Building, Point
from app.standards.models import Standard
from app.stats.queries_month import PersonSums
from app.tallies.models import DAYS, PEOPLE, POINTS, Tally
from app.tallies.queries import Asked, counts_in, grouped
from app.tallies.rules_counts import Counts

__all__ = ["Asked", "Named", "found_by", "people", "points", "standards", "units", "used_people", "used_points"]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and the sums of its windows."""

    key: str
    name: str
    counts: Counts
    sub: str = ""
    zone: str = ""


def units(asked: Asked) -> list[Named]:
    """By executing unit. One query."""
    found, sums = found_by(DAYS, "implementer_id", asked)
    name = func.coalesce(Organisation.name, "")
    statement = select(found.c[0], name, *sums).outerjoin(Organisation, Organisation.id == found.c[0])
    return [Named(row[0], row[1], counts_in(row[2:])) for row in db.rows(statement, asked.values)]


def standards(asked: Asked) -> list[Named]:
    """By standard. One query."""
    found, sums = found_by(DAYS, "standard_code", asked)
    statement = select(found.c[0], Standard.title, *sums).join(Standard, Standard.code == found.c[0])
    return [Named(row[0], row[1], counts_in(row[2:]), row[0]) for row in db.rows(statement, asked.values)]


def points(asked: Asked) -> list[Named]:
    """By point. One query."""
    found, sums = found_by(POINTS, "point_id", asked)
    statement = (
        select(found.c[0], Point.name, Point.code, Building.name, Point.zone, *sums)
        .join(Point, Point.id == found.c[0])
        .join(Building, Building.id == Point.building_id)
    )
    rows = db.rows(statement, asked.values)
    return [Named(row[0], row[1], counts_in(row[5:]), f"{row[2]} {row[3]}", row[4]) for row in rows]


def people(asked: Asked) -> list[PersonSums]:
    """By person: the own round and claims, and what was done for colleagues. One query."""
    found, sums = found_by(PEOPLE, "person_id", asked)
    statement = (
        select(found.c[0], Person.name, Organisation.name, found.c.helped, *sums)
        .join(Person, Person.id == found.c[0])
        .join(Organisation, Organisation.id == Person.org_id)
    )
    rows = db.rows(statement, asked.values)
    made = [PersonSums(row[0], row[1], row[2], counts_in(row[4:]), int(row[3])) for row in rows]
    return [each for each in made if each.counts.planned]


def used_points(asked: Asked) -> list[tuple[str, str, str, bool]]:
    """(id, name, code and building, anything done?) of the points at which something was due (MT-25). One query."""
    found, done = _used(POINTS, "point_id", asked)
    statement = (
        select(found.point_id, Point.name, Point.code + " " + Building.name, done)
        .join(Point, Point.id == found.point_id)
        .join(Building, Building.id == Point.building_id)
        .where(found.due > 0)
    )
    return [tuple(row) for row in db.rows(statement, asked.values)]


def used_people(asked: Asked) -> list[tuple[str, str, str, bool]]:
    """(id, name, unit, anything done?) of the people who had something to do (MT-25). One query."""
    found, done = _used(PEOPLE, "person_id", asked)
    statement = (
        select(found.person_id, Person.name, Organisation.name, done)
        .join(Person, Person.id == found.person_id)
        .join(Organisation, Organisation.id == Person.org_id)
        .where(found.due > 0)
    )
    return [tuple(row) for row in db.rows(statement, asked.values)]


def _used(tally: Tally, key: str, asked: Asked) -> tuple[Any, Any]:
    """Four sums and not twenty-three: a list of thousands waits for each of them."""
    found: Any = grouped(tally, [key], asked, ("due", "in_window", "in_grace", "late")).subquery().c
    return found, found.in_window + found.in_grace + found.late > 0


def found_by(tally: Tally, by: str, asked: Asked) -> tuple[Any, list[Any]]:
    """The sums as a subquery whose first column is the key, and its columns of Counts in their order."""
    statement: Select[Any] = grouped(tally, [by], asked)
    found = statement.subquery()
    return found, [found.c[name] for name in Counts.__dataclass_fields__]
