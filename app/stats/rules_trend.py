"""The month by day and by hour: what a line and a heat map are drawn from; SVG units, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from app.stats.rules import Counts
from app.stats.rules_measures import ON_TIME

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 220, 44, 28, 12
HEATS = 9
LOWEST = 80


@dataclass(frozen=True, slots=True)
class Day:
    """The windows whose grace ended on a local date."""

    on: date
    day_type: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Dot:
    """A day on the line; `y` is None when nothing was due."""

    day: Day
    x: float
    y: float | None
    is_low: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of on-time rates, the target, shaded days off, and the lines of the scale as (percent, y)."""

    dots: tuple[Dot, ...]
    runs: tuple[str, ...]
    shades: tuple[tuple[float, float], ...]
    scale: tuple[tuple[int, float], ...]
    target_y: float


def days_of(parts: Iterable[tuple[date | datetime, str, Counts]], zone: tzinfo) -> list[Day]:
    """(local date or end of grace, day type, counts) folded into days; a day takes the type of most of its windows."""
    counts: dict[date, Counts] = {}
    types: dict[date, dict[str, int]] = {}
    for instant, kind, some in parts:
        on = instant.astimezone(zone).date() if isinstance(instant, datetime) else instant
        counts[on] = counts.get(on, Counts()) + some
        types.setdefault(on, {})[kind] = types.get(on, {}).get(kind, 0) + some.planned
    return [Day(on, _most(types[on]), counts[on]) for on in sorted(counts) if counts[on].planned]


def _most(types: Mapping[str, int]) -> str:
    """The same one whatever came first."""
    return max(types, key=lambda kind: (types[kind], kind))


def trend_of(days: Iterable[Day], first: date) -> Trend:
    """The line over the days of a month."""
    known = {day.on: day for day in days}
    last = (first + timedelta(days=32)).replace(day=1)
    step = (WIDTH - LEFT) / (last - first).days
    shares = [float(share) * 100 for day in known.values() if (share := ON_TIME.rate(day.counts).share) is not None]
    floor = min([LOWEST, *(int(share // 10) * 10 for share in shares)])
    dots = tuple(_dot(day, first, step, floor) for day in known.values())
    shades = tuple((round(dot.x - step / 2, 1), round(step, 1)) for dot in dots if dot.day.day_type != "workday")
    scale = tuple((value, _y(value, floor)) for value in range(floor, 101, 10 if floor < LOWEST else 5))
    return Trend(dots, _runs(dots), shades, scale, _y(float(ON_TIME.target or 0) * 100, floor))


def _dot(day: Day, first: date, step: float, floor: int) -> Dot:
    share = ON_TIME.rate(day.counts).share
    x = round(LEFT + step * ((day.on - first).days + 0.5), 1)
    if share is None:
        return Dot(day, x, None, is_low=False)
    return Dot(day, x, _y(float(share) * 100, floor), is_low=ON_TIME.target is not None and share < ON_TIME.target)


def _y(percent: float, floor: int) -> float:
    return round(TOP + (HEIGHT - BOTTOM - TOP) * (100 - percent) / (100 - floor), 1)


def _runs(dots: Iterable[Dot]) -> tuple[str, ...]:
    """Points of polylines; a day without anything due breaks the line."""
    runs: list[list[str]] = [[]]
    for dot in dots:
        if dot.y is None:
            runs.append([])
        else:
            runs[-1].append(f"{dot.x},{dot.y}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def heat_of(starts: Mapping[datetime, int], zone: tzinfo) -> dict[tuple[int, int], int]:
    """(weekday from Monday, hour at the site) to how many were missed that began then."""
    cells: dict[tuple[int, int], int] = {}
    for instant, times in starts.items():
        local = instant.astimezone(zone)
        cell = (local.weekday(), local.hour)
        cells[cell] = cells.get(cell, 0) + times
    return cells


def heat_level(times: int, most: int) -> int:
    """0 for none, else 1 to 9 by share of the most."""
    return 0 if not times else max(1, round(HEATS * times / most))
