"""Forms and addresses of papers into values; nonsense in an address falls back, in a form it is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.papers.rules_evaluation import HALF_YEAR
from app.refusals import Invalid
from app.web.words import lazy

MOST_WORDS = 300
MOST_ID = 40


def month_asked(text: str, today: date) -> date:
    """The first day of YYYY-MM of an address; not before 2000, not to come; else of the last month."""
    found = _month(text)
    last = (today.replace(day=1) - date.resolution).replace(day=1)
    return found if found and found.year >= 2000 and found <= today else last


def month_sent(form: Mapping[str, str], today: date) -> date:
    """The month of a form; raises Invalid for nonsense and for a month to come."""
    found = _month(form.get("month", ""))
    if found is None or found.year < 2000 or found > today:
        sentence = lazy("Choose a month that is over.")
        raise Invalid(sentence, fields={"month": sentence})
    return found


def page_in(args: Mapping[str, str]) -> int:
    """The page number, 1 at least."""
    text = args.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def words_in(form: Mapping[str, str]) -> str:
    """What who puts the paper up wants to say, at most 300 characters; raises Invalid."""
    words = form.get("words", "").strip()
    if len(words) > MOST_WORDS:
        sentence = lazy("This text is too long.")
        raise Invalid(sentence, fields={"words": sentence})
    return words


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError:
        return None


def months_in(args: Mapping[str, str]) -> int:
    """One month, or half a year when asked for."""
    return HALF_YEAR if args.get("months") == str(HALF_YEAR) else 1
