"""The month's sums with their names, from the tallies: quick on years of records, exact to the minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.places.models import Building, Point
from app.standards.models import Standard
from app.stats.queries_month import PersonSums
from app.tallies.models import DAYS, PEOPLE, POINTS, Tally
from app.tallies.queries import Asked, counts_in, grouped
from app.tallies.queries_source import due_and_in_use, needed_for_use
from app.tallies.rules_counts import Counts

__all__ = [
    "Asked",
    "Named",
    "Used",
    "found_by",
    "people",
    "points",
    "standards",
    "units",
    "used_page",
    "used_people",
    "used_points",
]


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
    return [tuple(row) for row in db.rows(_used("point", asked)[0], asked.values)]


def used_people(asked: Asked) -> list[tuple[str, str, str, bool]]:
    """(id, name, unit, anything done themselves?) of the people who had something to do (MT-25). One query."""
    return [tuple(row) for row in db.rows(_used("person", asked)[0], asked.values)]


_KEYS = {"point": "point_id", "person": "person_id"}


@dataclass(frozen=True, slots=True)
class Used:
    """A page of the lines of `used_points` or `used_people`, how many there are, and at how many something was done."""

    lines: list[tuple[str, str, str, bool]]
    whole: int
    done: int
    page: int


def used_page(by: str, asked: Asked, page: int, most: int) -> Used:
    """Cut by the database, those at which nothing was done first; one past the last is the first. One query, or two."""
    statement, among, done = _used(by, asked)
    counted = select(func.count()).where(*among)
    columns = list(statement.selected_columns)
    paged = statement.add_columns(counted.scalar_subquery(), counted.where(done).scalar_subquery())
    paged = paged.order_by(done, *columns[1::-1]).offset((page - 1) * most).limit(most)
    rows = db.rows(paged, asked.values)
    if not rows and page > 1:
        return used_page(by, asked, 1, most)
    whole, with_any = rows[0][4:] if rows else (0, 0)
    return Used([tuple(row[:4]) for row in rows], int(whole), int(with_any), page)


def _used(by: str, asked: Asked) -> tuple[Select[Any], Sequence[ColumnElement[bool]], ColumnElement[bool]]:
    """(the lines, of which sums they are, whether they are in use); a few sums and not all, since thousands wait."""
    tally, key = POINTS if by == "point" else PEOPLE, _KEYS[by]
    n: Any = grouped(tally, [key], asked, needed_for_use(tally)).cte("found").c
    among, done = due_and_in_use(tally, key, n)
    if by == "point":
        statement = select(n[key], Point.name, Point.code + " " + Building.name, done)
        statement = statement.join(Point, Point.id == n[key]).join(Building, Building.id == Point.building_id)
    else:
        statement = select(n[key], Person.name, Organisation.name, done)
        statement = statement.join(Person, Person.id == n[key]).join(Organisation, Organisation.id == Person.org_id)
    return statement.where(*among), among, done


def found_by(tally: Tally, by: str, asked: Asked) -> tuple[Any, list[Any]]:
    """The sums as a subquery whose first column is the key, and its columns of Counts in their order."""
    statement: Select[Any] = grouped(tally, [by], asked)
    found = statement.subquery()
    return found, [found.c[name] for name in Counts.__dataclass_fields__]
