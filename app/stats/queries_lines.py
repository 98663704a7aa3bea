"""A page of one of the month's tables, ordered and cut by the database: a compound may have thousands of points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, cast, func, literal, or_, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.places.models import Building, Point
from app.standards.models import Standard
from app.stats.queries_sums import found_by
from app.stats.rules_month import Cut, Part, TableLine
from app.tallies.models import DAYS, PEOPLE, POINTS, Tally
from app.tallies.queries import Asked, counts_in

WHOLE = Cut()
_NONE = literal("")
_SOURCES: Mapping[str, tuple[Tally, str]] = {
    "unit": (DAYS, "implementer_id"),
    "point": (POINTS, "point_id"),
    "standard": (DAYS, "standard_code"),
    "person": (PEOPLE, "person_id"),
}
_NAMES: Mapping[str, tuple[Any, Any, Any]] = {
    "unit": (func.coalesce(Organisation.name, ""), _NONE, _NONE),
    "point": (Point.name, Point.code + " " + Building.name, Point.zone),
    "standard": (Standard.title, Standard.code, _NONE),
    "person": (Person.name, Organisation.name, _NONE),
}


def lines_of(by: str, asked: Asked, cut: Cut = WHOLE) -> Part:
    """The lines of one of the four tables, worst first unless asked otherwise. One query, two past the last page."""
    tally, key = _SOURCES[by]
    found, sums = found_by(tally, key, asked)
    helped = found.c.helped if tally is PEOPLE else literal(0)
    name, sub, zone = _NAMES[by]
    head = (found.c[0], name.label("name"), sub.label("sub"), zone.label("zone"), helped.label("helped"))
    statement = _joined(by, select(*head, func.count().over().label("whole"), *sums), found.c[0])
    if tally is PEOPLE:
        statement = statement.where(found.c.due + found.c.reported > 0)
    if cut.words:
        statement = statement.where(or_(*(each.icontains(cut.words, autoescape=True) for each in (name, sub))))
    statement = statement.order_by(*_order(cut.sort, found.c), name, found.c[0])
    if cut.most is not None:
        statement = statement.offset((cut.page - 1) * cut.most).limit(cut.most)
    rows = db.rows(statement, asked.values)
    if not rows and cut.page > 1:
        return lines_of(by, asked, replace(cut, page=1))
    lines = [TableLine(row[0], row[1], row[2], counts_in(row[6:]), row[3], int(row[4])) for row in rows]
    return Part(lines, int(rows[0][5]) if rows else 0, cut.page)


def _joined(by: str, statement: Select[Any], key: Any) -> Select[Any]:
    """The names beside the sums."""
    if by == "unit":
        return statement.outerjoin(Organisation, Organisation.id == key)
    if by == "standard":
        return statement.join(Standard, Standard.code == key)
    if by == "person":
        return statement.join(Person, Person.id == key).join(Organisation, Organisation.id == Person.org_id)
    return statement.join(Point, Point.id == key).join(Building, Building.id == Point.building_id)


def _order(sort: str, n: Any) -> list[ColumnElement[Any]]:
    """As `rules_month.ordered`: the lowest on-time rate first, among equals the one with more; nothing due last."""
    share = cast(n.in_window + n.in_grace, Float) / cast(func.nullif(n.due, 0), Float)
    return {
        "worst": [n.due == 0, share, n.due.desc()],
        "name": [],
        "due": [n.due.desc()],
        "missed": [n.missed.desc()],
        "reported": [n.reported.desc()],
    }[sort]
