"""The form of an event entered by hand: what, since when, at which areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.schedule.forms import parse_local
from app.schedule.rules_events import BY_HAND, EventKind
from app.web.words import lazy


@dataclass(frozen=True)
class EventForm:
    """An event as typed; `places` are areas, or single points."""

    id: str
    kind: EventKind | None
    starts_at: datetime | None
    places: tuple[str, ...]
    level: str
    rain_mm: float | None
    errors: dict[str, object] = field(default_factory=dict)


def parse_event(form: Mapping[str, str], places_given: Sequence[str], zone: ZoneInfo) -> EventForm:
    """Kind, start and at least one place are needed."""
    errors: dict[str, object] = {}
    kind = next((each for each in BY_HAND if each == form.get("kind")), None)
    if kind is None:
        errors["kind"] = lazy("What has happened?")
    starts_at = parse_local(form.get("starts", ""), zone)
    if starts_at is None:
        errors["starts"] = lazy("Say since when.")
    places = tuple(dict.fromkeys(each[:40] for each in places_given if each))[:500]
    if not places:
        errors["place"] = lazy("Choose where.")
    return EventForm(
        _id(form, errors), kind, starts_at, places, form.get("level", "").strip()[:20], _rain(form, errors), errors
    )


def _id(form: Mapping[str, str], errors: dict[str, object]) -> str:
    try:
        return str(UUID(form.get("id", "")))
    except ValueError:
        errors["id"] = lazy("This page is out of date. Load it again.")
        return ""


def _rain(form: Mapping[str, str], errors: dict[str, object]) -> float | None:
    typed = form.get("rain", "").strip()
    if not typed:
        return None
    try:
        found = float(typed) if len(typed) <= 6 and typed.replace(".", "", 1).isdigit() and typed.isascii() else -1.0
    except ValueError:
        found = -1.0
    if not 0 <= found <= 2000:
        errors["rain"] = lazy("Millimetres from 0 to 2000, or nothing.")
        return None
    return found
