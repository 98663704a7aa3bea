"""How far up an overdue finding is told: rectifier, crew leader, supervisor, inspection group and leader."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum

from app.nonconformities.rules import time_allowed

AGAIN_AFTER = timedelta(days=1)


class Level(IntEnum):
    """Each is told in turn; the last hears of it again every day until it is closed."""

    NOBODY = 0
    RECTIFIER = 1
    CREW_LEADER = 2
    SUPERVISOR = 3
    INSPECTION = 4


def level_at(severity: str, due_at: datetime | None, now: datetime) -> Level:
    """At once, then after a quarter, a half and the whole of the time that was allowed."""
    if due_at is None or now <= due_at:
        return Level.NOBODY
    shares = (now - due_at) / time_allowed(severity)
    if shares >= 1:
        return Level.INSPECTION
    return Level.SUPERVISOR if shares >= 0.5 else Level.CREW_LEADER if shares >= 0.25 else Level.RECTIFIER


def day_of_delay(due_at: datetime, now: datetime) -> int:
    """Whole days since it was due: part of the key under which the last level is told again."""
    return max(0, (now - due_at) // AGAIN_AFTER)
