"""How often a schedule falls, as choices: every day, on weekdays, on dates of the month; the rest is text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY"}
SAID = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH")


@dataclass(frozen=True, slots=True)
class Repeat:
    """`how` is daily, weekly, monthly or text; `days` are weekdays, `dates` days of the month, `months` 1 to 12."""

    how: str = "daily"
    every: int = 1
    days: tuple[str, ...] = ()
    dates: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    text: str = ""


def repeat_of(rrule: str | None) -> Repeat:
    """A rule as choices, or as text where choices cannot say it."""
    parts = [each.partition("=") for each in (rrule or "").split(";") if each]
    given = {name: value for name, _, value in parts}
    how = next((how for how, word in FREQUENCIES.items() if word == given.get("FREQ")), "text")
    days = tuple(given["BYDAY"].split(",")) if "BYDAY" in given else ()
    try:
        dates, months, every = _whole(given, "BYMONTHDAY"), _whole(given, "BYMONTH"), int(given.get("INTERVAL", 1))
    except ValueError:
        return Repeat("text", text=rrule or "")
    plain = set(given) <= set(SAID) and set(days) <= set(WEEKDAYS) and (how != "monthly" or not days)
    if how == "text" or not plain or (dates and how != "monthly") or (how == "daily" and days):
        return Repeat("text", text=rrule or "")
    return Repeat(how, every, days, dates, months)


def rule_of(repeat: Repeat) -> str:
    """The RFC 5545 rule of choices."""
    if repeat.how not in FREQUENCIES:
        return repeat.text.strip()
    parts = [f"FREQ={FREQUENCIES[repeat.how]}"]
    if repeat.every > 1:
        parts.append(f"INTERVAL={repeat.every}")
    if repeat.months:
        parts.append(f"BYMONTH={','.join(map(str, repeat.months))}")
    if repeat.how == "weekly" and repeat.days:
        parts.append(f"BYDAY={','.join(day for day in WEEKDAYS if day in repeat.days)}")
    if repeat.how == "monthly" and repeat.dates:
        parts.append(f"BYMONTHDAY={','.join(map(str, repeat.dates))}")
    return ";".join(parts)


def first_day(rrule: str, wished: date) -> date:
    """The first day on or after the wished one on which the rule falls; the wished one where it never does."""
    midnight = datetime.combine(wished, time.min)
    try:
        found = rrulestr(rrule, dtstart=midnight).after(midnight, inc=True)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return wished
    return found.date() if found else wished


def _whole(given: dict[str, str], name: str) -> tuple[int, ...]:
    values: Sequence[str] = given[name].split(",") if name in given else ()
    return tuple(int(each) for each in values)
