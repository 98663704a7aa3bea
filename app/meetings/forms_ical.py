"""Bookings from an iCalendar file: zones, floating times, recurrences, cancelled ones; titles are never kept."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

from app.meetings.rules_import import MOST_BOOKINGS, MOST_BYTES, RECUR_DAYS, Entry, Reading
from app.refusals import Invalid, TooLarge
from app.web.words import lazy

SECRET = ("CONFIDENTIAL",)
MOST_STEPS = 5_000


def read_ical(body: bytes, zone: ZoneInfo, now: datetime) -> Reading:
    """Entries from now on, recurrences spread out; raises TooLarge or Invalid where the file cannot be read at all.

    A floating time is meant at the site. Of an entry marked confidential nothing is taken (rules DS-7).
    """
    if len(body) > MOST_BYTES:
        raise TooLarge(lazy("The file is too large; at most %(n)d MB.", n=MOST_BYTES // 1_000_000))
    try:
        calendar = Calendar.from_ical(body)
        parts = list(calendar.walk("VEVENT"))
    except Exception as why:
        raise Invalid(lazy("This is no calendar file (.ics) that can be read.")) from why
    reading, off = Reading(), str(calendar.get("METHOD", "")).upper() == "CANCEL"
    moved = {(_uid(part), _stamp(part, zone)) for part in parts if part.get("RECURRENCE-ID") is not None}
    for number, part in enumerate(parts, start=1):
        _read(part, number, reading, zone, now, frozenset(moved), off)
    if len(reading.entries) > MOST_BOOKINGS:
        raise TooLarge(lazy("The file has too many bookings; at most %(n)d.", n=MOST_BOOKINGS))
    return reading


def _read(
    part: Any, number: int, reading: Reading, zone: ZoneInfo, now: datetime, moved: frozenset[Any], off: bool
) -> None:
    where = f"VEVENT {number}"
    try:
        faults = _faults(part)
        if faults is not None:
            reading.refuse(where, faults)
            return
        start, lasts = _instant(part["DTSTART"].dt, zone), _lasts(part, zone)
        off = off or str(part.get("STATUS", "")).upper() == "CANCELLED"
        for begin, stamp in _starts(part, start, zone, now, moved):
            if begin + lasts > now:
                origin = f"ical|{_uid(part)}|{stamp}"
                room = str(part.get("LOCATION", "")).strip()[:80]
                reading.entries.append(Entry(where, origin, room, begin, begin + lasts, cancelled=off))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        reading.refuse(where, lazy("The times of this entry cannot be read."))


def _faults(part: Any) -> object | None:
    start = part.get("DTSTART")
    if start is None or not hasattr(start, "dt"):
        return lazy("This entry has no start.")
    if not _uid(part):
        return lazy("This entry has no UID.")
    if str(part.get("CLASS", "")).upper() in SECRET:
        return lazy("This entry is marked confidential: it does not come here. Keep the hours offline instead.")
    if not isinstance(start.dt, datetime):
        return lazy("An entry for whole days books no room. Give it a start and an end.")
    named = start.params.get("TZID") if hasattr(start, "params") else None
    if named and start.dt.tzinfo is None:
        return lazy("The time zone %(zone)s is not known.", zone=str(named)[:40])
    return None


def _lasts(part: Any, zone: ZoneInfo) -> timedelta:
    if part.get("DURATION") is not None:
        lasts: timedelta = part["DURATION"].dt
    elif part.get("DTEND") is not None:
        lasts = _instant(part["DTEND"].dt, zone) - _instant(part["DTSTART"].dt, zone)
    else:
        lasts = timedelta(hours=1)
    if not timedelta() < lasts <= timedelta(hours=14):
        raise ValueError("a meeting lasts between a minute and fourteen hours")
    return lasts


def _starts(
    part: Any, start: datetime, zone: ZoneInfo, now: datetime, moved: frozenset[Any]
) -> Iterable[tuple[datetime, str]]:
    """Each start with the stamp that names it in its series; the wall clock of the entry's own zone is kept."""
    if part.get("RECURRENCE-ID") is not None:
        return [(start, _stamp(part, zone))]
    if part.get("RRULE") is None and part.get("RDATE") is None:
        return [(start, "")]
    own: datetime = part["DTSTART"].dt
    home = own.tzinfo or zone
    found = {_instant(each, zone) for each in _dates(part, "RDATE")} | {start}
    if part.get("RRULE") is not None:
        found |= set(_recurring(part["RRULE"].to_ical().decode(), own.replace(tzinfo=None), home, now))
    found -= {_instant(each, zone) for each in _dates(part, "EXDATE")}
    uid = _uid(part)
    return [(each, _utc(each)) for each in sorted(found) if (uid, _utc(each)) not in moved]


def _recurring(rule: str, first: datetime, home: Any, now: datetime) -> Iterable[datetime]:
    """Until a rule's own end, but no further than 400 days; what lies behind is left out."""
    naive = ";".join(_naive_until(each, home) for each in rule.split(";"))
    last = (now + timedelta(days=RECUR_DAYS)).astimezone(home).replace(tzinfo=None)
    for count, each in enumerate(rrulestr(naive, dtstart=first)):
        if each > last or count > MOST_STEPS:
            return
        yield each.replace(tzinfo=home)


def _naive_until(term: str, home: Any) -> str:
    name, _, value = term.partition("=")
    if name.upper() != "UNTIL" or not value.endswith("Z"):
        return term
    until = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=ZoneInfo("UTC")).astimezone(home)
    return f"UNTIL={until:%Y%m%dT%H%M%S}"


def _dates(part: Any, name: str) -> list[datetime]:
    given = part.get(name)
    lists = given if isinstance(given, list) else [given] if given is not None else []
    return [each.dt for one in lists for each in one.dts if isinstance(each.dt, datetime)]


def _instant(value: datetime | date, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("a date without a time")
    if not 2000 <= value.year <= 2100:
        raise ValueError("a year that no rota can be about")
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def _stamp(part: Any, zone: ZoneInfo) -> str:
    value = part["RECURRENCE-ID"].dt
    return _utc(_instant(value, zone)) if isinstance(value, datetime) else str(value)


def _utc(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo("UTC")).strftime("%Y%m%dT%H%M%SZ")


def _uid(part: Any) -> str:
    return str(part.get("UID", "")).strip()[:255]
