"""What an address asks for, for every room that shows figures: a day, a month, a page, the records of a figure. Pure.

Nonsense falls back to what is usual, never to an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

FAR_DAYS = 366 * 5
RECORD_KEYS = ("unit", "point", "standard", "person", "helper", "outcome", "measure")


def day_in(text: str, today: date) -> date:
    """YYYY-MM-DD within five years, else today."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return today
    return day if abs((day - today).days) <= FAR_DAYS else today


def page_in(args: Mapping[str, str]) -> int:
    """The page number, 1 at least."""
    text = args.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def month_in(text: str, today: date) -> date:
    """The first day of YYYY-MM, else of this month."""
    return day_in(f"{text}-01", today).replace(day=1)


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """Which windows of a month: everything given must hold."""

    first: date
    unit: str = ""
    point: str = ""
    standard: str = ""
    person: str = ""
    helper: str = ""
    outcome: str = ""
    measure: str = ""
    day: date | None = None
    weekday: int | None = None
    hour: int | None = None
    page: int = 1

    def args(self, **changed: str | int) -> dict[str, Any]:
        """The address of this list with some things changed."""
        mine: dict[str, Any] = {"month": f"{self.first:%Y-%m}", "day": self.day.isoformat() if self.day else ""}
        mine |= {name: getattr(self, name) for name in RECORD_KEYS}
        mine |= {"weekday": self.weekday, "hour": self.hour}
        return {name: value for name, value in {**mine, **changed}.items() if value not in ("", None)}


def record_query(args: Mapping[str, str], today: date) -> RecordQuery:
    """What a figure's link says; nonsense is left out."""
    words = {name: args.get(name, "")[:60] for name in RECORD_KEYS}
    day = args.get("day", "")
    return RecordQuery(
        month_in(args.get("month", ""), today),
        **words,
        day=day_in(day, today) if day else None,
        weekday=_number(args.get("weekday", ""), 6),
        hour=_number(args.get("hour", ""), 23),
        page=page_in(args),
    )


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= most else None
