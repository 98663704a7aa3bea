"""Inserts of entries and trips, and the copies of where a vehicle stands; an entry is never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.places.models import Point
from app.vehicles.models import VehicleEntry, VehicleState, VehicleTrip

TRIPS = cast("Table", VehicleTrip.__table__)
STATES = cast("Table", VehicleState.__table__)
NOTHING = {"trip_id": None, "km": None, "quantity": None, "cost": None, "full": None, "ref": None}


def insert_entry(**values: Any) -> None:
    """A line of the time line."""
    run(insert(VehicleEntry).values(**(NOTHING | {"text": "", "data": None} | values)))


def insert_trip(**values: Any) -> None:
    """A trip that begins, or one that ended without a start."""
    run(insert(VehicleTrip).values(**values))


def end_trip(trip_id: str, returned_at: datetime, end_km: int, route: str) -> bool:
    """The trip is over; False when it was before."""
    out = update(TRIPS).where(TRIPS.c.id == trip_id, TRIPS.c.returned_at.is_(None))
    values = {"returned_at": returned_at, "end_km": end_km, "out_key": None, "driver_key": None}
    return run(out.values(**values, **({"route": route} if route else {}))).rowcount == 1


def keep_state(row: Mapping[str, Any]) -> None:
    """Where the vehicle stands now, in the place of what stood there."""
    dialect: Any = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    changed = {name: value for name, value in row.items() if name != "point_id"}
    statement = dialect.insert(STATES).values(dict(row))
    run(statement.on_conflict_do_update(index_elements=["point_id"], set_=changed))


def keep_attrs(point_id: str, attrs: Mapping[str, Any]) -> None:
    """The point's attributes as the next check starts from them."""
    run(update(Point).where(Point.id == point_id).values(attrs=dict(attrs)))
