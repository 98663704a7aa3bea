"""Reads of the service desk: places to choose from, leads to look at, trips to call back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from app import db
from app.accounts.models import Person
from app.feedback.models import FeedbackItem, FeedbackLead
from app.feedback.rules_complaints import DESK
from app.feedback.rules_desk import Place, trip_item
from app.organisations.queries import scope_of, within
from app.organisations.rules import Scope
from app.places.models import Point
from app.places.queries import points_within
from app.schedule.models import ScheduleEvent
from app.web.current import CurrentPerson

TRIP = "dispatch"
CALLED_WITHIN = timedelta(days=7)
MOST_TRIPS = 30
MOST_LEADS = 100


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip that has ended; drivers and trips get call-backs (rules SA-12)."""

    id: str
    vehicle: str
    starts_at: datetime
    ends_at: datetime
    contact: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A low rating with words, to be looked at within one workday (rules SA-11)."""

    item_id: str
    point: str
    words: str
    face: int
    at: datetime
    due_at: datetime
    looked_at: datetime | None
    looked_by: str | None
    outcome: str
    note: str


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
        Trip(row.id, row.name, row.starts_at, row.ends_at, str((row.facts or {}).get("booking.contact", "")))
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


def leads_for(person: CurrentPerson, *, waiting: bool) -> list[Lead]:
    """Leads in reach: those that wait by their limit, those looked at newest first."""
    order = FeedbackLead.due_at if waiting else FeedbackLead.looked_at.desc()
    looked = FeedbackLead.looked_at.is_(None) if waiting else FeedbackLead.looked_at.is_not(None)
    statement = (
        select(
            FeedbackLead.item_id, Point.name, FeedbackItem.words, FeedbackItem.face, FeedbackItem.at,
            FeedbackLead.due_at, FeedbackLead.looked_at, Person.name, FeedbackLead.outcome, FeedbackLead.note,
        )
        .join(FeedbackItem, FeedbackItem.id == FeedbackLead.item_id)
        .join(Point, Point.id == FeedbackLead.point_id)
        .outerjoin(Person, Person.id == FeedbackLead.looked_by_id)
        .where(looked, *_reach(person))
        .order_by(order)
        .limit(MOST_LEADS)
    )  # fmt: skip
    return [Lead(*row) for row in db.rows(statement)]


def lead_in_reach(item_id: str, person: CurrentPerson) -> bool:
    """Whether there is such a lead for this person."""
    return db.scalar(select(FeedbackLead.item_id).where(FeedbackLead.item_id == item_id, *_reach(person))) is not None


def _reach(person: CurrentPerson) -> list[ColumnElement[bool]]:
    if DESK in person.grants and not person.external:
        return []
    return within(scope_of(person), FeedbackLead.implementer_id, FeedbackLead.responsible_id)
