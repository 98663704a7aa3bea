"""Events that trigger windows: which anchors a kind of event sets, and the breaks of the calendar itself."""

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.days import ONE_DAY, days_between
from app.schedule.rules_days import (
    Calendar,
    is_workday,
    off_days_after,
    off_days_before,
)
from app.schedule.rules_plan import Event
from app.schedule.rules_windows import instant

FIRST_WORKDAY_STARTS = time(8, 0)
LAST_WORKDAY_ENDS = time(17, 30)


class EventKind(StrEnum):
    """Kinds of events that the event table takes."""

    MEETING = "meeting"
    DISPATCH = "dispatch"
    URGENT_DISPATCH = "urgent_dispatch"
    PRINT_JOB = "print_job"
    SERVICE_DUE = "service_due"
    RAIN_SNOW = "rain_snow"
    WARNING_LIFTED = "warning_lifted"
    OFFLINE_HOURS = "offline_hours"


ANCHORS: dict[EventKind, tuple[str, str | None]] = {
    EventKind.MEETING: ("meeting.start_at", "meeting.end_at"),
    EventKind.DISPATCH: ("dispatch.depart_at", "dispatch.return_at"),
    EventKind.URGENT_DISPATCH: ("dispatch.urgent_at", "dispatch.return_at"),
    EventKind.PRINT_JOB: ("print_job.accepted_at", None),
    EventKind.SERVICE_DUE: ("vehicle.odometer_since_service_km_4500", None),
    EventKind.RAIN_SNOW: ("weather.rain_snow_start_at", None),
    EventKind.WARNING_LIFTED: ("weather.warning_lifted_at", None),
    EventKind.OFFLINE_HOURS: ("room.offline_from", "room.offline_to"),
}


# What a person enters; the others come from their own pages.
BY_HAND = (EventKind.RAIN_SNOW, EventKind.WARNING_LIFTED, EventKind.PRINT_JOB)


def anchors_of(kind: EventKind, starts_at: datetime, ends_at: datetime | None) -> dict[str, datetime]:
    """The anchors that an event sets; one without an end leaves the windows that wait for it unmade."""
    opening, due = ANCHORS[kind]
    anchors = {opening: starts_at}
    if due is not None and ends_at is not None:
        anchors[due] = ends_at
    return anchors


def breaks(calendar: Calendar, first: date, last: date, zone: ZoneInfo) -> Iterator[Event]:
    """The calendar's own events: the last workday before and the first after a long break.

    A break is long when an official holiday lies in it: a weekend alone has two days, so three days off hold one.
    """
    for day in days_between(first, last + ONE_DAY):
        if not is_workday(day, calendar):
            continue
        if _is_long(day + ONE_DAY, off_days_after(day, calendar), calendar):
            anchor = {"calendar.last_workday_end": instant(day, LAST_WORKDAY_ENDS, zone)}
            yield Event(id=f"break-from-{day.isoformat()}", point_id=None, anchors=anchor, on=day)
        before = off_days_before(day, calendar)
        if _is_long(day - before * ONE_DAY, before, calendar):
            anchor = {"calendar.first_workday_start": instant(day, FIRST_WORKDAY_STARTS, zone)}
            yield Event(id=f"break-to-{day.isoformat()}", point_id=None, anchors=anchor, on=day)


def _is_long(first_off: date, count: int, calendar: Calendar) -> bool:
    return any(first_off + step * ONE_DAY in calendar.holidays for step in range(count))
