"""Dates of the demo that count from the day of loading; the compound's own week is moved to the one that comes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

FROM_LOAD = "_days_from_load"
MONDAY = 0
A_MONTH = timedelta(days=30)


def dated(attrs: Mapping[str, Any], loaded_on: date) -> dict[str, Any]:
    """`insurance_days_from_load: 14` becomes `insurance_due: …`, so that warnings show and nothing has expired.

    What is due on a day of its own is so every year: the compound of any year of loading has valid papers.
    """
    found: dict[str, Any] = {}
    for name, value in attrs.items():
        if isinstance(value, Mapping):
            found[name] = dated(value, loaded_on)
        elif name.endswith(FROM_LOAD):
            found[_plain(name)] = (loaded_on + timedelta(days=value)).isoformat()
        elif name.endswith("_due") or name.startswith("next_"):
            found[name] = _ahead(date.fromisoformat(value), loaded_on).isoformat()
        else:
            found[name] = value
    return found


def _ahead(due: date, loaded_on: date) -> date:
    """The first of its yearly days that is not over within a month of trying the demo."""
    years = (due.replace(year=year) for year in count(due.year))
    return next(day for day in years if day >= loaded_on + A_MONTH)


def next_monday(loaded_on: date) -> date:
    """The first Monday after the day of loading."""
    return loaded_on + timedelta(days=7 - (loaded_on.weekday() - MONDAY) % 7)


def moved(event: Mapping[str, Any], week_of: date, to_week_of: date, zone: ZoneInfo) -> dict[str, Any]:
    """A row of `schedule_events`: the sample event in another week, at the same weekday and hour."""
    by = to_week_of - week_of
    return {
        "id": event["id"],
        "kind": event["kind"],
        "point_id": event["point"],
        "starts_at": _at(event["starts"], by, zone),
        "ends_at": _at(event["ends"], by, zone),
        "facts": event["facts"],
    }


def _plain(name: str) -> str:
    stem = name.removesuffix(FROM_LOAD)
    return stem if stem.startswith("next_") else f"{stem}_due"


def _at(local: str, by: timedelta, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone) + by
