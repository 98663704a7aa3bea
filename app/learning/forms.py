"""The forms of learning as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.learning.rules import Standing, Wish
from app.refusals import Invalid
from app.web.words import lazy


def parse_wish(form: Mapping[str, str]) -> Wish:
    """Raises Invalid for a form that did not come from the page."""
    return Wish(
        plain_id(form),
        form.get("step", "").strip()[:8],
        form.get("text", "").strip(),
        form.get("anonymous", "") == "1",
        maybe_id(form.get("check", "")),
    )


def parse_standing(form: Mapping[str, str]) -> Standing | None:
    """What the standards section says; None for anything else."""
    said = form.get("answer", "")
    return Standing(said) if said in set(Standing) else None


def plain_id(form: Mapping[str, str]) -> str:
    """The id that the page gave. Raises Invalid."""
    found = maybe_id(form.get("id", ""))
    if found is None:
        raise Invalid(lazy("Open the page again."), fields={"id": lazy("Open the page again.")})
    return found


def maybe_id(text: str) -> str | None:
    """An id as it stands in an address or form; None for anything else."""
    try:
        return str(UUID(text)) if len(text) == 36 else None
    except ValueError:
        return None


def parse_day(text: str) -> date | None:
    """A date as browsers send it; None for anything else."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None
