"""How far a table has been looked through, so that a transaction that commits late is still found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

OVERLAP = timedelta(minutes=15)
"""A row stays in view this long after its neighbours were sealed: longer than any transaction of the program lasts."""
WHOLE_LOOK = timedelta(minutes=5)
"""A table in which new rows cannot be told from old ones is read as a whole, this often."""


@dataclass(frozen=True)
class Mark:
    """Everything up to `low` is done; `middle` is how far it was at `since`; `high` is how far it is now."""

    low: int
    middle: int
    high: int
    since: datetime


def advanced(mark: Mark, reached: int, now: datetime) -> Mark:
    """After a look that reached this far."""
    high = max(mark.high, reached)
    if now - mark.since < OVERLAP:
        return Mark(mark.low, mark.middle, high, mark.since)
    return Mark(mark.middle, mark.high, high, now)
