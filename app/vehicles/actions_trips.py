"""Deeds on trips: out and back again, one vehicle and one driver at a time. Never commits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from app.refusals import Conflict, Invalid
from app.schedule.actions_events import NewEvent, move_event, put_event
from app.schedule.queries_events import event_by_id
from app.schedule.rules_events import EventKind
from app.vehicles.actions_notes import Deed, may_drive, note, refuse_unless, seen, take_reading
from app.vehicles.actions_state import rebuild
from app.vehicles.queries_entries import open_trips, trip_of_driver
from app.vehicles.queries_standing import Standing, standing_of
from app.vehicles.rules import EntryKind, Trip, Vehicle
from app.vehicles.rules_standing import Block
from app.vehicles.rules_wishes import Departure, Return
from app.vehicles.rules_words import BLOCKS
from app.vehicles.writes import end_trip, insert_trip
from app.web.words import lazy

AT_LEAST = timedelta(hours=1)
"""How long a trip lasted whose start nobody noted: long enough that no check before it is asked for."""
TRIP_KINDS = (EventKind.DISPATCH, EventKind.URGENT_DISPATCH)


def depart(vehicle: Vehicle, form: Departure, deed: Deed) -> bool:
    """出车. Raises Conflict while either is out, or while something keeps the vehicle in and nobody overrode it."""
    refuse_unless(may_drive(deed.who))
    if seen(form.id, vehicle, EntryKind.DEPARTED, deed.who):
        return False
    _refuse_second(vehicle, deed)
    urgent = _urgent(vehicle, form)
    standing, _book = standing_of(vehicle, deed.at, deed.zone)
    keeps = keeps_in(standing, urgent=urgent)
    if keeps and standing.override is None:
        raise Conflict(_stays(keeps), problem="vehicle-blocked")
    take_reading(vehicle, form.km, deed, sure=form.sure)
    event_id = form.event_id or _ad_hoc(vehicle, form, deed)
    trip_id = str(uuid.uuid4())
    override = standing.override.id if keeps and standing.override else None
    insert_trip(
        id=trip_id, point_id=vehicle.point_id, driver_id=deed.who.id, event_id=event_id, number=form.number,
        purpose=form.purpose or _purpose(event_id), route=form.route, urgent=urgent, started_at=deed.at,
        start_km=form.km, override_id=override, out_key=vehicle.point_id, driver_key=deed.who.id,
    )  # fmt: skip
    data = {"kept_in": [str(block) for block in keeps]} if keeps else None
    note(vehicle, EntryKind.DEPARTED, form.id, deed, sure=form.sure, trip_id=trip_id, km=form.km, text=form.purpose,
         data=data, ref=override)  # fmt: skip
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def come_back(vehicle: Vehicle, form: Return, deed: Deed) -> bool:
    """收车; a trip whose start nobody noted is kept as such. The check after the trip is asked for from now on."""
    refuse_unless(may_drive(deed.who))
    if seen(form.id, vehicle, EntryKind.RETURNED, deed.who):
        return False
    trip = open_trips([vehicle.point_id]).get(vehicle.point_id)
    if form.trip_id and (trip is None or trip.id != form.trip_id):
        raise Conflict(lazy("This trip has been ended already. Load the page again."))
    if trip is not None and not form.trip_id:
        raise Conflict(lazy("This vehicle is out on a trip. Load the page again and end that trip."))
    take_reading(vehicle, form.km, deed, sure=form.sure)
    trip_id = _end(trip, form, deed) if trip else _without_start(vehicle, form, deed)
    data = None if trip else {"start": "unknown"}
    note(vehicle, EntryKind.RETURNED, form.id, deed, sure=form.sure, trip_id=trip_id, km=form.km, text=form.route,
         data=data)  # fmt: skip
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def keeps_in(standing: Standing, *, urgent: bool) -> tuple[Block, ...]:
    """What keeps this vehicle from this trip."""
    checked = standing.checked_urgent if urgent else standing.checked
    return standing.blocks if checked else (*standing.blocks, Block.NO_CHECK)


def _refuse_second(vehicle: Vehicle, deed: Deed) -> None:
    out = open_trips([vehicle.point_id]).get(vehicle.point_id)
    if out is not None:
        name = out.driver or out.driver_id
        raise Conflict(lazy("This vehicle is out with %(name)s. End that trip first.", name=name), problem="trip-open")
    if trip_of_driver(deed.who.id) is not None:
        raise Conflict(lazy("You are out with another vehicle. End that trip first."), problem="trip-open")


def _urgent(vehicle: Vehicle, form: Departure) -> bool:
    """As the order says; without one as the driver says."""
    if not form.event_id:
        return form.urgent
    event = event_by_id(form.event_id)
    if event is None or event.point_id != vehicle.point_id or event.kind not in TRIP_KINDS or event.cancelled_at:
        sentence = lazy("This order is not for this vehicle, or it was cancelled. Load the page again.")
        raise Invalid(sentence, fields={"event": sentence})
    return event.kind == EventKind.URGENT_DISPATCH


def _stays(keeps: Sequence[Block]) -> object:
    return lazy("This vehicle may not go out: %(why)s.", why="；".join(str(BLOCKS[block]) for block in keeps))


def _ad_hoc(vehicle: Vehicle, form: Departure, deed: Deed) -> str:
    """A trip without an order is an event like any other, so that the check after it is asked for."""
    event_id = f"dp-{form.id}"[:40]
    facts = {"dispatch.driver": deed.who.id, "dispatch.purpose": form.purpose}
    new = NewEvent(event_id, EventKind.DISPATCH, vehicle.point_id, deed.at, None, facts)
    put_event(new, deed.who.id, deed.zone, deed.at)
    return event_id


def _purpose(event_id: str) -> str:
    event = event_by_id(event_id)
    return str(event.facts.get("dispatch.purpose", ""))[:200] if event else ""


def _end(trip: Trip, form: Return, deed: Deed) -> str:
    if not end_trip(trip.id, deed.at, form.km, form.route):
        raise Conflict(lazy("This trip has been ended already. Load the page again."))
    event = event_by_id(trip.event_id) if trip.event_id else None
    if event is not None and event.cancelled_at is None:
        move_event(event.id, min(event.starts_at, deed.at), deed.at, deed.who.id, deed.zone, deed.at)
    return trip.id


def _without_start(vehicle: Vehicle, form: Return, deed: Deed) -> str:
    """补录: nobody noted the start; the check after the trip is asked for all the same."""
    trip_id, event_id = str(uuid.uuid4()), f"dp-{form.id}"[:40]
    facts = {"dispatch.driver": deed.who.id, "dispatch.purpose": form.route}
    new = NewEvent(event_id, EventKind.DISPATCH, vehicle.point_id, deed.at - AT_LEAST, deed.at, facts)
    put_event(new, deed.who.id, deed.zone, deed.at)
    insert_trip(
        id=trip_id, point_id=vehicle.point_id, driver_id=deed.who.id, event_id=event_id, number="", purpose="",
        route=form.route, urgent=False, started_at=None, start_km=None, returned_at=deed.at, end_km=form.km,
    )  # fmt: skip
    return trip_id
