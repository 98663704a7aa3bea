"""What the timer does for vehicles: late overrides, longer trips, unused orders, readings of checks. Never commits."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.schedule.actions_events import cancel_event, move_event
from app.schedule.queries_events import event_by_id
from app.vehicles.actions_override import lapse
from app.vehicles.actions_state import rebuild
from app.vehicles.queries import all_vehicles
from app.vehicles.queries_checks import checked_since
from app.vehicles.queries_entries import all_open_trips, states_of
from app.vehicles.queries_orders import orders_between
from app.vehicles.rules_orders import LONGEST

AHEAD, LONGER = timedelta(minutes=15), timedelta(hours=1)
TIMER = "timer"


def tend(now: datetime, zone: ZoneInfo) -> int:
    """How many overrides lapsed, trips were lengthened, orders were over and vehicles were worked out anew."""
    return lapse(now, zone) + _lengthen(now, zone) + _drop_unused(now, zone) + _follow_checks(now, zone)


def _lengthen(now: datetime, zone: ZoneInfo) -> int:
    """A trip that outlasts its order: the check after it is not due before the vehicle is back."""
    moved = 0
    for trip in all_open_trips():
        event = event_by_id(trip.event_id) if trip.event_id else None
        if event is None or event.cancelled_at is not None or event.ends_at is None or event.ends_at > now + AHEAD:
            continue
        moved += move_event(event.id, event.starts_at, now + LONGER, trip.driver_id, zone, now)
    return moved


def _drop_unused(now: datetime, zone: ZoneInfo) -> int:
    """An order that nobody departed by is over with its time: no check after the trip is asked for."""
    orders = orders_between([each.point_id for each in all_vehicles()], now - LONGEST, now)
    unused = [each for each in orders if each.waits and each.ends_at is not None and each.ends_at <= now]
    return sum(cancel_event(each.id, TIMER, zone, now) for each in unused)


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
