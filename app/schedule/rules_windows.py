"""Windows of a schedule as instants: local times and grace become spans; the start date is the business date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.days import ONE_DAY

LATE_AT_MOST = timedelta(hours=24)


class WindowKind(StrEnum):
    """A handover window is where two shifts meet."""

    REGULAR = "regular"
    HANDOVER = "handover"


@dataclass(frozen=True)
class Window:
    """Planned local times of one visit; the end falls `end_day_offset` days after the start date."""

    id: str
    start: time
    end: time
    end_day_offset: int
    grace_before_min: int
    grace_after_min: int
    profile: str
    kind: WindowKind
    expected_minutes: int | None
    label: str = ""


@dataclass(frozen=True)
class Trigger:
    """The window of an event: offsets in minutes from the anchor, the end from `due_anchor` where there is one."""

    anchor: str
    due_anchor: str | None
    open_offset_min: int
    due_offset_min: int
    grace_before_min: int
    grace_after_min: int
    profile: str
    kind: WindowKind


@dataclass(frozen=True)
class Span:
    """A window on a date: `opens_at` is start less grace before, `grace_end_at` is end plus grace after."""

    business_on: date
    opens_at: datetime
    start_at: datetime
    end_at: datetime
    grace_end_at: datetime


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first moment at which the site's clock shows this time or a later one, in UTC.

    A time that the clock skips in spring begins when the clock has jumped; one that comes twice counts at its first.
    """
    naive = datetime.combine(day, wall)
    while True:
        found = naive.replace(tzinfo=zone).astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) == naive:
            return found
        naive += timedelta(minutes=1)


def span_on(window: Window, day: date, zone: ZoneInfo) -> Span:
    """The window as it falls on a start date (rules MT-4)."""
    start = instant(day, window.start, zone)
    end = instant(day + window.end_day_offset * ONE_DAY, window.end, zone)
    return _with_grace(day, start, end, window.grace_before_min, window.grace_after_min)


def span_of_event(trigger: Trigger, anchors: Mapping[str, datetime], zone: ZoneInfo) -> Span | None:
    """[anchor + open offset, (due anchor or anchor) + due offset] with the trigger's own grace.

    None while an anchor is unknown, or when the end would come before the start.
    """
    opening, due = anchors.get(trigger.anchor), anchors.get(trigger.due_anchor or trigger.anchor)
    if opening is None or due is None:
        return None
    start = opening + timedelta(minutes=trigger.open_offset_min)
    end = due + timedelta(minutes=trigger.due_offset_min)
    if end < start:
        return None
    business_on = start.astimezone(zone).date()
    return _with_grace(business_on, start, end, trigger.grace_before_min, trigger.grace_after_min)


def window_key(business_on: date, schedule_id: str, window_id: str) -> str:
    """`DATE/SCHEDULE/WINDOW` of the contract."""
    return f"{business_on.isoformat()}/{schedule_id}/{window_id}"


def event_key(business_on: date, schedule_id: str, event_id: str) -> str:
    """`DATE/SCHEDULE/e:EVENT` of the contract."""
    return f"{business_on.isoformat()}/{schedule_id}/e:{event_id}"


def window_reference(code: str, key: str) -> str:
    """CODE/SCHEDULE/WINDOW of a window key, or CODE/SCHEDULE where an event made it, as rounds name it."""
    _, schedule_id, window_id = key.split("/", 2)
    return f"{code}/{schedule_id}" if window_id.startswith("e:") else f"{code}/{schedule_id}/{window_id}"


def reference_parts(reference: str) -> tuple[str, str, str | None]:
    """Code, schedule and window of a reference; an event schedule has no window."""
    code, schedule_id, *window = reference.split("/")
    return code, schedule_id, window[0] if window else None


def expire_at(grace_end_at: datetime, next_start_at: datetime | None) -> datetime:
    """Until when a late check still fills the window (rules MT-1).

    The end of grace, or later: the next window of the same point, standard and schedule, but at most 24 hours.
    """
    latest = grace_end_at + LATE_AT_MOST
    if next_start_at is not None:
        latest = min(latest, next_start_at)
    return max(grace_end_at, latest)


def _with_grace(business_on: date, start: datetime, end: datetime, before_min: int, after_min: int) -> Span:
    return Span(
        business_on=business_on,
        opens_at=start - timedelta(minutes=before_min),
        start_at=start,
        end_at=end,
        grace_end_at=end + timedelta(minutes=after_min),
    )
