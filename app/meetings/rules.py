"""Bookings of rooms as plain data: when they clash, what lengths are offered, and the hours kept offline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

LENGTHS = (30, 60, 90, 120, 180)
EXTENSION = timedelta(minutes=30)
LONGEST = timedelta(hours=14)
DAYS_AHEAD = 400
# Somebody who enters a meeting while it is being called to order is not refused.
BEGUN_AT_MOST = timedelta(minutes=15)
MOST_PEOPLE = 9999
_REISSUED = UUID("6f3f6a52-6f0e-4d53-8f1b-6f3c1f5f0b11")


class Part(StrEnum):
    """Which part of a day a room is kept for the offline procedure; nothing more is ever known (rules DS-7)."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    DAY = "day"


PARTS: dict[Part, tuple[time, time]] = {
    Part.MORNING: (time(7, 0), time(12, 30)),
    Part.AFTERNOON: (time(12, 30), time(19, 0)),
    Part.DAY: (time(7, 0), time(19, 0)),
}


class Fault(StrEnum):
    """Why times do not hold."""

    PAST = "past"
    TOO_FAR = "too_far"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"


@dataclass(frozen=True)
class Booking:
    """A room from when to when; `offline` hours say nothing but that the room is taken."""

    id: str
    point_id: str
    starts_at: datetime
    ends_at: datetime
    people: int | None = None
    name_cards: bool = False
    av: bool = False
    offline: bool = False
    cancelled_at: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Whether it runs now."""
        return self.cancelled_at is None and self.starts_at <= now < self.ends_at

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended, or was cancelled."""
        return self.cancelled_at is not None or self.ends_at <= now


def fault_of(starts_at: datetime, ends_at: datetime, now: datetime) -> Fault | None:
    """What speaks against these times for a new or moved booking."""
    if ends_at <= starts_at:
        return Fault.BACKWARDS
    if starts_at < now - BEGUN_AT_MOST:
        return Fault.PAST
    if ends_at - starts_at > LONGEST:
        return Fault.TOO_LONG
    return Fault.TOO_FAR if starts_at > now + timedelta(days=DAYS_AHEAD) else None


def clash(others: Iterable[Booking], starts_at: datetime, ends_at: datetime, own_id: str = "") -> Booking | None:
    """The first booking that shares a minute with these times; one that ends as the other starts does not."""
    inside = [
        each
        for each in others
        if each.id != own_id and each.cancelled_at is None and each.starts_at < ends_at and starts_at < each.ends_at
    ]
    return min(inside, key=lambda each: each.starts_at, default=None)


def part_of(part: Part, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants of a part of a day."""
    first, last = PARTS[part]
    return datetime.combine(on, first, zone), datetime.combine(on, last, zone)


def reissued(event_id: str) -> str:
    """The id under which a meeting goes on that moved after work for it had begun; the same move gives the same id."""
    return str(uuid5(_REISSUED, event_id))


def imported_id(origin: str) -> str:
    """The id of a meeting that a file names in its own way: the name itself, which may tell, is not kept."""
    return str(uuid5(_REISSUED, f"import:{origin}"))


def next_start(now: datetime, zone: ZoneInfo) -> datetime:
    """The next full or half hour at least ten minutes from now, for the form."""
    soon = now.astimezone(zone).replace(second=0, microsecond=0) + timedelta(minutes=10)
    return soon + timedelta(minutes=-soon.minute % 30)


def median_minutes(spans: Iterable[float]) -> float | None:
    """The middle of how many minutes preparing took (洪山礼堂 11.2); None of none."""
    sorted_spans = sorted(spans)
    if not sorted_spans:
        return None
    middle = len(sorted_spans) // 2
    if len(sorted_spans) % 2:
        return sorted_spans[middle]
    return (sorted_spans[middle - 1] + sorted_spans[middle]) / 2
