"""When a month is provisional, open to appeal, frozen (rules GR-10): pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.contractors.rules import closes_on
from app.days import ONE_DAY, next_month
from app.schedule.rules_days import Calendar, next_workday

GR10_WORKDAYS = 5
"""So many workdays after the month, or after a decision, a unit or a person may appeal; the figures do not wait."""


class Phase(StrEnum):
    """PROVISIONAL 本月暂评, OPEN to appeals and disputes, FROZEN: later changes stand in an addendum."""

    PROVISIONAL = "provisional"
    OPEN = "open"
    FROZEN = "frozen"


def gr10_last_day(month: date, calendar: Calendar) -> date:
    """The last day on which an appeal is taken, never before contractors' disputes close."""
    return max(_workdays_after(next_month(month) - ONE_DAY, calendar), closes_on(month))


def gr10_appeals_until(last_day: date, heard_on: date, calendar: Calendar) -> date:
    """The last day for an appeal against a decision: five workdays after it, also once the month is frozen."""
    return max(last_day, _workdays_after(heard_on, calendar))


def gr10_answer_by(last_day: date, appealed_on: date, calendar: Calendar) -> date:
    """Before the month freezes; an appeal made later leaves the evaluation group as many workdays."""
    return last_day if appealed_on <= last_day else _workdays_after(appealed_on, calendar)


def _workdays_after(day: date, calendar: Calendar) -> date:
    for _ in range(GR10_WORKDAYS):
        day = next_workday(day, calendar)
    return day


def gr10_phase(month: date, today: date, last_day: date) -> Phase:
    """Of a month, on a day."""
    if today < next_month(month):
        return Phase.PROVISIONAL
    return Phase.OPEN if today <= last_day else Phase.FROZEN
