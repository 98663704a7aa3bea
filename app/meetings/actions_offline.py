"""Deeds on hours kept offline (本时段按线下保密流程): the room is taken, nothing is asked, and nothing else is known.

Whether a meeting takes place, when, with whom and about what never comes here (rules DS-7): a paper card at the door
holds it. Afterwards only done or not done is noted.
"""

from dataclasses import dataclass
from datetime import date

from app.meetings.actions import Call, refuse_clash, room_for
from app.meetings.queries import booking_by_id, lock_room, said_of
from app.meetings.rules import Booking, Part, part_of
from app.places.queries import standards_here
from app.refusals import Conflict, Invalid, NotFound
from app.schedule.actions_closings import Closing, exempt_point
from app.schedule.actions_events import NewEvent, cancel_event, put_event
from app.schedule.actions_rows import follow_events
from app.schedule.queries_closings import closings_at
from app.schedule.rules_events import EventKind
from app.schedule.writes import shorten_exemption
from app.schedule.writes_events import insert_change
from app.web.words import lazy

REASON = "order"


@dataclass(frozen=True)
class OfflineWish:
    """Which room, which day, which part of it."""

    id: str
    point_id: str
    on: date
    part: Part


def keep_offline(wish: OfflineWish, call: Call) -> bool:
    """The room is kept for the offline procedure and its own checks are not due meanwhile; False when it is already."""
    room_for(wish.point_id, call)
    if booking_by_id(wish.id) is not None:
        return False
    starts_at, ends_at = part_of(wish.part, wish.on, call.zone)
    if ends_at <= call.now:
        sentence = lazy("That time is over. Choose a later day.")
        raise Invalid(sentence, fields={"day": sentence})
    lock_room(wish.point_id)
    refuse_clash(wish.point_id, starts_at, ends_at, call.zone)
    new = NewEvent(wish.id, EventKind.OFFLINE_HOURS, wish.point_id, starts_at, ends_at)
    put_event(new, call.who.id, call.zone, call.now)
    codes = tuple(each.standard_code for each in standards_here(wish.point_id))
    exempt_point(Closing(wish.point_id, codes, starts_at, ends_at, REASON), call.who.id, call.now)
    return True


def lift_offline(booking_id: str, call: Call) -> bool:
    """The hours are free again; False when they were before. Raises Conflict once they are over."""
    hours = offline_for(booking_id, call)
    if hours.cancelled_at is not None:
        return False
    if hours.ends_at <= call.now:
        raise Conflict(lazy("These hours are over."))
    for closing_id in closings_at(hours.point_id, hours.ends_at, REASON):
        shorten_exemption(closing_id, call.now)
    cancel_event(hours.id, call.who.id, call.zone, call.now)
    follow_events((), {hours.point_id}, call.zone, call.now)
    return True


def say(booking_id: str, done: bool, call: Call) -> bool:
    """Noted afterwards: done or not done, nothing more. The same word again changes nothing; a new one is added."""
    hours = offline_for(booking_id, call)
    if hours.cancelled_at is not None or call.now < hours.starts_at:
        raise Conflict(lazy("This can be noted once the hours have begun."))
    if said_of([hours.id]).get(hours.id) is done:
        return False
    insert_change(hours.id, "said", call.who.id, call.now, {"done": done})
    return True


def offline_for(booking_id: str, call: Call) -> Booking:
    """Hours kept offline in a room that the person reaches; raises NotFound."""
    hours = booking_by_id(booking_id)
    if hours is None or not hours.offline:
        raise NotFound(lazy("There is no such booking in your reach."))
    room_for(hours.point_id, call)
    return hours
