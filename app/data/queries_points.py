"""Points as they are now, with the standards that hold there, in the order of their numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app import db
from app.data.queries import Page, Position
from app.data.rules_fields import Row
from app.data.rules_sets import SETS
from app.data.rules_wanted import Reach, Wanted
from app.organisations.queries import within
from app.places.models import Area, Building, Point, PointStandard

_COLUMNS = {
    "building": Building.name,
    "area": Area.name,
}


def points_page(wanted: Wanted, reach: Reach, after: Position | None, limit: int) -> Page:
    """At most `limit` points behind a number. Two queries."""
    fields = [name for name in SETS["points"].names if name != "standards"]
    here = select(PointStandard.point_id).where(*_holds(wanted, reach))
    statement = (
        select(Point.id, *(_COLUMNS.get(name, getattr(Point, name, None)) for name in fields))
        .join(Building, Building.id == Point.building_id)
        .join(Area, Area.id == Point.area_id)
        .where(Point.id.in_(here), *([Point.code == wanted.point] if wanted.point else []))
        .where(*([Point.code > after[0]] if after else []))
    )
    found = db.rows(statement.order_by(Point.code).limit(limit + 1))
    shown, standards = found[:limit], _standards([row[0] for row in found[:limit]], wanted, reach)
    rows: list[Row] = [[*row[1:], standards.get(row[0], [])] for row in shown]
    return Page(rows, (shown[-1][1],) if len(found) > limit else None)


def _holds(wanted: Wanted, reach: Reach) -> list[Any]:
    clauses: list[Any] = list(within(reach.scope, PointStandard.implementer_id, PointStandard.responsible_id))
    clauses += [PointStandard.implementer_id.in_(reach.units)] if reach.units is not None else []
    return clauses + ([PointStandard.standard_code == wanted.standard] if wanted.standard else [])


def _standards(point_ids: list[str], wanted: Wanted, reach: Reach) -> dict[str, list[str]]:
    statement = (
        select(PointStandard.point_id, PointStandard.standard_code)
        .where(PointStandard.point_id.in_(point_ids), *_holds(wanted, reach))
        .order_by(PointStandard.standard_code)
    )
    standards: dict[str, list[str]] = {}
    for point_id, code in db.rows(statement):
        standards.setdefault(point_id, []).append(code)
    return standards
