"""Reads for the demo's vehicles: the trips behind and the way that each of them went."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import db
from app.demo.rules_odometers import NIGHT_CAR, NIGHT_KM, Odometers, Way, night_trip, way_of
from app.places.models import Point
from app.schedule.models import Occurrence, ScheduleEvent
from app.vehicles.queries_orders import KINDS


@dataclass(frozen=True)
class Sent:
    """A trip that was ordered."""

    id: str
    point_id: str
    driver_id: str
    starts_at: datetime
    ends_at: datetime


def sent_before(now: datetime) -> list[Sent]:
    """Trips that have begun, in time order."""
    columns = (ScheduleEvent.id, ScheduleEvent.point_id, ScheduleEvent.facts, ScheduleEvent.starts_at)
    begun = (ScheduleEvent.kind.in_(KINDS), ScheduleEvent.starts_at < now, ScheduleEvent.ends_at.is_not(None))
    found = db.rows(select(*columns, ScheduleEvent.ends_at).where(*begun).order_by(ScheduleEvent.starts_at))
    return [Sent(row[0], row[1], str((row[2] or {}).get("dispatch.driver", "")), row[3], row[4]) for row in found]


def history_since() -> datetime | None:
    """When the first window of a vehicle opened; other points have records of earlier months."""
    first = func.min(Occurrence.start_at, type_=Occurrence.start_at.type)
    of_vehicles = select(Point.id).where(Point.kind == "vehicle")
    found: datetime | None = db.scalar(select(first).where(Occurrence.point_id.in_(of_vehicles)))
    return found


def odometers(now: datetime, zone: ZoneInfo) -> Odometers:
    """The ways of all trips that have ended."""
    ways: dict[str, list[Way]] = {}
    for trip in sent_before(now):
        if trip.ends_at <= now:
            ways.setdefault(trip.point_id, []).append(Way(trip.ends_at, way_of(trip.id)))
    since = history_since()
    night = night_trip(now, since, zone) if since else None
    if night:
        ways.setdefault(NIGHT_CAR, []).append(Way(night[1], NIGHT_KM))
    return Odometers(ways)
