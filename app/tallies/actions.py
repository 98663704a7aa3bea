"""Deeds of the tallies: fold what the triggers noted into cells, bring months together, count everything anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement

from app.days import ONE_DAY, begins, days_between, month_of, month_span, months_between, next_month
from app.db import atomically
from app.tallies import queries_cells as cells
from app.tallies import queries_today as today
from app.tallies import writes
from app.tallies.models import TALLIES, TODAY, Tally


def fold(zone: tzinfo) -> int:
    """All noted changes into the cells, a portion a transaction; gives back how many portions there were."""
    count = 0
    while atomically(lambda: fold_portion(zone)):
        count += 1
    return count


def fold_portion(zone: tzinfo) -> bool:
    """The next changes; False when there are none. First in its transaction."""
    writes.hold_still()
    return _fold_next(zone)


def _fold_next(zone: tzinfo) -> bool:
    found = cells.portion()
    if found is None:
        return False
    last, instants = found
    before = cells.months_before()
    for day in sorted({each.astimezone(zone).date() for each in instants}):
        within = cells.ending_within(cells.NOTED, begins(day, zone), begins(day + ONE_DAY, zone))
        for tally in TALLIES:
            on = month_of(day) if tally.by_month and day < before else day
            writes.add_cells(tally, cells.cells(tally, cells.NOTED, on, [*within, cells.up_to(last)]))
    if covered := today.covered(zone):
        _into_today(cells.NOTED, [*cells.ending_within(cells.NOTED, *covered), cells.up_to(last)])
    writes.remove_deltas_through(last)
    return True


def advance(now: datetime, zone: tzinfo) -> bool:
    """Windows of today that are over by now go into the cells of today; False when there are none."""
    if not today.anything_over(now):
        return False
    atomically(lambda: _advance(now, zone))
    return True


def _advance(now: datetime, zone: tzinfo) -> None:
    """What was noted is folded first: the windows themselves say it already."""
    writes.hold_still()
    while _fold_next(zone):
        pass
    since, anew = today.still_to_count(now, zone)
    if anew:
        _forget_today()
    _into_today(cells.RAW, cells.ending_within(cells.RAW, since, now))
    writes.keep_today_until(now)


def _into_today(source: Any, clauses: Sequence[ColumnElement[bool]]) -> None:
    for tally in TALLIES:
        writes.add_cells(tally, cells.cells(tally, source, TODAY, clauses))


def _forget_today() -> None:
    writes.keep_today_until(None)
    for tally in TALLIES:
        writes.remove_cells(tally, TODAY, TODAY + ONE_DAY)


def close_days(on: date) -> int:
    """Days that are over are brought together by month, the running one's too; gives back how many months were touched.

    Yesterday stays by itself: who asked a moment before midnight still counts it window by window.
    """
    closed = on - ONE_DAY
    return sum(1 for _each in iter(lambda: atomically(lambda: _close_oldest(closed)), False))


def _close_oldest(closed: date) -> bool:
    writes.hold_still()
    before = cells.months_before()
    if before >= closed:
        return False
    by_month = [tally for tally in TALLIES if tally.by_month]
    oldest = cells.oldest_day(by_month, closed)
    month = month_of(max(before, oldest)) if oldest else closed
    until = min(next_month(month), closed)
    for tally in by_month:
        _bring_together(tally, month, until)
    writes.keep_months_before(until)
    return True


def tidy() -> None:
    """Cells in which nothing is counted any more go."""
    writes.hold_still()
    for tally in TALLIES:
        writes.remove_empty_cells(tally)


def _bring_together(tally: Tally, first: date, until: date) -> None:
    """The first day's own cells take what the other days have."""
    second = first + ONE_DAY
    writes.add_cells(tally, cells.moved(tally, first, second, until))
    writes.remove_cells(tally, second, until)


def rebuild(zone: tzinfo, on_month: Callable[[date], None] = lambda _month: None) -> int:
    """Every cell anew from the windows themselves, a month a transaction; what is read meanwhile stays right."""
    months = all_months(zone)
    for month in months:
        atomically(lambda: _rebuild_month(month, zone))  # noqa: B023
        on_month(month)
    return len(months)


def all_months(zone: tzinfo) -> list[date]:
    """Every month that has windows, the oldest first; one whose windows are archived keeps its cells."""
    found = cells.spread()
    if found is None:
        return []
    first, last = (each.astimezone(zone).date() for each in found)
    within = cells.any_within
    return [each for each in months_between(first, last) if within(*month_span(each, zone))]


def _rebuild_month(first: date, zone: tzinfo) -> None:
    writes.hold_still()
    _forget_today()
    until, before = next_month(first), cells.months_before()
    writes.remove_deltas_within(begins(first, zone), begins(until, zone))
    for tally in TALLIES:
        writes.remove_cells(tally, first, until)
        for start, end in spans(first, until, before if tally.by_month else first):
            within = cells.ending_within(cells.RAW, begins(start, zone), begins(end, zone))
            writes.add_cells(tally, cells.cells(tally, cells.RAW, start, within))


def spans(first: date, until: date, together: date) -> Iterator[tuple[date, date]]:
    """The days of a month: those before `together` in one span, the others each by itself."""
    apart = max(first, min(until, together))
    if first < apart:
        yield first, apart
    yield from ((day, day + ONE_DAY) for day in days_between(apart, until))
