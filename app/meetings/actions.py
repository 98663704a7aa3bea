"""Deeds on bookings: book, move, take longer, end early, cancel; what is due follows in the same transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.meetings.queries import begun, booking_by_id, bookings_between, lock_room, rooms_of
from app.meetings.rules import EXTENSION, Booking, clash, fault_of, reissued
from app.meetings.rules_words import FAULT_WORDS
from app.refusals import Conflict, Invalid, NotFound, Stale
from app.schedule.actions_events import NewEvent, cancel_event, move_event, put_event
from app.schedule.rules_events import EventKind
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

BOOKERS = (Role.SUPERVISOR, Role.CREW_LEADER)
STALE = lazy("This booking has changed meanwhile. Load the page again.")


@dataclass(frozen=True)
class Wish:
    """What a form asks for; `id` is made by the page, so that a retry is the same booking. No title, no names."""

    id: str
    point_id: str
    starts_at: datetime
    ends_at: datetime
    people: int | None = None
    name_cards: bool = False
    av: bool = False


@dataclass(frozen=True)
class Call:
    """Who asks, when, and the zone of the site."""

    who: CurrentPerson
    now: datetime
    zone: ZoneInfo


def book(wish: Wish, call: Call) -> bool:
    """A new booking; False when this one stands already. Raises NotFound, Invalid, or Conflict with the neighbour."""
    room_for(wish.point_id, call)
    standing = booking_by_id(wish.id)
    if standing is not None and standing.point_id == wish.point_id:
        return False
    _timely(wish.starts_at, wish.ends_at, call.now)
    lock_room(wish.point_id)
    refuse_clash(wish.point_id, wish.starts_at, wish.ends_at, call.zone)
    new = NewEvent(wish.id, EventKind.MEETING, wish.point_id, wish.starts_at, wish.ends_at, facts_of(wish))
    return put_event(new, call.who.id, call.zone, call.now)


def move(booking_id: str, starts_at: datetime, ends_at: datetime, was: tuple[datetime, datetime], call: Call) -> str:
    """New times; gives back the id that the booking goes by from now on.

    Work that has begun for the old hour stays with it; the booking then goes on under a new id with work of its own.
    Raises NotFound, Invalid, Conflict with the neighbour, or Stale when the page showed other times.
    """
    booking = booking_for(booking_id, call)
    heir = booking_by_id(reissued(booking.id))
    if heir is not None and (heir.starts_at, heir.ends_at) == (starts_at, ends_at):
        return heir.id
    if (booking.starts_at, booking.ends_at) == (starts_at, ends_at) and booking.cancelled_at is None:
        return booking.id
    _changeable(booking, was, call.now)
    _timely(starts_at, ends_at, call.now)
    lock_room(booking.point_id)
    refuse_clash(booking.point_id, starts_at, ends_at, call.zone, booking.id)
    if starts_at == booking.starts_at or not begun(booking.id, call.now):
        move_event(booking.id, starts_at, ends_at, call.who.id, call.zone, call.now)
        return booking.id
    return _go_on(booking, starts_at, ends_at, call)


def extend(booking_id: str, shown_end: datetime, call: Call) -> datetime:
    """延时: half an hour more than the page showed; the same press twice is one. Gives back the end.

    Raises Conflict with the neighbour's time, Stale when it ends at another time meanwhile.
    """
    booking, longer = booking_for(booking_id, call), shown_end + EXTENSION
    if booking.ends_at == longer and booking.cancelled_at is None:
        return longer
    _changeable(booking, (booking.starts_at, shown_end), call.now)
    lock_room(booking.point_id)
    refuse_clash(booking.point_id, booking.starts_at, longer, call.zone, booking.id)
    move_event(booking.id, booking.starts_at, longer, call.who.id, call.zone, call.now)
    return longer


def end_early(booking_id: str, shown_end: datetime, call: Call) -> datetime:
    """提前结束: over now, to the minute; again changes nothing. Raises Conflict before it has begun, or Stale."""
    booking = booking_for(booking_id, call)
    minute = call.now.replace(second=0, microsecond=0)
    if booking.is_over(call.now):
        return booking.ends_at
    if call.now < booking.starts_at:
        raise Conflict(lazy("This meeting has not begun. Cancel it or move it."))
    _changeable(booking, (booking.starts_at, shown_end), call.now)
    ends_at = max(minute, booking.starts_at + timedelta(minutes=1))
    move_event(booking.id, booking.starts_at, ends_at, call.who.id, call.zone, call.now)
    return ends_at


def cancel(booking_id: str, call: Call) -> bool:
    """Off; False when it was cancelled before. Raises Conflict once it is over: what was due then stays due."""
    booking = booking_for(booking_id, call)
    if booking.cancelled_at is not None:
        return False
    if booking.ends_at <= call.now:
        raise Conflict(lazy("This meeting is over and cannot be cancelled any more."))
    return cancel_event(booking.id, call.who.id, call.zone, call.now)


def booking_for(booking_id: str, call: Call) -> Booking:
    """A meeting in a room that the person reaches; raises NotFound."""
    booking = booking_by_id(booking_id)
    if booking is None or booking.offline:
        raise NotFound(lazy("There is no such booking in your reach."))
    room_for(booking.point_id, call)
    return booking


def refuse_clash(point_id: str, starts_at: datetime, ends_at: datetime, zone: ZoneInfo, own_id: str = "") -> None:
    """Raises Conflict that names when the neighbour has the room."""
    other = clash(bookings_between([point_id], starts_at, ends_at), starts_at, ends_at, own_id)
    if other is not None:
        raise Conflict(taken(other, zone), fields={"start": taken(other, zone)})


def taken(other: Booking, zone: ZoneInfo) -> object:
    """When the neighbour has the room, and on which day: more is not known."""
    first, last = other.starts_at.astimezone(zone), other.ends_at.astimezone(zone)
    return lazy(
        "The room is taken from %(start)s to %(end)s on %(day)s.",
        start=f"{first:%H:%M}",
        end=f"{last:%H:%M}",
        day=f"{first:%m-%d}",
    )


def facts_of(wish: Wish) -> dict[str, Any]:
    """What the steps of the standards ask of a booking; classified ones never come here (rules DS-7)."""
    facts: dict[str, Any] = {
        "booking.has_name_cards": wish.name_cards,
        "booking.has_av": wish.av,
        "booking.classified": False,
    }
    return facts | ({"booking.people": wish.people} if wish.people is not None else {})


def _go_on(booking: Booking, starts_at: datetime, ends_at: datetime, call: Call) -> str:
    wish = Wish(
        reissued(booking.id), booking.point_id, starts_at, ends_at, booking.people, booking.name_cards, booking.av
    )
    cancel_event(booking.id, call.who.id, call.zone, call.now)
    new = NewEvent(wish.id, EventKind.MEETING, wish.point_id, starts_at, ends_at, facts_of(wish))
    put_event(new, call.who.id, call.zone, call.now)
    return wish.id


def room_for(point_id: str, call: Call) -> None:
    """Raises NotFound where the person reaches no such room."""
    if point_id not in rooms_of(call.who):
        raise NotFound(lazy("There is no such room in your reach."))


def _changeable(booking: Booking, was: tuple[datetime, datetime], now: datetime) -> None:
    if booking.cancelled_at is not None:
        raise Conflict(lazy("This booking was cancelled."))
    if (booking.starts_at, booking.ends_at) != was:
        raise Stale(STALE)
    if booking.ends_at + EXTENSION <= now:
        raise Conflict(lazy("This meeting is over."))


def _timely(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    fault = fault_of(starts_at, ends_at, now)
    if fault is not None:
        name, sentence = FAULT_WORDS[fault]
        raise Invalid(sentence, fields={name: sentence})
