"""Reads of one event: as it stands, and its rows that have opened already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.schedule.models import Occurrence as Row
from app.schedule.models import ScheduleEvent
from app.schedule.rules_states import State


@dataclass(frozen=True)
class Standing:
    """An event as it is stored."""

    id: str
    kind: str
    point_id: str
    starts_at: datetime
    ends_at: datetime | None
    facts: Mapping[str, Any]
    cancelled_at: datetime | None


@dataclass(frozen=True)
class Opened:
    """A row of an event whose start has passed and that waits to be done; `begun` once somebody took it in hand."""

    id: int
    end_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    window_key: str
    standard_code: str
    begun: bool


def event_by_id(event_id: str) -> Standing | None:
    """The event, also a cancelled one."""
    columns = [getattr(ScheduleEvent, name) for name in Standing.__dataclass_fields__]
    found = db.row(select(*columns).where(ScheduleEvent.id == event_id))
    return Standing(*found) if found else None


def opened_rows(event_id: str, now: datetime) -> list[Opened]:
    """Rows of the event that have opened, are not done and can still be kept."""
    columns = (Row.id, Row.end_at, Row.grace_end_at, Row.expire_at, Row.window_key, Row.standard_code)
    statement = select(*columns, Row.claimed_by_id.is_not(None)).where(
        Row.event_id == event_id, Row.start_at <= now, Row.grace_end_at > now, Row.state == State.PLANNED
    )
    return [Opened(*row) for row in db.rows(statement)]
