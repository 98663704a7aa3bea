"""The form of a trade on duty: a value or a sentence a field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.web.words import lazy

ID = re.compile(r"[a-z][a-z0-9_]{0,19}")
MOST_WORDS = 40


@dataclass(frozen=True)
class TradeForm:
    """What the office says of a trade."""

    id: str
    name: str
    name_en: str
    org_id: str
    crew_id: str | None
    person_id: str | None
    point_kinds: tuple[str, ...]
    words: tuple[str, ...]
    errors: Mapping[str, object] = field(default_factory=dict)


def parse_trade(given: Mapping[str, str], kinds: Sequence[str], known_kinds: Mapping[str, object]) -> TradeForm:
    """Read the form of one trade."""
    words = tuple(dict.fromkeys(word[:20] for word in re.split(r"[\s,，、;；]+", given.get("words", "")) if word))
    form = TradeForm(
        given.get("id", "").strip(),
        given.get("name", "").strip(),
        given.get("name_en", "").strip(),
        given.get("org_id", "").strip(),
        given.get("crew_id", "").strip() or None,
        given.get("person_id", "").strip() or None,
        tuple(kind for kind in dict.fromkeys(kinds) if kind in known_kinds),
        words,
    )
    return TradeForm(**{**form.__dict__, "errors": _errors(form)})


def _errors(form: TradeForm) -> dict[str, object]:
    errors: dict[str, object] = {}
    if not ID.fullmatch(form.id):
        errors["id"] = lazy("A short name of small letters and digits, such as water.")
    if not form.name or len(form.name) > 40:
        errors["name"] = lazy("Give the trade a name of at most 40 characters.")
    if len(form.name_en) > 60:
        errors["name_en"] = lazy("At most 60 characters.")
    if not form.org_id:
        errors["org_id"] = lazy("Choose a unit.")
    if len(form.words) > MOST_WORDS:
        errors["words"] = lazy("At most %(n)d words.", n=MOST_WORDS)
    if not form.point_kinds and not form.words:
        errors["point_kinds"] = lazy("Choose the kinds of places, or name words of its faults.")
    return errors
