"""What the addresses of dashboards carry, as values; nonsense falls back to what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.stats.rules_asked import month_in, page_in


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """A month, one unit or all; `opened` shows every table, as paper needs it."""

    first: date
    unit: str = ""
    opened: bool = False

    def args(self, **changed: Any) -> dict[str, Any]:
        """The address of this board with some things changed; what is usual is left out."""
        mine = {"month": f"{self.first:%Y-%m}", "unit": self.unit}
        return {name: value for name, value in {**mine, **changed}.items() if value}


def board_query(args: Mapping[str, str], today: date) -> BoardQuery:
    """The month asked for, or this one."""
    first = month_in(args.get("month", ""), today)
    return BoardQuery(first, args.get("unit", "")[:40], args.get("print", "") == "1")


@dataclass(frozen=True, slots=True)
class BehindQuery:
    """What was said on a topic, or found at a step, in a month."""

    first: date
    unit: str = ""
    kind: str = "rating"
    topic: str = ""
    standard: str = ""
    step: str = ""
    page: int = 1

    def args(self, **changed: Any) -> dict[str, Any]:
        """The address of this list with some things changed."""
        names = ("unit", "kind", "topic", "standard", "step")
        mine: dict[str, Any] = {"month": f"{self.first:%Y-%m}"} | {name: getattr(self, name) for name in names}
        return {name: value for name, value in {**mine, **changed}.items() if value}


def behind_query(args: Mapping[str, str], today: date) -> BehindQuery:
    """What a figure's link says."""
    kind = args.get("kind", "")
    return BehindQuery(
        month_in(args.get("month", ""), today),
        args.get("unit", "")[:40],
        kind if kind in ("rating", "complaint") else "rating",
        args.get("topic", "")[:10],
        args.get("standard", "")[:20],
        args.get("step", "")[:8],
        page_in(args),
    )
