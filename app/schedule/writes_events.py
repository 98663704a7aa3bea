"""Inserts and updates of events; what became of one is only added to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import insert, update

from app.db import run
from app.schedule.models import ScheduleEvent, ScheduleEventChange


class Fresh(Protocol):
    """What an event says of itself."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def point_id(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def insert_event(event: Fresh) -> None:
    """A new event."""
    run(
        insert(ScheduleEvent).values(
            id=event.id,
            kind=str(event.kind),
            point_id=event.point_id,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            facts=dict(event.facts),
        )
    )


def update_event(event_id: str, **values: Any) -> None:
    """New values of an event that stands."""
    run(update(ScheduleEvent).where(ScheduleEvent.id == event_id).values(**values))


def insert_change(event_id: str, kind: str, by_id: str, at: datetime, data: Mapping[str, Any] | None) -> None:
    """A line of the event's history."""
    said = dict(data) if data is not None else None
    run(insert(ScheduleEventChange).values(event_id=event_id, kind=kind, by_id=by_id, at=at, data=said))
