"""Deeds of the tallies: fold what the triggers noted into cells, bring months together, count everything anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, tzinfo

from app.db import atomically
from app.tallies import queries_cells as cells
from app.tallies import writes
from app.tallies.models import TALLIES, Tally
from app.tallies.rules_days import ONE_DAY, begins, days_between, month_of, months_between, next_month


def fold(zone: tzinfo) -> int:
    """All noted changes into the cells, a portion a transaction; gives back how many portions there were."""
    count = 0
    while atomically(lambda: fold_portion(zone)):
        count += 1
    return count


def fold_portion(zone: tzinfo) -> bool:
    """The next changes; False when there are none. First in its transaction."""
    writes.hold_still()
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
    writes.remove_deltas_through(last)
    return True


def close_months(today: date) -> int:
    """The days of months that are over are brought together; gives back how many months there were."""
    closed = month_of(today)
    return sum(1 for _each in iter(lambda: atomically(lambda: _close_oldest(closed)), False))


def _close_oldest(closed: date) -> bool:
    writes.hold_still()
    before = cells.months_before()
    if before >= closed:
        return False
    by_month = [tally for tally in TALLIES if tally.by_month]
    oldest = cells.oldest_day(by_month, closed)
    first = max(before, month_of(oldest)) if oldest else closed
    if first >= closed:
        writes.keep_months_before(closed)
        return False
    for tally in by_month:
        _bring_together(tally, first)
    writes.keep_months_before(next_month(first))
    return True


def tidy() -> None:
    """Cells in which nothing is counted any more go."""
    writes.hold_still()
    for tally in TALLIES:
        writes.remove_empty_cells(tally)


def _bring_together(tally: Tally, first: date) -> None:
    """The first day's own cells take what the other days have."""
    second, until = first + ONE_DAY, next_month(first)
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
    return [each for each in months_between(first, last) if within(begins(each, zone), begins(next_month(each), zone))]


def _rebuild_month(first: date, zone: tzinfo) -> None:
    writes.hold_still()
    until, before = next_month(first), cells.months_before()
    writes.remove_deltas_within(begins(first, zone), begins(until, zone))
    for tally in TALLIES:
        writes.remove_cells(tally, first, until)
        for start, end in _spans(first, until, whole=tally.by_month and first < before):
            within = cells.ending_within(cells.RAW, begins(start, zone), begins(end, zone))
            writes.add_cells(tally, cells.cells(tally, cells.RAW, start, within))


def _spans(first: date, until: date, *, whole: bool) -> Iterator[tuple[date, date]]:
    if whole:
        yield first, until
    else:
        yield from ((day, day + ONE_DAY) for day in days_between(first, until))
