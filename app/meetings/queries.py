"""Reads of rooms and their bookings; a room is a point with a standard that waits for meetings, whatever its kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.meetings.rules import Booking
from app.organisations.queries import scope_of, within
from app.places.models import Building, Point, PointStandard
from app.schedule.models import Occurrence, ScheduleEvent, ScheduleEventChange
from app.schedule.queries_plan import edition_plans
from app.schedule.rules_events import EventKind
from app.schedule.rules_turns import ENDS, STARTS
from app.schedule.rules_windows import Trigger
from app.web.current import CurrentPerson

KINDS = (EventKind.MEETING, EventKind.OFFLINE_HOURS)


@dataclass(frozen=True)
class Room:
    """A room that can be booked."""

    id: str
    code: str
    name: str
    building: str
    seats: int | None
    av: bool
    secure: bool


@dataclass(frozen=True)
class Work:
    """A window that a booking asks for and what became of it; `unsigned` still waits for the release."""

    id: int
    event_id: str
    code: str
    label: str
    profile: str
    start_at: datetime
    end_at: datetime
    state: str
    unsigned: bool
    signed: bool


@dataclass(frozen=True)
class Change:
    """A line of a booking's history."""

    kind: str
    at: datetime
    by: str
    data: Mapping[str, Any] | None


def meeting_codes() -> frozenset[str]:
    """The standards that wait for meetings, drafts aside."""
    return frozenset(plan.code for plan in edition_plans() if any(_waits(each.trigger) for each in plan.schedules))


def rooms_of(person: CurrentPerson) -> dict[str, Room]:
    """By id, in code order: the rooms that the person reaches."""
    statement = (
        select(Point.id, Point.code, Point.name, Building.name.label("building"), Point.attrs)
        .join(PointStandard, PointStandard.point_id == Point.id)
        .join(Building, Building.id == Point.building_id)
        .where(Point.active, PointStandard.standard_code.in_(meeting_codes()))
        .where(*within(scope_of(person), PointStandard.implementer_id, PointStandard.responsible_id))
        .order_by(Point.code)
    )
    return {row.id: _room(row) for row in db.rows(statement)}


def bookings_between(point_ids: Collection[str], first: datetime, last: datetime) -> list[Booking]:
    """What is on in these rooms between two instants, by start; the cancelled left out."""
    statement = (
        select(*_COLUMNS)
        .where(ScheduleEvent.point_id.in_(point_ids), ScheduleEvent.kind.in_(KINDS))
        .where(ScheduleEvent.cancelled_at.is_(None), ScheduleEvent.starts_at < last, ScheduleEvent.ends_at > first)
    )
    return [_booking(row) for row in db.rows(statement.order_by(ScheduleEvent.starts_at, ScheduleEvent.id))]


def booking_by_id(booking_id: str) -> Booking | None:
    """One booking, cancelled or not."""
    statement = select(*_COLUMNS).where(ScheduleEvent.id == booking_id, ScheduleEvent.kind.in_(KINDS))
    found = db.row(statement)
    return _booking(found) if found else None


def works_of(event_ids: Collection[str]) -> list[Work]:
    """The windows of these bookings, by start; those that are void left out."""
    columns = (
        Occurrence.id, Occurrence.event_id, Occurrence.standard_code, Occurrence.label, Occurrence.profile,
        Occurrence.start_at, Occurrence.end_at, Occurrence.state, Occurrence.awaiting_signature, Occurrence.signed,
    )  # fmt: skip
    statement = select(*columns).where(Occurrence.event_id.in_(event_ids), Occurrence.state != "void")
    return [Work(*row) for row in db.rows(statement.order_by(Occurrence.start_at, Occurrence.id))]


def begun(event_id: str, now: datetime) -> bool:
    """Whether a window of the booking has opened already."""
    statement = select(Occurrence.id).where(Occurrence.event_id == event_id, Occurrence.start_at <= now)
    return db.row(statement.where(Occurrence.state != "void").limit(1)) is not None


def changes_of(booking_id: str) -> list[Change]:
    """Its history, oldest first."""
    statement = (
        select(ScheduleEventChange.kind, ScheduleEventChange.at, Person.name, ScheduleEventChange.data)
        .outerjoin(Person, Person.id == ScheduleEventChange.by_id)
        .where(ScheduleEventChange.event_id == booking_id)
        .order_by(ScheduleEventChange.id)
    )
    return [Change(row[0], row[1], row[2] or "", row[3]) for row in db.rows(statement)]


def said_of(booking_ids: Collection[str]) -> dict[str, bool]:
    """Of hours kept offline: what was noted last, done or not done."""
    statement = select(ScheduleEventChange.event_id, ScheduleEventChange.data).where(
        ScheduleEventChange.event_id.in_(booking_ids), ScheduleEventChange.kind == "said"
    )
    return {
        row.event_id: (row.data or {}).get("done") is True
        for row in db.rows(statement.order_by(ScheduleEventChange.id))
    }


def lock_room(point_id: str) -> None:
    """Whoever books this room at the same moment waits: two never get the same hour."""
    db.row(select(Point.id).where(Point.id == point_id).with_for_update())


def preparing_minutes(point_ids: Collection[str], since: datetime) -> dict[str, list[float]]:
    """Minutes between claiming and handing in of what was done before meetings, by room (洪山礼堂 11.2)."""
    opening = [
        plan.code
        for plan in edition_plans()
        if any(
            each.trigger and each.trigger.anchor == STARTS and not each.trigger.due_anchor for each in plan.schedules
        )
    ]
    statement = select(Occurrence.point_id, Occurrence.claimed_at, Occurrence.done_at).where(
        Occurrence.point_id.in_(point_ids), Occurrence.standard_code.in_(opening), Occurrence.event_id.is_not(None),
        Occurrence.done_at >= since, Occurrence.claimed_at.is_not(None), func.coalesce(Occurrence.check_id, "") != "",
    )  # fmt: skip
    found: dict[str, list[float]] = {}
    for row in db.rows(statement):
        found.setdefault(row.point_id, []).append((row.done_at - row.claimed_at).total_seconds() / 60)
    return found


_COLUMNS = (
    ScheduleEvent.id,
    ScheduleEvent.kind,
    ScheduleEvent.point_id,
    ScheduleEvent.starts_at,
    ScheduleEvent.ends_at,
    ScheduleEvent.facts,
    ScheduleEvent.cancelled_at,
)


def _waits(trigger: Trigger | None) -> bool:
    return trigger is not None and trigger.anchor in (STARTS, ENDS)


def _room(row: Any) -> Room:
    seats = row.attrs.get("seats")
    return Room(
        row.id,
        row.code,
        row.name,
        row.building,
        seats if isinstance(seats, int) else None,
        row.attrs.get("av") is True,
        row.attrs.get("secure") is True,
    )


def _booking(row: Any) -> Booking:
    facts = row.facts or {}
    people = facts.get("booking.people")
    return Booking(
        id=row.id,
        point_id=row.point_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at or row.starts_at,
        people=people if isinstance(people, int) else None,
        name_cards=facts.get("booking.has_name_cards") is True,
        av=facts.get("booking.has_av") is True,
        offline=row.kind == EventKind.OFFLINE_HOURS,
        cancelled_at=row.cancelled_at,
    )
