"""A page of one of the month's tables, ordered and cut by the database: a compound may have thousands of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, cast, func, literal, or_, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.places.models import Building, Point
from app.standards.models import Standard
from app.stats.rules_month import Cut, Part, TableLine
from app.tallies.models import DAYS, PEOPLE, POINTS, Tally
from app.tallies.queries import Asked, grouped
from app.tallies.queries_source import COUNTED
from app.tallies.rules_counts import Counts

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
_HEAD = 5
_PLANNED = ("due", "reported")
_NEEDED: Mapping[str, Sequence[str]] = {
    "worst": ("in_window", "in_grace"),
    "name": (),
    "due": (),
    "missed": ("missed",),
    "reported": (),
}


def lines_of(by: str, asked: Asked, cut: Cut = WHOLE) -> Part:
    """The lines of one of the four tables, worst first unless asked otherwise; two past the last page again.

    One query. Two for a page of points: which lines, by what the order asks for; then all sums of those, since of
    thousands two dozen sums each would be made to show fifty.
    """
    tally, key = _SOURCES[by]
    whole = (*COUNTED, "helped") if tally is PEOPLE else COUNTED
    at_once = cut.most is None or tally is not POINTS or bool(cut.sums)
    needed = tuple(dict.fromkeys((*cut.sums, *_NEEDED[cut.sort], *_PLANNED)))
    counts = whole if at_once and not cut.sums else needed
    rows = db.rows(_chosen(by, asked, cut, counts), asked.values)
    if not rows and cut.page > 1:
        return lines_of(by, asked, replace(cut, page=1))
    if at_once:
        sums = {row[0]: dict(zip(counts, row[_HEAD:], strict=True)) for row in rows}
    else:
        these = replace(asked, among={**asked.among, key: [row[0] for row in rows]})
        found = db.rows(grouped(tally, [key], these, whole), these.values) if rows else []
        sums = {row[0]: dict(zip(whole, row[1:], strict=True)) for row in found}
    lines = [_line(row, sums[row[0]]) for row in rows if row[0] in sums]
    return Part(lines, int(rows[0][_HEAD - 1]) if rows else 0, cut.page)


def _line(row: Sequence[Any], sums: Mapping[str, Any]) -> TableLine:
    counts = Counts(**{name: int(value) for name, value in sums.items() if name != "helped"})
    return TableLine(row[0], row[1], row[2], counts, row[3], int(sums.get("helped", 0)))


def _chosen(by: str, asked: Asked, cut: Cut, counts: Sequence[str]) -> Select[Any]:
    """Key, name, second line, zone, how many there are in all; then these counts."""
    tally, key = _SOURCES[by]
    found = grouped(tally, [key], asked, counts).cte("found")
    name, sub, zone = _NAMES[by]
    fenced = tally is POINTS and cut.most is not None and not cut.words and cut.sort != "name"
    whole = select(func.count()).select_from(found).scalar_subquery() if fenced else func.count().over()
    head = (found.c[0], name.label("name"), sub.label("sub"), zone.label("zone"), whole.label("whole"))
    statement = _joined(by, select(*head, *(found.c[each] for each in counts)), found.c[0])
    if fenced:
        statement = statement.where(_up_to_this_page(found.c, cut))
    if tally is PEOPLE:
        statement = statement.where(found.c.due + found.c.reported > 0)
    if cut.words:
        statement = statement.where(or_(*(each.icontains(cut.words, autoescape=True) for each in (name, sub))))
    statement = statement.order_by(*_order(cut.sort, found.c), name, found.c[0])
    return statement if cut.most is None else statement.offset((cut.page - 1) * cut.most).limit(cut.most)


def _up_to_this_page(n: Any, cut: Cut) -> ColumnElement[bool]:
    """Those that come before the end of the page, or at it beside others: of thousands the rest need no names."""
    least, highest = (func.coalesce(_share(n), 2), 2) if cut.sort == "worst" else (-n[cut.sort], 0)
    last = select(least).order_by(least).offset(cut.page * (cut.most or 0) - 1).limit(1)
    return least <= func.coalesce(last.scalar_subquery(), highest)


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
    if sort == "worst":
        return [n.due == 0, _share(n), n.due.desc()]
    return [] if sort == "name" else [n[sort].desc()]


def _share(n: Any) -> ColumnElement[Any]:
    return cast(n.in_window + n.in_grace, Float) / cast(func.nullif(n.due, 0), Float)
