"""The demo's rooms, patrols and events: bookings of today and tomorrow and what happens to them, a night's route."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.meetings.actions import Call, Wish, book, cancel, extend, move
from app.meetings.actions_offline import OfflineWish, keep_offline
from app.meetings.rules import Part
from app.patrols.actions import RouteWish, lay_out
from app.refusals import Conflict
from app.schedule.actions_byhand import EventWish, enter
from app.schedule.rules_events import EventKind

NAMES = UUID("5c7a0d0e-3d0b-4f0e-9a53-0d6f0c1f2a77")
ROOMS = ("pt-028", "pt-030", "pt-031", "pt-032", "pt-029")
OFFICE_HOURS = range(8, 18)
HALF = timedelta(minutes=30)
PARKING = ("pt-043", "pt-046", "pt-045", "pt-044")


def play_events(zone: ZoneInfo, now: datetime) -> None:
    """By the meeting section, the guards, the caretakers and the print room, each within its own reach."""
    who = person_by_id("wk-20")
    if who is None:
        return
    call, today = Call(who, now, zone), now.astimezone(zone).date()
    _today(call, today)
    _tomorrow(call, today + timedelta(days=1))
    _night_route(now)
    _by_hand(zone, now)


def _today(call: Call, today: date) -> None:
    """One called at short notice that takes longer just now, and one this afternoon where it still lies ahead."""
    local = call.now.astimezone(call.zone)
    if local.hour in OFFICE_HOURS:
        begun = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0) - HALF
        notice = Call(call.who, begun - timedelta(minutes=20), call.zone)
        running = _booked("running", begun, 60, notice, people=9)
        if running:
            extend(running, begun + 2 * HALF, call)
    _booked("afternoon", datetime.combine(today, time(16, 30), call.zone), 60, call, people=12)


def _tomorrow(call: Call, day: date) -> None:
    """Two with an hour between (快速翻台), one moved, one cancelled, and a morning kept offline."""
    ten = datetime.combine(day, time(10), call.zone)
    turned = ("pt-029", *ROOMS)
    first = _booked("first", ten, 60, call, rooms=turned, people=30, name_cards=True, av=True)
    if first:
        _booked("second", ten + timedelta(hours=2), 60, call, rooms=turned, people=25, av=True)
    half_past_two = datetime.combine(day, time(14, 30), call.zone)
    moved = _booked("moved", half_past_two, 90, call, rooms=("pt-031", "pt-032"), people=14)
    if moved:
        times = (half_past_two, half_past_two + timedelta(minutes=90))
        move(moved, times[0] + HALF, times[1] + HALF, times, call)
    off = _booked("off", half_past_two, 60, call, rooms=("pt-032", "pt-028"))
    if off:
        cancel(off, call)
    keep_offline(OfflineWish(_id("offline"), "pt-033", day, Part.MORNING), call)


def _booked(
    name: str, starts: datetime, lasts: int, call: Call, rooms: tuple[str, ...] = ROOMS, **keys: int | bool
) -> str | None:
    """In the first of the rooms that is free; None when none is, or the hour is over."""
    if starts <= call.now and call.now - starts > HALF / 2:
        return None
    for room in rooms:
        wish = Wish(_id(name), room, starts, starts + timedelta(minutes=lasts), **keys)  # type: ignore[arg-type]
        try:
            book(wish, call)
        except Conflict:
            continue
        return wish.id
    return None


def _night_route(now: datetime) -> None:
    leader = person_by_id("wk-58")
    if leader:
        wish = RouteWish(_id("route"), "停车场巡查路线", "JGSW05006.01", PARKING, ordered=False, most_minutes=90)
        lay_out(wish, leader, now)


def _by_hand(zone: ZoneInfo, now: datetime) -> None:
    """It has begun to drizzle, and the print room has taken a job in."""
    for person_id, kind, since, places in (
        ("wk-19", EventKind.RAIN_SNOW, timedelta(minutes=5), ("ar-1-lobby", "ar-2-hall")),
        ("wk-27", EventKind.PRINT_JOB, timedelta(minutes=25), ("pt-037",)),
    ):
        who = person_by_id(person_id)
        if who:
            level = "blue" if kind is EventKind.RAIN_SNOW else ""
            enter(EventWish(_id(kind), kind, now - since, places, level), who, zone, now)


def _id(name: str) -> str:
    return str(uuid5(NAMES, name))
