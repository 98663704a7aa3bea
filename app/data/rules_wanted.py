"""Which rows are wanted: the question as data, checked, with its limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from app.days import ONE_DAY, begins
from app.organisations.rules import Scope

MOST_DAYS = 366
USUAL_DAYS = 31
MOST_ROWS = 500_000
"""Of one file; a sheet of Excel could hold twice as many."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days are business dates, both ends included; `unit` is the executing unit and all below it.

    `received_from` leaves out what the server had before: for programs that fetch what is new.
    """

    first: date
    last: date
    unit: str = ""
    standard: str = ""
    point: str = ""
    received_from: datetime | None = None

    def question(self, name: str) -> dict[str, Any]:
        """Everything that decides which rows there are, as plain data."""
        since = self.received_from.isoformat() if self.received_from else ""
        return {"set": name, "from": str(self.first), "to": str(self.last), "received_from": since} | {
            each: getattr(self, each) for each in ("unit", "standard", "point")
        }

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The first midnight and the one that ends the last day, at the site."""
        return begins(self.first, zone), begins(self.last + ONE_DAY, zone)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the asker may see, and of it the units asked for (None: no unit asked for)."""

    scope: Scope
    units: frozenset[str] | None
    zone: tzinfo


def too_long(first: date, last: date) -> bool:
    """More than a year, leap day included."""
    return (last - first).days >= MOST_DAYS
