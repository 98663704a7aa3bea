"""Forms and addresses of grades into values; nonsense in an address falls back, in a form it is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.grades.rules import Grade, Kind
from app.refusals import Invalid
from app.web.words import lazy

MOST_TEXT = 500
NOT_GRADED = "none"


def kind_in(text: str) -> Kind:
    """The kind asked for, else units."""
    return Kind(text) if text in set(Kind) else Kind.UNIT


def month_in(text: str, today: date) -> date:
    """The first day of YYYY-MM, not in the future and not before 2000; else of this month."""
    try:
        asked = date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if asked.year >= 2000 and asked <= today else today.replace(day=1)


def text_in(form: Mapping[str, str], name: str, *, asked: bool = False) -> str:
    """A text of at most 500 characters; raises Invalid."""
    text = form.get(name, "").strip()
    if len(text) > MOST_TEXT:
        sentence = lazy("This text is too long.")
        raise Invalid(sentence, fields={name: sentence})
    if asked and not text:
        sentence = lazy("Say why.")
        raise Invalid(sentence, fields={name: sentence})
    return text


def grade_in(form: Mapping[str, str]) -> Grade | None:
    """The grade chosen, None for not graded; raises Invalid."""
    chosen = form.get("grade", "")
    if chosen == NOT_GRADED:
        return None
    if chosen not in set(Grade):
        sentence = lazy("Choose a grade.")
        raise Invalid(sentence, fields={"grade": sentence})
    return Grade(chosen)


def upheld_in(form: Mapping[str, str]) -> bool:
    """Whether the appeal is upheld; raises Invalid."""
    chosen = form.get("decision", "")
    if chosen not in ("upheld", "refused"):
        sentence = lazy("Decide, and say why.")
        raise Invalid(sentence, fields={"decision": sentence})
    return chosen == "upheld"
