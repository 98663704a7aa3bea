"""Deeds on events (meetings, trips, jobs, warnings): put, move, cancel; the rows that they trigger follow at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.refusals import Conflict, Invalid, NotFound
from app.schedule.actions_rows import follow_events
from app.schedule.queries_events import Standing, event_by_id, opened_rows
from app.schedule.rules_events import EventKind
from app.schedule.rules_states import State
from app.schedule.writes import Note, move_state
from app.schedule.writes_events import insert_change, insert_event, update_event
from app.web.words import lazy


@dataclass(frozen=True)
class NewEvent:
    """What happens at a point from when to when; `id` is made by who asks, so that a retry is the same event."""

    id: str
    kind: EventKind
    point_id: str
    starts_at: datetime
    ends_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def put_event(new: NewEvent, by_id: str, zone: ZoneInfo, now: datetime) -> bool:
    """One event, see `put_events`."""
    return put_events([new], by_id, zone, now)


def put_events(new: Sequence[NewEvent], by_id: str, zone: ZoneInfo, now: datetime) -> bool:
    """Events and the rows that they trigger; False when all of them stood already with the same content.

    Raises Invalid when one ends before it starts, Conflict when its id is that of another event.
    """
    fresh = [event for event in new if not _stands(event)]
    for event in fresh:
        insert_event(event)
        insert_change(event.id, "put", by_id, now, _times(event.starts_at, event.ends_at))
    if fresh:
        follow_events({event.id for event in fresh}, {event.point_id for event in fresh}, zone, now)
    return bool(fresh)


def move_event(
    event_id: str, starts_at: datetime, ends_at: datetime | None, by_id: str, zone: ZoneInfo, now: datetime
) -> bool:
    """New times of an event; False when it has them already. Raises NotFound, Invalid, or Conflict once cancelled.

    Rows whose start has passed keep their values (contract), but a later end reaches who is at work: the window that
    lasts until the end of the event closes later, never earlier (standards.json: 会议延时随之顺延).
    """
    event = _on(event_id)
    if (event.starts_at, event.ends_at) == (starts_at, ends_at):
        return False
    _orderly(starts_at, ends_at)
    update_event(event_id, starts_at=starts_at, ends_at=ends_at)
    insert_change(
        event_id, "moved", by_id, now, _times(starts_at, ends_at) | {"was": _times(event.starts_at, event.ends_at)}
    )
    follow_events({event_id}, {event.point_id}, zone, now)
    return True


def cancel_event(event_id: str, by_id: str, zone: ZoneInfo, now: datetime) -> bool:
    """The event is off and what it asked for is void, unless somebody has begun with it or its time was over.

    False when it was cancelled before. Raises NotFound.
    """
    event = event_by_id(event_id)
    if event is None:
        raise NotFound(lazy("There is no such event."))
    if event.cancelled_at is not None:
        return False
    update_event(event_id, cancelled_at=now)
    insert_change(event_id, "cancelled", by_id, now, None)
    idle = [row.id for row in opened_rows(event_id, now) if not row.begun]
    move_state(idle, (State.PLANNED,), State.VOID, Note("void", now, by_id, {"event": event_id}))
    follow_events({event_id}, {event.point_id}, zone, now)
    return True


def _stands(event: NewEvent) -> bool:
    _orderly(event.starts_at, event.ends_at)
    found = event_by_id(event.id)
    if found is None:
        return False
    if (found.kind, found.point_id) != (event.kind, event.point_id):
        raise Conflict(lazy("This entry was made already with other content. Load the page again."))
    return True


def _on(event_id: str) -> Standing:
    event = event_by_id(event_id)
    if event is None:
        raise NotFound(lazy("There is no such event."))
    if event.cancelled_at is not None:
        raise Conflict(lazy("This has been cancelled already. Load the page again."))
    return event


def _orderly(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at < starts_at:
        raise Invalid(lazy("The end lies before the start."), fields={"ends": lazy("The end lies before the start.")})


def _times(starts_at: datetime, ends_at: datetime | None) -> dict[str, str | None]:
    return {"from": starts_at.isoformat(), "to": ends_at.isoformat() if ends_at else None}
