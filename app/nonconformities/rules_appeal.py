"""Until when an appeal has to be decided (rules NC-13)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.days import ONE_DAY, begins
from app.schedule.rules_days import Calendar, next_workday

WORKDAYS = 2


def decide_by(appealed_at: datetime, days: Calendar, zone: ZoneInfo) -> datetime:
    """The end of the second workday after the day of the appeal."""
    day = appealed_at.astimezone(zone).date()
    for _ in range(WORKDAYS):
        day = next_workday(day, days)
    return begins(day + ONE_DAY, zone)
