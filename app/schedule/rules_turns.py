"""Two meetings in one room with little time between: it is turned quickly (快速翻台, standard JGSW05002.03)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from app.schedule.rules_schedules import Schedule
from app.schedule.rules_windows import Span

STARTS, ENDS = "meeting.start_at", "meeting.end_at"
READY_BEFORE = timedelta(minutes=30)
TURN_PROFILE, TURN_LABEL = "turn", "快速翻台"


class Booked(Protocol):
    """What a meeting says of itself."""

    @property
    def id(self) -> str:
        """Its name in the plan."""

    @property
    def point_id(self) -> str | None:
        """Where it is."""

    @property
    def anchors(self) -> Mapping[str, datetime]:
        """When it starts and ends."""


@dataclass(frozen=True)
class Between:
    """When the meeting before leaves the room, and when the one after starts."""

    freed_at: datetime | None = None
    next_at: datetime | None = None


def neighbours(events: Iterable[Booked]) -> dict[str, Between]:
    """What stands before and after each meeting in its room."""
    by_room: dict[str, list[Booked]] = defaultdict(list)
    for event in events:
        if event.point_id is not None and STARTS in event.anchors:
            by_room[event.point_id].append(event)
    found: dict[str, Between] = {}
    for meetings in by_room.values():
        meetings.sort(key=lambda each: (each.anchors[STARTS], each.id))
        for place, meeting in enumerate(meetings):
            following = meetings[place + 1].anchors[STARTS] if place + 1 < len(meetings) else None
            before = max((each.anchors.get(ENDS, each.anchors[STARTS]) for each in meetings[:place]), default=None)
            found[meeting.id] = Between(before and min(before, meeting.anchors[STARTS]), following)
    return found


def fitted(schedule: Schedule, span: Span, event: Booked, between: Between | None) -> tuple[Schedule, Span] | None:
    """The window as the meetings around it allow; None where they leave no time at all.

    Restoring is a quick turn once it would reach into the half hour before the next meeting: it is due by then, or by
    its start where not even that is left. What comes before a meeting waits until the one before has gone.
    """
    anchor = schedule.trigger.anchor if schedule.trigger else ""
    if between is None or anchor not in (STARTS, ENDS):
        return schedule, span
    if anchor == ENDS:
        return _turned(schedule, span, between.next_at)
    return _waiting(schedule, span, between.freed_at, event.anchors[STARTS])


def _turned(schedule: Schedule, span: Span, next_at: datetime | None) -> tuple[Schedule, Span] | None:
    if next_at is None or span.end_at <= next_at - READY_BEFORE:
        return schedule, span
    end = next_at - READY_BEFORE if next_at - READY_BEFORE > span.start_at else next_at
    if end <= span.start_at or schedule.trigger is None:
        return None
    quick = replace(schedule, label=TURN_LABEL, trigger=replace(schedule.trigger, profile=TURN_PROFILE))
    return quick, replace(span, end_at=end, grace_end_at=end)


def _waiting(
    schedule: Schedule, span: Span, freed_at: datetime | None, starts_at: datetime
) -> tuple[Schedule, Span] | None:
    if freed_at is None or freed_at <= span.opens_at:
        return schedule, span
    start = max(span.start_at, freed_at)
    end = span.end_at if span.end_at > start else starts_at
    if end <= start:
        return None
    return schedule, replace(
        span, opens_at=freed_at, start_at=start, end_at=end, grace_end_at=max(end, span.grace_end_at)
    )
