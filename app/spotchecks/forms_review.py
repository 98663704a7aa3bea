"""The form of a reviewer's sheet as values; nonsense becomes an opinion that the rules refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from app.days import instant_of
from app.spotchecks.rules_review import MAX_NOTE, NewSheet, Opinion, tidy, with_the_rest

FIRST_YEAR = 2020


def parse_sheet(form: Mapping[str, str], steps: Iterable[str]) -> NewSheet:
    """The opinions as ticked; with `rest` whatever was not singled out conforms."""
    asked = list(steps)
    named = [*asked, *sorted(_foreign(form, asked))]
    said = [tidy(_opinion(form, step)) for step in named]
    opinions = with_the_rest(asked, said) if "rest" in form else tuple(said)
    return NewSheet(_uuid(form.get("sheet", "")), instant_of(form.get("began", "")), opinions)


def parse_day(text: str) -> date | None:
    """A day as YYYY-MM-DD; None for anything else and for years that no check can be from."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        return None
    return day if day and day.year >= FIRST_YEAR else None


def _opinion(form: Mapping[str, str], step: str) -> Opinion:
    verdict = form.get(f"{step}.verdict", "")[:16]
    reason = form.get(f"{step}.{verdict}.reason", "")[:24]
    return Opinion(step, verdict, reason, form.get(f"{step}.note", "")[:MAX_NOTE])


def _foreign(form: Mapping[str, str], asked: Iterable[str]) -> set[str]:
    known = set(asked)
    named = {name.removesuffix(".verdict")[:8] for name in form if name.endswith(".verdict")}
    return named - known


def _uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
