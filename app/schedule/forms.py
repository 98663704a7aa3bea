"""Forms of the rota's pages: mapping to a value or field errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.schedule.rules_days import may_be_listed
from app.schedule.rules_words import CLOSING_REASONS, LISTED_WORDS
from app.web.words import lazy

YEARS = range(2000, 2101)


@dataclass(frozen=True)
class CoverForm:
    """Who takes which round, or all rounds of a person, on a day; `was` is who the page showed."""

    on: date | None
    to_id: str
    was: str
    round_id: str
    errors: dict[str, object] = field(default_factory=dict)


def parse_cover(form: Mapping[str, str]) -> CoverForm:
    """Without a round it is about all rounds of the person whom the page showed."""
    on = parse_day(form.get("day", ""))
    to_id, was = form.get("to", "").strip()[:40], form.get("was", "").strip()[:40]
    errors: dict[str, object] = {}
    if on is None:
        errors["day"] = lazy("Choose a day.")
    if not to_id:
        errors["to"] = lazy("Choose who stands in.")
    if not was:
        errors["was"] = lazy("Choose whose round it is.")
    return CoverForm(on, to_id, was, form.get("round", "").strip()[:40], errors)


def parse_day(text: str) -> date | None:
    """A date as YYYY-MM-DD in any year that a rota can be about, or None."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


@dataclass(frozen=True)
class ClosingForm:
    """A planned exemption as typed; instants are aware once they can be read."""

    point_id: str
    from_at: datetime | None
    to_at: datetime | None
    reason: str
    note: str
    errors: dict[str, object] = field(default_factory=dict)


def parse_closing(form: Mapping[str, str], zone: ZoneInfo, now: datetime) -> ClosingForm:
    """Local times as the browser's own field sends them, 2026-11-24T08:00; the end lies ahead and behind the start."""
    from_at, to_at = parse_local(form.get("from_at", ""), zone), parse_local(form.get("to_at", ""), zone)
    point_id, reason = form.get("point", "").strip()[:40], form.get("reason", "").strip()[:20]
    errors: dict[str, object] = {}
    if not point_id:
        errors["point"] = lazy("Choose a point.")
    if from_at is None:
        errors["from_at"] = lazy("Say from when.")
    if to_at is None:
        errors["to_at"] = lazy("Say until when.")
    elif to_at <= max(from_at or now, now):
        errors["to_at"] = lazy("The end must lie ahead.")
    if reason not in CLOSING_REASONS:
        errors["reason"] = lazy("Choose a reason.")
    return ClosingForm(point_id, from_at, to_at, reason, form.get("note", "").strip()[:200], errors)


def parse_local(text: str, zone: ZoneInfo) -> datetime | None:
    """A local date and time to the minute as an aware instant, in any year that a rota can be about, or None."""
    try:
        local = datetime.strptime(text.strip()[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=zone)
    except ValueError:
        return None
    return local if local.year in YEARS else None


@dataclass(frozen=True)
class DayForm:
    """A line of the holiday list as typed."""

    on: date | None
    kind: str
    name: str
    source: str
    errors: dict[str, object] = field(default_factory=dict)


def parse_listed(form: Mapping[str, str]) -> DayForm:
    """A day off, or a weekend day worked instead, with the notice it comes from."""
    on, kind = parse_day(form.get("on", "").strip()), form.get("kind", "")
    name, source = form.get("name", "").strip()[:40], form.get("source", "").strip()[:120]
    errors: dict[str, object] = {}
    if on is None:
        errors["on"] = lazy("Choose a day.")
    if kind not in LISTED_WORDS:
        errors["kind"] = lazy("Day off or worked instead?")
    if on is not None and not may_be_listed(on, kind):
        errors["on"] = lazy("Only a Saturday or Sunday can be worked instead.")
    if not source:
        errors["source"] = lazy("Name the notice it comes from.")
    return DayForm(on, kind, name, source, errors)
