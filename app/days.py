"""Local days and calendar months, and where they begin as instants: the database does not know the site's zone.

Instants that come from outside are read here too: only such as every zone and both databases can show.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

ONE_DAY = timedelta(days=1)
MONTHS_A_YEAR = 12
NOWHERE = datetime(1970, 1, 1, tzinfo=UTC)
FURTHEST = (datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


def begins(day: date, zone: tzinfo) -> datetime:
    """The instant at which a local day begins."""
    return datetime.combine(day, time(), zone)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_on(day: date, months: int) -> date:
    """The first day of the month so many months after that of the day; before it, when negative."""
    whole = day.year * MONTHS_A_YEAR + day.month - 1 + months
    return date(whole // MONTHS_A_YEAR, whole % MONTHS_A_YEAR + 1, 1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return months_on(day, 1)


def previous_month(day: date) -> date:
    """The first day of the month before."""
    return months_on(day, -1)


def month_span(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The instants at which its month and the month after begin."""
    return begins(month_of(day), zone), begins(next_month(day), zone)


def days_between(first: date, until: date) -> Iterator[date]:
    """From the first on, before the last."""
    while first < until:
        yield first
        first += ONE_DAY


def months_between(first: date, last: date) -> Iterator[date]:
    """First days of the months from that of `first` to that of `last`."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def instant_of(text: str) -> datetime | None:
    """An RFC 3339 text with its zone as an aware instant; None when it is none or lies outside any use."""
    if len(text) > 40 or "T" not in text.upper():
        return None
    try:
        local = datetime.fromisoformat(text.upper())
        found = local.astimezone(UTC) if local.tzinfo else NOWHERE
    except (ValueError, OverflowError):
        return None
    return found if FURTHEST[0] <= found <= FURTHEST[1] else None
