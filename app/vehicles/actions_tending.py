"""What the timer does for vehicles: late overrides, longer trips, readings that checks brought. Never commits."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.schedule.actions_events import move_event
from app.schedule.queries_events import event_by_id
from app.vehicles.actions_override import lapse
from app.vehicles.actions_state import rebuild
from app.vehicles.queries import all_vehicles
from app.vehicles.queries_checks import checked_since
from app.vehicles.queries_entries import all_open_trips, states_of

AHEAD, LONGER = timedelta(minutes=15), timedelta(hours=1)
TIMER = "timer"


def tend(now: datetime, zone: ZoneInfo) -> int:
    """Gives back how many overrides lapsed, trips were lengthened and vehicles were worked out anew."""
    return lapse(now, zone) + _lengthen(now, zone) + _follow_checks(now, zone)


def _lengthen(now: datetime, zone: ZoneInfo) -> int:
    """A trip that outlasts its order: the check after it is not due before the vehicle is back."""
    moved = 0
    for trip in all_open_trips():
        event = event_by_id(trip.event_id) if trip.event_id else None
        if event is None or event.cancelled_at is not None or event.ends_at is None or event.ends_at > now + AHEAD:
            continue
        moved += move_event(event.id, event.starts_at, now + LONGER, trip.driver_id, zone, now)
    return moved


def _follow_checks(now: datetime, zone: ZoneInfo) -> int:
    """Vehicles that a check has come in for since they were worked out."""
    vehicles = all_vehicles()
    states = states_of([each.point_id for each in vehicles])
    worked = 0
    for vehicle in vehicles:
        state = states.get(vehicle.point_id)
        if state is None or checked_since(state.built_at, [vehicle.point_id]):
            rebuild(vehicle, TIMER, now, zone)
            worked += 1
    return worked
