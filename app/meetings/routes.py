"""Pages of meeting rooms: the day's board, a new booking, one booking with its work and its history."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.days import ONE_DAY, begins
from app.db import atomically
from app.meetings.actions import BOOKERS, Call, Wish, book
from app.meetings.actions_offline import OfflineWish, keep_offline
from app.meetings.forms import BookingForm, parse_booking, parse_date, parse_instant, parse_offline
from app.meetings.queries import (
    Room,
    booking_by_id,
    bookings_between,
    changes_of,
    preparing_minutes,
    rooms_of,
    said_of,
    works_of,
)
from app.meetings.rules import EXTENSION, LENGTHS, Booking, median_minutes, next_start
from app.meetings.rules_words import HISTORY_WORDS, PART_WORDS
from app.refusals import Conflict, Invalid, NotFound
from app.web.current import EVERYBODY, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
FIRST_HOUR, LAST_HOUR = 7, 21
MEDIAN_DAYS = 30


class _Open(Protocol):
    """A window of the work page."""

    @property
    def window(self) -> str | None:
        """Its key."""


@bp.app_template_global()
def meetings_on(windows: Iterable[_Open]) -> list[Booking]:
    """The meetings that asked for windows of the work page; a read only where an event made the window."""
    names = {each.window.rsplit("/e:", 1)[-1]: None for each in windows if each.window and "/e:" in each.window}
    found = [booking_by_id(name) for name in names]
    return [each for each in found if each is not None and not each.offline]


@bp.app_template_global()
def hours_offline(point_id: str) -> bool:
    """Whether the room is kept for the offline procedure just now."""
    now = clock.now()
    return any(each.offline for each in bookings_between([point_id], now, now + timedelta(seconds=1)))


@bp.app_template_filter("minute_of_day")
def minute_of_day(instant: datetime) -> int:
    """Minutes since midnight at the site, for drawings."""
    local = instant.astimezone(current_app.extensions["settings"].zone)
    return local.hour * 60 + local.minute


@bp.app_template_filter("local_iso")
def local_iso(text: str | None) -> str:
    """An instant kept as text in a history: 11-24 09:00 at the site."""
    found = parse_instant(text or "")
    return found.astimezone(current_app.extensions["settings"].zone).strftime("%m-%d %H:%M") if found else "—"


@bp.get("")
@guarded(*EVERYBODY)
def index() -> ResponseReturnValue:
    call = call_now()
    today = call.now.astimezone(call.zone).date()
    day = parse_date(request.args.get("day", "")) or today
    rooms = rooms_of(call.who)
    first = begins(day, call.zone)
    bookings = bookings_between(list(rooms), first, first + ONE_DAY)
    ids = [each.id for each in bookings]
    return render_template(
        "meetings/index.html",
        day=day,
        today=today,
        one_day=ONE_DAY,
        strips=[Strip(room, _of(bookings, room.id, first)) for room in rooms.values()],
        bookings=bookings,
        works=works_of(ids),
        said=said_of(ids),
        hours=range(FIRST_HOUR, LAST_HOUR + 1),
        may_book=call.who.role in BOOKERS,
        medians=_medians(list(rooms), call.now),
    )


@dataclass(frozen=True)
class Strip:
    """A room's day as a drawing: each booking with its left edge and width in minutes from the first hour."""

    room: Room
    blocks: list[tuple[Booking, int, int]]


@bp.get("/new")
@guarded(*BOOKERS)
def new() -> ResponseReturnValue:
    call = call_now()
    soon = next_start(call.now, call.zone)
    form = BookingForm(
        str(uuid.uuid4()), request.args.get("room", "")[:40], parse_date(request.args.get("day", "")) or soon.date(),
        soon.time().replace(tzinfo=None), 60, None, name_cards=False, av=False, zone=call.zone,
    )  # fmt: skip
    return _new_page(form, {})


@bp.post("")
@guarded(*BOOKERS)
def make() -> ResponseReturnValue:
    call = call_now()
    form = parse_booking(request.form, call.zone)
    if form.errors or form.starts_at is None or form.ends_at is None:
        return _new_page(form, form.errors), 422
    wish = Wish(form.id, form.point_id, form.starts_at, form.ends_at, form.people, form.name_cards, form.av)
    try:
        atomically(lambda: book(wish, call))
    except (Conflict, Invalid) as refused:
        return _new_page(form, refused.fields or {"start": refused.sentence}), refused.status
    flash(_("Booked. What is due before, during and after stands on the round."), "ok")
    return redirect(url_for("meetings.show", booking_id=form.id), 303)


@bp.post("/offline")
@guarded(*BOOKERS)
def make_offline() -> ResponseReturnValue:
    call, form = call_now(), parse_offline(request.form)
    if form.errors or form.day is None or form.part is None:
        raise Invalid(next(iter(form.errors.values())), fields=form.errors)
    wish = OfflineWish(form.id, form.point_id, form.day, form.part)
    atomically(lambda: keep_offline(wish, call))
    flash(_("The hours are kept. Nothing else is written down here."), "ok")
    return redirect(url_for("meetings.index", day=form.day.isoformat()), 303)


@bp.get("/<booking_id>")
@guarded(*EVERYBODY)
def show(booking_id: str) -> ResponseReturnValue:
    return booking_page(booking_id, {})


def booking_page(booking_id: str, errors: Mapping[str, object]) -> str:
    """One booking; raises NotFound out of reach."""
    call = call_now()
    booking = booking_by_id(booking_id)
    rooms = rooms_of(call.who)
    if booking is None or booking.point_id not in rooms:
        raise NotFound(lazy("There is no such booking in your reach."))
    return render_template(
        "meetings/show.html",
        booking=booking,
        room=rooms[booking.point_id],
        works=works_of([booking.id]),
        changes=changes_of(booking.id),
        said=said_of([booking.id]).get(booking.id),
        history=HISTORY_WORDS,
        lengths=LENGTHS,
        extension=EXTENSION,
        may_book=call.who.role in BOOKERS,
        errors=errors,
        typed=request.form,
        days=_days(call),
    )


def call_now() -> Call:
    """Who asks now."""
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return Call(person(), clock.now(), zone)


def _new_page(form: BookingForm, errors: Mapping[str, object]) -> str:
    call = call_now()
    rooms = rooms_of(call.who)
    first = begins(form.day or call.now.astimezone(call.zone).date(), call.zone)
    return render_template(
        "meetings/new.html",
        form=form,
        errors=errors,
        typed=request.form,
        rooms=rooms,
        days=_days(call),
        lengths=LENGTHS,
        taken=bookings_between(list(rooms), max(first, call.now), first + ONE_DAY),
        parts=PART_WORDS,
        fresh_id=str(uuid.uuid4()),
    )


def _days(call: Call) -> list[tuple[str, object]]:
    today = call.now.astimezone(call.zone).date()
    return [(today.isoformat(), lazy("Today")), ((today + ONE_DAY).isoformat(), lazy("Tomorrow"))]


def _of(bookings: list[Booking], room_id: str, midnight: datetime) -> list[tuple[Booking, int, int]]:
    found = []
    for each in bookings:
        if each.point_id == room_id:
            left = max(_minute(each.starts_at, midnight), FIRST_HOUR * 60) - FIRST_HOUR * 60
            right = min(_minute(each.ends_at, midnight), LAST_HOUR * 60) - FIRST_HOUR * 60
            if right > left:
                found.append((each, left, right - left))
    return found


def _minute(instant: datetime, midnight: datetime) -> int:
    return int((instant - midnight).total_seconds() // 60)


def _medians(point_ids: list[str], now: datetime) -> dict[str, tuple[float, int]]:
    found = preparing_minutes(point_ids, now - timedelta(days=MEDIAN_DAYS))
    return {
        room: (median, len(spans)) for room, spans in found.items() if (median := median_minutes(spans)) is not None
    }
