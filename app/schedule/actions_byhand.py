"""Deeds on events entered by hand: rain or snow, a warning lifted, a print job; at all chosen points at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.refusals import Invalid, NotFound
from app.schedule.actions_events import NewEvent, cancel_event, put_events
from app.schedule.queries_listeners import events_of, listeners
from app.schedule.rules_events import BY_HAND, EventKind
from app.web.current import CurrentPerson
from app.web.words import lazy

BEHIND, AHEAD = timedelta(hours=24), timedelta(days=7)


@dataclass(frozen=True)
class EventWish:
    """What happened since when, at which areas or points; `id` is made by the page, so that a retry is the same."""

    id: str
    kind: EventKind
    starts_at: datetime
    places: tuple[str, ...]
    level: str = ""
    rain_mm: float | None = None


def enter(wish: EventWish, who: CurrentPerson, zone: ZoneInfo, now: datetime) -> int:
    """The event at every point chosen, by area or by name; gives back how many points. The same form again is once."""
    if not now - BEHIND <= wish.starts_at <= now + AHEAD:
        sentence = lazy("From 24 hours back to 7 days ahead, please.")
        raise Invalid(sentence, fields={"starts": sentence})
    chosen = [each for each in listeners(who, wish.kind) if {each.id, each.area_id} & set(wish.places)]
    if not chosen:
        sentence = lazy("Nothing in your reach waits for this there.")
        raise Invalid(sentence, fields={"place": sentence})
    facts = _facts(wish)
    new = [
        NewEvent(f"{wish.id}.{number}", wish.kind, point.id, wish.starts_at, None, facts)
        for number, point in enumerate(chosen)
    ]
    put_events(new, who.id, zone, now)
    return len(new)


def call_off(group: str, who: CurrentPerson, zone: ZoneInfo, now: datetime) -> int:
    """What was entered is off at the points in reach; gives back at how many. Raises NotFound where there is none."""
    reached = {point.id for kind in BY_HAND for point in listeners(who, EventKind(kind))}
    found = events_of(group, reached)
    if not found:
        raise NotFound(lazy("There is no such event."))
    return sum(cancel_event(event_id, who.id, zone, now) for event_id in found)


def _facts(wish: EventWish) -> dict[str, Any]:
    if wish.kind is not EventKind.RAIN_SNOW:
        return {"weather.level": wish.level} if wish.level and wish.kind is EventKind.WARNING_LIFTED else {}
    facts: dict[str, Any] = {"weather.wet": True}
    if wish.level:
        facts["weather.level"] = wish.level
    return facts | ({"weather.rain_24h_mm": wish.rain_mm} if wish.rain_mm is not None else {})
