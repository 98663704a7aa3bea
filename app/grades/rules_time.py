"""When a month is provisional, open to appeal, frozen (rules GR-10): pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.contractors.rules import closes_on
from app.days import ONE_DAY, next_month
from app.schedule.rules_days import Calendar, next_workday

GR10_WORKDAYS = 5
"""So many workdays after the month a unit or a person may appeal; then the figures freeze."""


class Phase(StrEnum):
    """PROVISIONAL 本月暂评, OPEN to appeals and disputes, FROZEN: later changes stand in an addendum."""

    PROVISIONAL = "provisional"
    OPEN = "open"
    FROZEN = "frozen"


def gr10_last_day(month: date, calendar: Calendar) -> date:
    """The last day on which an appeal is taken, never before contractors' disputes close."""
    day = next_month(month) - ONE_DAY
    for _ in range(GR10_WORKDAYS):
        day = next_workday(day, calendar)
    return max(day, closes_on(month))


def gr10_phase(month: date, today: date, last_day: date) -> Phase:
    """Of a month, on a day."""
    if today < next_month(month):
        return Phase.PROVISIONAL
    return Phase.OPEN if today <= last_day else Phase.FROZEN
