"""What of an inspection is told to everybody: conclusions and what became of the findings, no names of people; pure."""

from __future__ import annotations

from collections.abc import Iterable

from app.web.words import lazy

MOST_ANNOUNCEMENT, LEAST = 2000, 10
MASK = "＊＊"


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with every known name of a person covered; longer names first, so that no part of one is left."""
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, MASK)
    return text


def announcement_faults(text: str, names: Iterable[str]) -> dict[str, object]:
    """What speaks against telling this to everybody."""
    if not LEAST <= len(text.strip()) <= MOST_ANNOUNCEMENT:
        return {"text": lazy("Write %(least)d to %(most)d characters.", least=LEAST, most=MOST_ANNOUNCEMENT)}
    named = sorted(name for name in set(names) if len(name) > 1 and name in text)
    if named:
        return {"text": lazy("Leave out the names of people: %(names)s", names="、".join(named[:5]))}
    return {}
