"""Inserts and updates of what workbooks bring: points with their standards, new accounts, the workbooks themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Person
from app.db import db, run
from app.exchange.models import Import
from app.organisations.models import Organisation
from app.places.models import Point, PointStandard

IMPORTS, POINTS = cast("Table", Import.__table__), cast("Table", Point.__table__)
UNITS = cast("Table", Organisation.__table__)
HERE, PEOPLE = cast("Table", PointStandard.__table__), cast("Table", Person.__table__)


def insert_import(row: Mapping[str, Any]) -> None:
    """A workbook that came in; the same id again changes nothing."""
    run(_insert(IMPORTS).values(dict(row)).on_conflict_do_nothing(index_elements=["id"]))


def mark_applied(import_id: str, by_id: str, at: datetime, counts: Mapping[str, Any]) -> bool:
    """It is taken over; False when it was before."""
    waiting = (IMPORTS.c.id == import_id, IMPORTS.c.applied_at.is_(None))
    done = update(IMPORTS).where(*waiting).values(applied_by_id=by_id, applied_at=at, counts=dict(counts))
    return run(done).rowcount == 1


def insert_units(rows: Sequence[Mapping[str, Any]]) -> None:
    """The units of a site that has none yet; parents come first."""
    run(insert(UNITS), [dict(row) for row in rows])


def put_point(row: Mapping[str, Any], *, new: bool) -> None:
    """A point by its id."""
    if new:
        run(insert(POINTS).values(dict(row)))
    else:
        run(update(POINTS).where(POINTS.c.id == row["id"]).values(dict(row)))


def put_standard_here(row: Mapping[str, Any]) -> None:
    """Who implements a standard at a point, new or changed."""
    units = {name: row[name] for name in ("implementer_id", "responsible_id")}
    keys = ["point_id", "standard_code"]
    run(_insert(HERE).values(dict(row)).on_conflict_do_update(index_elements=keys, set_=units))


def insert_person(row: Mapping[str, Any]) -> None:
    """An account without a password: nobody signs in with it before the office gives one or a badge."""
    run(insert(PEOPLE).values({**row, "password_hash": "", "pin_hash": ""}))


def _insert(table: Table) -> Any:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
