"""Which inspections the rhythm asks for and how they stand: monthly of contractors, half-yearly of units; pure.

Rules SP-3 (each contractor every month), SP-4 (each section every half-year), SP-6 and RP-5 (mutual checks or a third
party every half-year, announced).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.inspections.rules import OPEN, Occasion, State

CONTRACTOR, SECTION = "contractor", "section"
DAYS_LEFT_WARNS = 10


class Standing(StrEnum):
    DONE = "done"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    DUE = "due"
    SOON = "soon"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a half-year, both ends included."""

    first: date
    last: date

    @property
    def half(self) -> int:
        """1 or 2 for a half-year."""
        return 1 if self.first.month <= 6 else 2


@dataclass(frozen=True, slots=True)
class Held:
    """An inspection as the rhythm sees it."""

    id: str
    occasion: Occasion
    unit_id: str
    on: date
    state: State


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the calendar; `unit_id` is empty for what the whole bureau holds; `inspection_id` answers it."""

    occasion: Occasion
    unit_id: str
    unit_name: str
    period: Period
    standing: Standing
    inspection_id: str | None = None


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def half_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 6, 30)) if day.month <= 6 else _second(day.year)


def _second(year: int) -> Period:
    return Period(date(year, 7, 1), date(year, 12, 31))


def calendar(units: Iterable[tuple[str, str, str]], held: Sequence[Held], today: date) -> list[Asked]:
    """What this month and half-year ask for, and what the periods before them left; `units` are (id, name, kind).

    A period before the first inspection on record asks for nothing: the rhythm begins with the books.
    """
    listed = list(units)
    begun = min((each.on for each in held), default=today)
    months, halves = _now_and_before(month_of, today), _now_and_before(half_of, today)
    asked = [(Occasion.HALF_YEARLY, unit, period) for unit in listed if unit[2] == SECTION for period in halves]
    asked += [(Occasion.MONTHLY, unit, period) for unit in listed if unit[2] == CONTRACTOR for period in months]
    asked += [(Occasion.MUTUAL, ("", "", ""), period) for period in halves]
    lines = [_line(occasion, unit, period, held, today) for occasion, unit, period in asked if period.last >= begun]
    return sorted(lines, key=lambda line: (_URGENCY[line.standing], line.period.last, line.occasion, line.unit_id))


def _now_and_before(period_of: object, today: date) -> tuple[Period, Period]:
    now: Period = period_of(today)  # type: ignore[operator]
    return now, period_of(now.first - timedelta(days=1))  # type: ignore[operator]


def _line(occasion: Occasion, unit: tuple[str, str, str], period: Period, held: Sequence[Held], today: date) -> Asked:
    mine = [each for each in held if _answers(each, occasion, unit[0]) and period.first <= each.on <= period.last]
    best = min(mine, key=lambda each: _PROGRESS[each.state], default=None)
    standing = _standing(best.state) if best else _without(period, today)
    return Asked(occasion, unit[0], unit[1], period, standing, best.id if best else None)


def _answers(held: Held, occasion: Occasion, unit_id: str) -> bool:
    if held.state is State.CANCELLED:
        return False
    if occasion is Occasion.MUTUAL:
        return held.occasion in (Occasion.MUTUAL, Occasion.THIRD_PARTY)
    return held.occasion is occasion and held.unit_id == unit_id


def _standing(state: State) -> Standing:
    if state in (State.CLOSED, State.ANNOUNCED):
        return Standing.DONE
    return Standing.PLANNED if state is State.PLANNED else Standing.UNDER_WAY


def _without(period: Period, today: date) -> Standing:
    if today > period.last:
        return Standing.MISSED
    return Standing.SOON if (period.last - today).days <= DAYS_LEFT_WARNS else Standing.DUE


_PROGRESS = {state: place for place, state in enumerate((State.ANNOUNCED, State.CLOSED, *reversed(OPEN)))}
_URGENCY = {
    standing: place
    for place, standing in enumerate(
        (Standing.MISSED, Standing.SOON, Standing.DUE, Standing.PLANNED, Standing.UNDER_WAY, Standing.DONE)
    )
}
