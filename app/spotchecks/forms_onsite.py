"""The form of a look on site as values: a verdict for each step, its reason and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.spotchecks.rules_review import MAX_NOTE, Opinion


def parse_onsite(form: Mapping[str, str], steps: Iterable[str]) -> tuple[Opinion, ...]:
    """What was ticked; nonsense stays as it is, so that the rules can refuse it."""
    return tuple(
        Opinion(
            step,
            form.get(f"{step}.verdict", "")[:16],
            form.get(f"{step}.reason", "")[:24] if form.get(f"{step}.verdict") == "fail" else "",
            form.get(f"{step}.note", "")[:MAX_NOTE],
        )
        for step in steps
    )


def made_id(form: Mapping[str, str]) -> str | None:
    """The number that the page made for this look, so that sending it twice keeps it once."""
    try:
        return str(UUID(form.get("id", "")))
    except ValueError:
        return None
