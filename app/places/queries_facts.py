"""Reads of points by what their attributes say."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from app import db
from app.places.models import Point, PointStandard


def points_that_say(fact: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """(id, name, attributes) of the points in use of which the attribute may be true, in code order. One query.

    Whether it is decides the caller: SQLite takes 1 for true.
    """
    found = db.rows(select(Point.id, Point.name, Point.attrs).where(*_says(fact)).order_by(Point.code))
    return [tuple(row) for row in found]


def codes_where(fact: str) -> dict[str, list[str]]:
    """Id of each of these points to the standards there, in number order. One query."""
    found: dict[str, list[str]] = {}
    columns = PointStandard.point_id, PointStandard.standard_code
    these = PointStandard.point_id.in_(select(Point.id).where(*_says(fact)))
    for point_id, code in db.rows(select(*columns).where(these).order_by(*columns)):
        found.setdefault(point_id, []).append(code)
    return found


def _says(fact: str) -> list[Any]:
    postgres = db.dialect_name() == "postgresql"
    told = type_coerce(Point.attrs, JSONB).contains({fact: True}) if postgres else Point.attrs[fact].as_boolean()
    return [Point.active, told]
