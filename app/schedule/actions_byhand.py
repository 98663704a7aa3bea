"""Deeds on events entered by hand: rain or snow, a warning lifted, a print job; at all chosen points at once."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.refusals import Invalid, NotFound
from app.schedule.actions_events import NewEvent, cancel_event, put_events
from app.schedule.forms_events import EventForm
from app.schedule.queries_listeners import events_of, listeners
from app.schedule.rules_events import BY_HAND, EventKind
from app.web.current import CurrentPerson
from app.web.words import lazy

BEHIND, AHEAD = timedelta(hours=24), timedelta(days=7)


def enter(form: EventForm, who: CurrentPerson, zone: ZoneInfo, now: datetime) -> int:
    """The event at every point chosen, by area or by name; gives back how many points. The same form again is once."""
    if form.kind is None or form.starts_at is None:
        raise Invalid(lazy("What has happened?"), fields={"kind": lazy("What has happened?")})
    if not now - BEHIND <= form.starts_at <= now + AHEAD:
        sentence = lazy("From 24 hours back to 7 days ahead, please.")
        raise Invalid(sentence, fields={"starts": sentence})
    chosen = [each for each in listeners(who, form.kind) if {each.id, each.area_id} & set(form.places)]
    if not chosen:
        sentence = lazy("Nothing in your reach waits for this there.")
        raise Invalid(sentence, fields={"place": sentence})
    facts = _facts(form)
    new = [
        NewEvent(f"{form.id}.{number}", form.kind, point.id, form.starts_at, None, facts)
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


def _facts(form: EventForm) -> dict[str, Any]:
    if form.kind is not EventKind.RAIN_SNOW:
        return {"weather.level": form.level} if form.level and form.kind is EventKind.WARNING_LIFTED else {}
    facts: dict[str, Any] = {"weather.wet": True}
    if form.level:
        facts["weather.level"] = form.level
    return facts | ({"weather.rain_24h_mm": form.rain_mm} if form.rain_mm is not None else {})
