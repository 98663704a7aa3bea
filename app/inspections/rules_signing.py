"""Signatures of both sides: what each needs, and when the inspection closes; pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.web.words import lazy

LEAST_WORDS, MOST_WORDS = 4, 1000


class Side(StrEnum):
    INSPECTORS = "inspectors"
    INSPECTED = "inspected"


class SignWay(StrEnum):
    """By the own account; on the printed sheet; not at all, which an inspector writes down with the reason."""

    OWN = "own"
    PAPER = "paper"
    REFUSED = "refused"


def sign_faults(way: SignWay, words: str, name: str, *, objects: bool) -> dict[str, object]:
    """What a signature lacks: an objection needs its words, a sheet its signer, a refusal its reason."""
    found: dict[str, object] = {}
    if (objects or way is SignWay.REFUSED) and not LEAST_WORDS <= len(words) <= MOST_WORDS:
        found["words"] = lazy("Write the objection or the reason down in words.")
    if way is not SignWay.OWN and not 0 < len(name) <= 80:
        found["name"] = lazy("Write the post of whoever signed or did not sign.")
    return found


def closes(sides: Iterable[Side | str]) -> bool:
    """Both sides are there; a written objection is a signature too."""
    return {str(side) for side in sides} >= {str(side) for side in Side}
