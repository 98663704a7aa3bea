"""After every deed: where a vehicle stands, what its next check starts from, the service due. Never commits."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.places.queries import point_by_id
from app.schedule.actions_events import NewEvent, put_event
from app.schedule.rules_events import EventKind
from app.vehicles.queries_standing import Book, Standing, standing_of
from app.vehicles.rules import Vehicle
from app.vehicles.rules_service import Due, service_due
from app.vehicles.writes import keep_attrs, keep_state

STATE_WORDS = {Due.FAR: "ok", Due.NEAR: "warning", Due.OVER: "blocked"}


def rebuild(vehicle: Vehicle, by_id: str, now: datetime, zone: ZoneInfo) -> Standing:
    """Work the vehicle out anew from its entries and checks and keep the copies; doing it again changes nothing."""
    standing, book = standing_of(vehicle, now, zone)
    keep_state(_row(vehicle, book, now))
    _keep_attrs(vehicle, standing, book)
    if service_due(standing.since_km, vehicle.service_every_km) is not Due.FAR and standing.km:
        _ask_service(vehicle, book.service_km, by_id, now, zone)
    return standing


def _row(vehicle: Vehicle, book: Book, now: datetime) -> dict[str, object]:
    return {
        "point_id": vehicle.point_id,
        "odometer_km": book.odometer.km,
        "service_km": book.service_km,
        "serviced_on": book.serviced_on,
        "clean_since_km": book.clean_since_km,
        "doubts": len(book.odometer.doubts),
        "fuel_over": book.fuel_over,
        "sealed_at": book.sealed_at,
        "built_at": now,
    }


def _keep_attrs(vehicle: Vehicle, standing: Standing, book: Book) -> None:
    """Facts of the vehicle that its standards ask for: the odometer that a check starts from, and the distance left."""
    point = point_by_id(vehicle.point_id)
    if point is None:
        return
    known = dict(point.attrs.get("vehicle") or {})
    due = service_due(standing.since_km, vehicle.service_every_km)
    fresh = known | {
        "file_odometer_km": vehicle.first_km,
        "file_service_km": vehicle.first_service_km,
        "odometer_km": standing.km,
        "last_service_km": book.service_km,
        "since_service_km": standing.since_km,
        "service_state": STATE_WORDS[due],
    }
    if book.serviced_on:
        fresh["last_service_date"] = book.serviced_on.isoformat()
    if fresh != known:
        keep_attrs(vehicle.point_id, {**point.attrs, "vehicle": fresh})


def _ask_service(vehicle: Vehicle, service_km: int, by_id: str, now: datetime, zone: ZoneInfo) -> None:
    """The window of seven days that begins at 4,500 km; once a service."""
    event = NewEvent(f"sv-{vehicle.point_id}-{service_km}"[:40], EventKind.SERVICE_DUE, vehicle.point_id, now)
    put_event(event, by_id, zone, now)
