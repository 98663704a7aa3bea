"""Service by distance, monthly inspection by calendar, papers by date (rules VH-1, VH-8, VH-9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.days import previous_month

WARNS_BEFORE_KM = 500
"""A service every 5,000 km warns at 4,500."""
MONTHLY_GRACE = timedelta(days=2)
"""An inspection that may be put off by two days: the block begins that long after the first of the month."""
PAPERS_WARN = timedelta(days=30)


class Due(StrEnum):
    """Whether something is still far, near or over."""

    FAR = "far"
    NEAR = "near"
    OVER = "over"


def service_due(since_km: int, every_km: int) -> Due:
    """By the distance since the last service: from 4,500 of 5,000 km near, from 5,000 over."""
    if since_km >= every_km:
        return Due.OVER
    return Due.NEAR if since_km >= every_km - WARNS_BEFORE_KM else Due.FAR


def monthly_missing(today: date, inspected: Collection[date], known_since: date | None) -> date | None:
    """The month (its first day) whose inspection is missing and blocks now; None while nothing does.

    What is made up for this month counts: a vehicle inspected since is no longer in doubt. A month that the vehicle
    was not known for from its first day on is not asked for.
    """
    due = previous_month(today)
    if today < today.replace(day=1) + MONTHLY_GRACE:
        return None
    if known_since is None or known_since > due:
        return None
    return None if any(day >= due for day in inspected) else due


def papers_due(papers: Mapping[str, date], today: date) -> dict[str, Due]:
    """Yearly inspection and insurance: the day itself still holds, thirty days ahead warns."""
    found = {}
    for name, day in papers.items():
        if day < today:
            found[name] = Due.OVER
        elif day - today < PAPERS_WARN:
            found[name] = Due.NEAR
    return found
