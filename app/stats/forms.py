"""What the addresses of log and month carry, as values; nonsense falls back to what is usual, never to an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.stats.rules_asked import day_in, month_in, page_in
from app.stats.rules_log import LogFilter
from app.stats.rules_month import BY, LINES_A_PAGE, SORTS, Cut

LOG_VIEWS = ("board", "list", "photos", "missed", "late", "short", "unable", "signatures", "findings", "extra")


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
