"""The board of the daily log: points against quarter hours, only the part of the day that has anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.stats.rules_log import LogLine
from app.stats.rules_outcomes import Look

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
QUARTERS = 4
LEAST_QUARTERS = 5
"""A bar is never narrower than its text, whatever the window."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A window in its row: `column` counts quarter hours from 1, `span` is its width in them."""

    line: LogLine
    look: Look
    column: int
    span: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A point and its windows, by start."""

    point_id: str
    point_code: str
    point: str
    floor: str
    building: str
    zone: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`hours` are the instants at which the columns' hours begin; `now_column` is None when now is not in view."""

    hours: tuple[datetime, ...]
    rows: tuple[BoardRow, ...]
    now_column: int | None

    @property
    def columns(self) -> int:
        return len(self.hours) * QUARTERS


def board_of(lines: Iterable[LogLine], first_at: datetime, now: datetime) -> Board:
    """Rows of points with windows; columns from the first to the last hour that has anything, from `first_at` on."""
    shown = sorted(lines, key=lambda line: (line.building, line.floor, line.point_code, line.start_at, line.end_at))
    if not shown:
        return Board((), (), None)
    left = min((line.start_at - first_at) // HOUR for line in shown)
    right = max(-((first_at - max(line.end_at, line.start_at + HOUR)) // HOUR) for line in shown)
    begins = first_at + left * HOUR
    hours = tuple(begins + n * HOUR for n in range(right - left))
    by_point: dict[str, list[LogLine]] = {}
    for line in shown:
        by_point.setdefault(line.point_id, []).append(line)
    rows = tuple(_row(some, begins, len(hours) * QUARTERS, now) for some in by_point.values())
    return Board(hours, rows, _now_column(begins, len(hours), now))


def _row(lines: list[LogLine], begins: datetime, columns: int, now: datetime) -> BoardRow:
    one = lines[0]
    bars = tuple(_bar(line, begins, columns, now) for line in lines)
    return BoardRow(one.point_id, one.point_code, one.point, one.floor, one.building, one.zone, bars)


def _bar(line: LogLine, begins: datetime, columns: int, now: datetime) -> Bar:
    first = (line.start_at - begins) // QUARTER
    last = -((begins - line.end_at) // QUARTER)
    span = max(LEAST_QUARTERS, last - first)
    first = max(0, min(first, columns - span))
    return Bar(line, line.look(now), first + 1, min(span, columns))


def _now_column(begins: datetime, hours: int, now: datetime) -> int | None:
    column = (now - begins) // QUARTER
    return column + 1 if 0 <= column < hours * QUARTERS else None
