"""Reads of time lines, trips and states of vehicles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from app import db
from app.accounts.models import Person
from app.vehicles.models import VehicleEntry, VehicleState, VehicleTrip
from app.vehicles.rules import Entry, EntryKind, Trip

_ENTRY = (
    VehicleEntry.id, VehicleEntry.point_id, VehicleEntry.kind, VehicleEntry.at, VehicleEntry.by_id, Person.name,
    VehicleEntry.trip_id, VehicleEntry.km, VehicleEntry.quantity, VehicleEntry.cost, VehicleEntry.full,
    VehicleEntry.ref, VehicleEntry.text, VehicleEntry.data,
)  # fmt: skip
_TRIP = (
    VehicleTrip.id, VehicleTrip.point_id, VehicleTrip.driver_id, Person.name, VehicleTrip.event_id, VehicleTrip.number,
    VehicleTrip.purpose, VehicleTrip.route, VehicleTrip.urgent, VehicleTrip.started_at, VehicleTrip.start_km,
    VehicleTrip.returned_at, VehicleTrip.end_km, VehicleTrip.override_id,
)  # fmt: skip
_ENTRIES = select(*_ENTRY).outerjoin(Person, Person.id == VehicleEntry.by_id)
_TRIPS = select(*_TRIP).outerjoin(Person, Person.id == VehicleTrip.driver_id)


@dataclass(frozen=True, slots=True)
class State:
    """The row of `vehicle_states`."""

    point_id: str
    odometer_km: int
    service_km: int
    serviced_on: date | None
    clean_since_km: int
    doubts: int
    fuel_over: bool
    sealed_at: datetime | None
    built_at: datetime


def entry_by_id(entry_id: str) -> Entry | None:
    """One line, whoever's it is."""
    found = db.row(_ENTRIES.where(VehicleEntry.id == entry_id))
    return _entry(found) if found else None


def entries_of(
    point_ids: Collection[str], kinds: Collection[EntryKind] = (), since: datetime | None = None
) -> list[Entry]:
    """Lines of these vehicles, oldest first."""
    statement = _ENTRIES.where(VehicleEntry.point_id.in_(point_ids))
    if kinds:
        statement = statement.where(VehicleEntry.kind.in_(kinds))
    if since is not None:
        statement = statement.where(VehicleEntry.at >= since)
    return [_entry(row) for row in db.rows(statement.order_by(VehicleEntry.at, VehicleEntry.id))]


def newest_entries(point_id: str, until: datetime, limit: int) -> list[Entry]:
    """The last lines of one vehicle up to an instant, newest first."""
    mine = _ENTRIES.where(VehicleEntry.point_id == point_id, VehicleEntry.at <= until)
    return [_entry(row) for row in db.rows(mine.order_by(VehicleEntry.at.desc(), VehicleEntry.id).limit(limit))]


def unwritten_overrides(point_ids: Collection[str] | None = None) -> list[Entry]:
    """Overrides that nobody has written up, and that have not lapsed into a finding."""
    settled = select(VehicleEntry.ref).where(VehicleEntry.kind.in_((EntryKind.BACKFILLED, EntryKind.LAPSED)))
    statement = _ENTRIES.where(VehicleEntry.kind == EntryKind.OVERRIDE, VehicleEntry.id.not_in(settled))
    if point_ids is not None:
        statement = statement.where(VehicleEntry.point_id.in_(point_ids))
    return [_entry(row) for row in db.rows(statement.order_by(VehicleEntry.at))]


def refers_to(entry_id: str) -> Sequence[EntryKind]:
    """What was noted about an entry since."""
    statement = select(VehicleEntry.kind).where(VehicleEntry.ref == entry_id)
    return [EntryKind(row.kind) for row in db.rows(statement)]


def open_trips(point_ids: Collection[str]) -> dict[str, Trip]:
    """Who is out now, by vehicle."""
    found = db.rows(_TRIPS.where(VehicleTrip.out_key.in_(point_ids)))
    return {row.point_id: Trip(*row) for row in found}


def all_open_trips() -> list[Trip]:
    """Every trip that has not come back."""
    return [Trip(*row) for row in db.rows(_TRIPS.where(VehicleTrip.out_key.is_not(None)))]


def trip_of_driver(person_id: str) -> Trip | None:
    """The trip that this person is on."""
    found = db.row(_TRIPS.where(VehicleTrip.driver_key == person_id))
    return Trip(*found) if found else None


def trip_by_id(trip_id: str) -> Trip | None:
    """One trip."""
    found = db.row(_TRIPS.where(VehicleTrip.id == trip_id))
    return Trip(*found) if found else None


def trips_between(point_ids: Collection[str], since: datetime, until: datetime) -> list[Trip]:
    """Trips that began (or, where nobody noted it, ended) in this time, oldest first."""
    begun = (VehicleTrip.started_at >= since) & (VehicleTrip.started_at < until)
    unknown = VehicleTrip.started_at.is_(None) & (VehicleTrip.returned_at >= since) & (VehicleTrip.returned_at < until)
    statement = _TRIPS.where(VehicleTrip.point_id.in_(point_ids), or_(begun, unknown))
    trips = [Trip(*row) for row in db.rows(statement)]
    return sorted(trips, key=lambda trip: (trip.started_at or trip.returned_at or since, trip.id))


def last_returns(point_ids: Collection[str]) -> dict[str, datetime]:
    """When each vehicle came back last."""
    newest: Any = func.max(VehicleTrip.returned_at, type_=VehicleTrip.returned_at.type)
    statement = select(VehicleTrip.point_id, newest.label("at")).where(VehicleTrip.point_id.in_(point_ids))
    return {row.point_id: row.at for row in db.rows(statement.group_by(VehicleTrip.point_id)) if row.at}


def overrides_used(entry_ids: Iterable[str]) -> set[str]:
    """Which of these overrides a departure has used up."""
    statement = select(VehicleTrip.override_id).where(VehicleTrip.override_id.in_(list(entry_ids)))
    return {row.override_id for row in db.rows(statement)}


def states_of(point_ids: Collection[str]) -> dict[str, State]:
    """Where the vehicles stand, by point; those nothing was noted of are missing."""
    columns = [getattr(VehicleState, name) for name in State.__dataclass_fields__]
    return {row.point_id: State(*row) for row in db.rows(select(*columns).where(VehicleState.point_id.in_(point_ids)))}


def _entry(row: db.AnyRow) -> Entry:
    values = list(row)
    values[2], values[13] = EntryKind(values[2]), values[13] or {}
    return Entry(*values)
