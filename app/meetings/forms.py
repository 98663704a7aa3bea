"""Forms of bookings: what was typed becomes a value, or field errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.meetings.rules import MOST_PEOPLE, Part
from app.web.words import lazy

OTHER_DAY = "other"


@dataclass(frozen=True)
class BookingForm:
    """A booking as typed; instants are aware once they can be read."""

    id: str
    point_id: str
    day: date | None
    start: time | None
    minutes: int
    people: int | None
    name_cards: bool
    av: bool
    zone: ZoneInfo
    errors: dict[str, object] = field(default_factory=dict)

    @property
    def starts_at(self) -> datetime | None:
        """The instant, once day and time are known."""
        return datetime.combine(self.day, self.start, self.zone) if self.day and self.start else None

    @property
    def ends_at(self) -> datetime | None:
        """The instant of the end."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


def parse_booking(form: Mapping[str, str], zone: ZoneInfo) -> BookingForm:
    """Room, day, start and length are needed; heads may be left out. Titles and names have no field."""
    errors: dict[str, object] = {}
    day, start, minutes = parse_times(form, errors)
    point_id = form.get("point", "").strip()[:40]
    if not point_id:
        errors["point"] = lazy("Choose a room.")
    people = _people(form.get("people", ""), errors)
    booking_id = parse_id(form.get("id", ""), errors)
    flags = {name: form.get(name) == "1" for name in ("name_cards", "av")}
    return BookingForm(booking_id, point_id, day, start, minutes, people, **flags, zone=zone, errors=errors)


def parse_times(form: Mapping[str, str], errors: dict[str, object]) -> tuple[date | None, time | None, int]:
    """Day, start and length of a booking; the day is a chip or, with `other`, the date beside it."""
    chosen = form.get("day", "")
    day = parse_date(form.get("date", "") if chosen in ("", OTHER_DAY) else chosen)
    if day is None:
        errors["day"] = lazy("Choose a day.")
    start = parse_time(form.get("start", ""))
    if start is None:
        errors["start"] = lazy("Say when it starts, such as 09:00.")
    length = form.get("minutes", "").strip()
    minutes = int(length) if length.isascii() and length.isdigit() and len(length) <= 4 else 0
    if minutes < 1:
        errors["minutes"] = lazy("Choose how long it lasts.")
    return day, start, minutes


def parse_date(text: str) -> date | None:
    """YYYY-MM-DD, or None."""
    try:
        day = date.fromisoformat(text.strip()) if len(text.strip()) == len("2026-11-23") else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None


def parse_time(text: str) -> time | None:
    """HH:MM, or None."""
    try:
        return time.fromisoformat(text.strip()) if len(text.strip()) == len("09:00") else None
    except ValueError:
        return None


def parse_instant(text: str) -> datetime | None:
    """An instant with its zone as a page wrote it, or None."""
    try:
        found = datetime.fromisoformat(text.strip()[:40])
    except ValueError:
        return None
    return found if found.tzinfo is not None and 2000 <= found.year <= 2100 else None


def parse_id(text: str, errors: dict[str, object]) -> str:
    """The id that the page made."""
    try:
        return str(UUID(text))
    except ValueError:
        errors["id"] = lazy("This page is out of date. Load it again.")
        return ""


@dataclass(frozen=True)
class OfflineForm:
    """Hours kept offline as typed."""

    id: str
    point_id: str
    day: date | None
    part: Part | None
    errors: dict[str, object] = field(default_factory=dict)


def parse_offline(form: Mapping[str, str]) -> OfflineForm:
    """Room, day and part of the day: no field more."""
    errors: dict[str, object] = {}
    day = parse_date(form.get("day", ""))
    if day is None:
        errors["day"] = lazy("Choose a day.")
    part = Part(form["part"]) if form.get("part") in tuple(Part) else None
    if part is None:
        errors["part"] = lazy("Choose a part of the day.")
    point_id = form.get("point", "").strip()[:40]
    if not point_id:
        errors["point"] = lazy("Choose a room.")
    return OfflineForm(parse_id(form.get("id", ""), errors), point_id, day, part, errors)


def _people(text: str, errors: dict[str, object]) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 1 <= len(typed) <= 4 and 0 < int(typed) <= MOST_PEOPLE):
        errors["people"] = lazy("A number from 1 to 9999, or nothing.")
        return None
    return int(typed)
