"""Deed: bookings of a file come in, all or none; the same file again changes nothing, a changed one moves them."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from app.db import atomically
from app.meetings.actions import Call, Wish, facts_of, taken
from app.meetings.queries import Room, booking_by_id, bookings_between, lock_room, rooms_of
from app.meetings.rules import Booking, clash, fault_of, imported_id, reissued
from app.meetings.rules_import import Entry, Reading, Trouble
from app.meetings.rules_words import FAULT_WORDS
from app.schedule.actions_events import NewEvent, cancel_event, move_event, put_events
from app.schedule.rules_events import EventKind
from app.web.words import lazy


@dataclass
class Brought:
    """What a file does, or would do: how many are new, moved, cancelled or the same; troubles stop all."""

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[Trouble] = field(default_factory=list)


class _Only(Exception):
    """Nothing is kept: a try, or a trouble."""


def bring(reading: Reading, room_id: str, call: Call, *, only_try: bool) -> Brought:
    """Take the bookings, or with `only_try` say what would happen; one trouble and nothing is kept.

    `room_id` is the room of entries that name none of ours. Opens its own transaction.
    """
    brought = Brought(troubles=list(reading.troubles))

    def work() -> None:
        _bring(reading.entries, room_id, call, brought)
        if only_try or brought.troubles:
            raise _Only

    with suppress(_Only):
        atomically(work)
    return brought


def _bring(entries: Sequence[Entry], room_id: str, call: Call, brought: Brought) -> None:
    brought.counts.clear()
    rooms = rooms_of(call.who)
    named = {name: room.id for room in rooms.values() for name in (room.id, room.code, room.name)}
    for point_id in sorted(rooms):
        lock_room(point_id)
    plan = _Plan(call, rooms, brought)
    for entry in entries:
        plan.take(entry, named.get(entry.room) or (room_id if room_id in rooms else None))
    put_events(plan.new, call.who.id, call.zone, call.now)


class _Plan:
    """The bookings of a file one by one against what stands, and against each other."""

    def __init__(self, call: Call, rooms: dict[str, Room], brought: Brought) -> None:
        self.call, self.brought, self.new = call, brought, list[NewEvent]()
        self.standing: dict[str, list[Booking]] = {}
        for each in bookings_between(list(rooms), call.now, call.now.replace(year=call.now.year + 2)):
            self.standing.setdefault(each.point_id, []).append(each)

    def take(self, entry: Entry, point_id: str | None) -> None:
        booking = _newest(imported_id(entry.origin))
        if entry.cancelled:
            self._cancel(booking)
            return
        if point_id is None:
            self._refuse(entry, lazy("No room of yours is called “%(room)s”.", room=entry.room))
            return
        if booking and booking.cancelled_at is None and _same(booking, entry, point_id):
            self.brought.counts["same"] += 1
            return
        self._place(entry, point_id, booking)

    def _place(self, entry: Entry, point_id: str, booking: Booking | None) -> None:
        fault = fault_of(entry.starts_at, entry.ends_at, self.call.now)
        if fault is not None:
            self._refuse(entry, FAULT_WORDS[fault][1])
            return
        others = self.standing.setdefault(point_id, [])
        other = clash(others, entry.starts_at, entry.ends_at, booking.id if booking else "")
        if other is not None:
            self._refuse(entry, taken(other, self.call.zone))
            return
        stays = booking is not None and booking.cancelled_at is None and booking.point_id == point_id
        self.brought.counts["moved" if booking and booking.cancelled_at is None else "new"] += 1
        if booking is not None and stays:
            self._forget(booking)
            move_event(booking.id, entry.starts_at, entry.ends_at, self.call.who.id, self.call.zone, self.call.now)
            others.append(Booking(booking.id, point_id, entry.starts_at, entry.ends_at))
            return
        if booking is not None:
            self._forget(booking)
            cancel_event(booking.id, self.call.who.id, self.call.zone, self.call.now)
        self._add(entry, point_id, reissued(booking.id) if booking else imported_id(entry.origin))

    def _add(self, entry: Entry, point_id: str, booking_id: str) -> None:
        wish = Wish(booking_id, point_id, entry.starts_at, entry.ends_at, entry.people, entry.name_cards, entry.av)
        kind = EventKind.MEETING
        self.new.append(NewEvent(wish.id, kind, point_id, wish.starts_at, wish.ends_at, facts_of(wish)))
        self.standing[point_id].append(Booking(wish.id, point_id, wish.starts_at, wish.ends_at))

    def _cancel(self, booking: Booking | None) -> None:
        if booking is None or booking.cancelled_at is not None or booking.ends_at <= self.call.now:
            self.brought.counts["same"] += 1
            return
        self._forget(booking)
        cancel_event(booking.id, self.call.who.id, self.call.zone, self.call.now)
        self.brought.counts["cancelled"] += 1

    def _forget(self, booking: Booking) -> None:
        others = self.standing.get(booking.point_id, [])
        self.standing[booking.point_id] = [each for each in others if each.id != booking.id]

    def _refuse(self, entry: Entry, sentence: object) -> None:
        self.brought.troubles.append(Trouble(entry.where, sentence))


def _newest(booking_id: str) -> Booking | None:
    """The booking as it goes on after moves that gave it a new id."""
    found = booking_by_id(booking_id)
    while found is not None and found.cancelled_at is not None:
        heir = booking_by_id(reissued(found.id))
        if heir is None:
            return found
        found = heir
    return found


def _same(booking: Booking, entry: Entry, point_id: str) -> bool:
    times = (booking.starts_at, booking.ends_at) == (entry.starts_at, entry.ends_at)
    return times and booking.point_id == point_id
