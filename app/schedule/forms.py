"""Forms of the rounds page: mapping to a value or field errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.web.words import lazy


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
    """A date as YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        return None
