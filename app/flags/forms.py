"""The forms and filters of flags as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.refusals import Invalid
from app.web.words import lazy


def deed_id(form: Mapping[str, str]) -> str:
    """The id that the page gave, so that a repeat is known. Raises Invalid for a form that did not come from it."""
    text = form.get("id", "")
    try:
        return str(UUID(text)) if len(text) == 36 else str(UUID(""))
    except ValueError:
        raise Invalid(lazy("Open the page again."), fields={"id": lazy("Open the page again.")}) from None


def words(form: Mapping[str, str]) -> str:
    return form.get("words", "").strip()


def day(text: str) -> date | None:
    """A date as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
