"""Suggestions as plain values: where one stands, what may follow, what is wrong with a new one (rules 8, 002 §五)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.web.words import lazy

MOST_TEXT, MOST_ANSWER = 500, 500
MOST_A_DAY = 30
WHOLE = ""
"""The step id of a suggestion about the standard as a whole."""


class Standing(StrEnum):
    """Where a suggestion stands; but for new, each is an event of that name."""

    NEW = "new"
    TAKEN = "taken"
    ANSWERED = "answered"
    DECLINED = "declined"
    WRITTEN = "written"


AFTER: Mapping[Standing, frozenset[Standing]] = {
    Standing.NEW: frozenset({Standing.TAKEN, Standing.ANSWERED, Standing.DECLINED}),
    Standing.ANSWERED: frozenset({Standing.TAKEN, Standing.DECLINED}),
    Standing.DECLINED: frozenset({Standing.TAKEN}),
    Standing.TAKEN: frozenset({Standing.DECLINED, Standing.WRITTEN}),
    Standing.WRITTEN: frozenset(),
}
BY_HAND = frozenset({Standing.TAKEN, Standing.ANSWERED, Standing.DECLINED})
"""What the standards section says; written follows from publishing."""
NEEDS_WORDS = frozenset({Standing.ANSWERED, Standing.DECLINED})
OPEN = frozenset({Standing.NEW, Standing.ANSWERED, Standing.TAKEN})
"""What can still go into a proposal."""


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a suggestion, by whom and in which words."""

    kind: Standing
    at: datetime
    text: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion with its events, oldest first; `by` and `by_id` are the author's."""

    id: str
    standard_code: str
    edition: str
    step_id: str
    step_title: str
    text: str
    sha256: str | None
    anonymous: bool
    check_id: str | None
    by_id: str
    by: str | None
    unit_id: str
    unit: str | None
    at: datetime
    events: tuple[Event, ...] = field(default=())

    @property
    def standing(self) -> Standing:
        """The newest event says it."""
        return self.events[-1].kind if self.events else Standing.NEW

    @property
    def answer(self) -> Event | None:
        """The last words of the standards section."""
        return next((each for each in reversed(self.events) if each.text), None)


@dataclass(frozen=True, slots=True)
class Wish:
    """A suggestion as it was sent; `id` is made by the page, so that a form sent twice is kept once."""

    id: str
    step_id: str
    text: str
    anonymous: bool
    check_id: str | None


def may_follow(now: Standing, then: Standing) -> bool:
    """Whether this can become of a suggestion that stands there, by hand."""
    return then in AFTER[now] & BY_HAND


def unanswered_first(said: Iterable[Suggestion]) -> list[Suggestion]:
    """What nobody has answered on top, the rest as it was."""
    return sorted(said, key=lambda each: each.standing is not Standing.NEW)


def choices(now: Standing) -> list[Standing]:
    """What the standards section may say, in the order of the page."""
    return [each for each in Standing if may_follow(now, each)]


def faults(text: str, *, voice: bool, step_id: str, known: Iterable[str]) -> dict[str, object]:
    """What is wrong with a new suggestion, a sentence a field."""
    found: dict[str, object] = {}
    if not text and not voice:
        found["text"] = lazy("Say in a few words what should change, or record it.")
    if len(text) > MOST_TEXT:
        found["text"] = lazy("This text is too long; at most %(n)d characters.", n=MOST_TEXT)
    if step_id != WHOLE and step_id not in set(known):
        found["step"] = lazy("This standard has no such step. Open the page again.")
    return found


def answer_faults(said: Standing | None, now: Standing, text: str) -> dict[str, object]:
    """What is wrong with an answer of the standards section."""
    if said is None or said not in BY_HAND:
        return {"answer": lazy("This is not one of the possible answers.")}
    if not may_follow(now, said):
        return {"answer": lazy("This has been settled already. Load the page again.")}
    if said in NEEDS_WORDS and not text:
        return {"text": lazy("Say why.")}
    if len(text) > MOST_ANSWER:
        return {"text": lazy("This text is too long; at most %(n)d characters.", n=MOST_ANSWER)}
    return {}
