"""Reads of the service desk: places to choose from, trips to call back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app import db
from app.feedback.models import FeedbackItem
from app.feedback.rules_complaints import DESK
from app.feedback.rules_desk import Place, trip_item
from app.organisations.queries import scope_of
from app.organisations.rules import Scope
from app.places.models import Point
from app.places.queries import points_within
from app.schedule.models import ScheduleEvent
from app.web.current import CurrentPerson

TRIP = "dispatch"
CALLED_WITHIN = timedelta(days=7)
MOST_TRIPS = 30


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip that has ended; drivers and trips get call-backs (rules SA-12)."""

    id: str
    vehicle: str
    starts_at: datetime
    ends_at: datetime
    purpose: str


def places_for(person: CurrentPerson) -> list[Place]:
    """All points for the desk, for others those in reach; where nobody may know the name, the code stands for it."""
    scope = Scope(None, answering=True) if DESK in person.grants and not person.external else scope_of(person)
    found = points_within(scope)
    return [Place(each.id, each.code, each.name, f"{each.building} {each.floor}".strip()) for each in found]


def trips_to_call_back(now: datetime) -> list[Trip]:
    """Trips that ended in the last week and about which nobody was asked yet, oldest first."""
    statement = (
        select(ScheduleEvent.id, Point.name, ScheduleEvent.starts_at, ScheduleEvent.ends_at, ScheduleEvent.facts)
        .join(Point, Point.id == ScheduleEvent.point_id)
        .where(ScheduleEvent.kind == TRIP, ScheduleEvent.cancelled_at.is_(None))
        .where(ScheduleEvent.ends_at <= now, ScheduleEvent.ends_at > now - CALLED_WITHIN)
        .order_by(ScheduleEvent.ends_at)
        .limit(MOST_TRIPS)
    )
    ended = [
        Trip(row.id, row.name, row.starts_at, row.ends_at, str((row.facts or {}).get("dispatch.purpose", "")))
        for row in db.rows(statement)
    ]
    asked = select(FeedbackItem.id).where(FeedbackItem.id.in_([trip_item(each.id) for each in ended]))
    done = {row.id for row in db.rows(asked)} if ended else set()
    return [each for each in ended if trip_item(each.id) not in done]


def vehicle_of(event_id: str) -> str | None:
    """The point of a trip's vehicle; None when there is no such trip."""
    found: str | None = db.scalar(
        select(ScheduleEvent.point_id).where(ScheduleEvent.id == event_id, ScheduleEvent.kind == TRIP)
    )
    return found
