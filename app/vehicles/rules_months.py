"""Months as the lists of vehicles turn them over."""

from __future__ import annotations

from datetime import date, datetime

BEGINNING = date(2000, 1, 1)


def asked_month(typed: str, this: date) -> date:
    """The first day of a month (YYYY-MM) that somebody may have driven in, else this month."""
    try:
        first = datetime.strptime(typed, "%Y-%m").date()  # noqa: DTZ007  a month has no hour
    except ValueError:
        return this
    return first if BEGINNING <= first <= this else this
