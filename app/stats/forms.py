"""What the addresses of log and month carry, as values; nonsense falls back to what is usual, never to an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from app.stats.rules_log import LogFilter
from app.stats.rules_month import BY, LINES_A_PAGE, SORTS, Cut

LOG_VIEWS = ("board", "list", "photos", "missed", "late", "short", "unable", "signatures", "findings", "extra")
FAR_DAYS = 366 * 5


@dataclass(frozen=True, slots=True)
class LogQuery:
    """`view` is empty when the reader chose none: board at the desk, list on the phone."""

    day: date
    view: str
    wanted: LogFilter
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return not self.wanted.is_empty

    def args(self, **changed: str | int) -> dict[str, Any]:
        """The address of this page with some things changed; what is empty is left out."""
        mine = {"day": self.day.isoformat(), "view": self.view}
        mine |= {each.name: getattr(self.wanted, each.name) for each in fields(LogFilter)}
        return {name: value for name, value in {**mine, **changed}.items() if value}


def log_query(args: Mapping[str, str], today: date) -> LogQuery:
    """The day asked for, or today's log."""
    view = args.get("view", "")
    wanted = LogFilter(**{each.name: args.get(each.name, "")[:60] for each in fields(LogFilter)})
    return LogQuery(day_in(args.get("day", ""), today), view if view in LOG_VIEWS else "", wanted, page_in(args))


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


def next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def previous_month(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True, slots=True)
class MonthQuery:
    """A month, one unit or all, which table stands below, and which of its lines."""

    first: date
    unit: str = ""
    by: str = "unit"
    q: str = ""
    sort: str = "worst"
    page: int = 1

    @property
    def cut(self) -> Cut:
        return Cut(self.q, self.sort, self.page, LINES_A_PAGE)

    def args(self, **changed: str | int) -> dict[str, Any]:
        """The address of this page with some things changed; what is usual is left out, the page of the table too."""
        mine: dict[str, Any] = {"month": f"{self.first:%Y-%m}", "unit": self.unit, "q": self.q}
        mine |= {"by": self.by if self.by != "unit" else "", "sort": self.sort if self.sort != "worst" else ""}
        return {name: value for name, value in {**mine, **changed}.items() if value}


def month_query(args: Mapping[str, str], today: date) -> MonthQuery:
    """The month asked for, or this one."""
    by, sort = args.get("by", ""), args.get("sort", "")
    return MonthQuery(
        month_in(args.get("month", ""), today),
        args.get("unit", "")[:40],
        by if by in BY else "unit",
        args.get("q", "").strip()[:60],
        sort if sort in SORTS else "worst",
        page_in(args),
    )


RECORD_KEYS = ("unit", "point", "standard", "person", "helper", "outcome", "measure")


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
