"""How well complaints are handled (rules SA-8), each figure with its cases on both sides; satisfaction against SA-1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from app.feedback.rules_complaints import SPOKEN, Class, Voice

SATISFIED_GOAL = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the figures need of a case; `called_back` as the rule on call-backs says."""

    item_id: str
    kind: str
    classified: str
    reply_due_at: datetime | None
    replied_at: datetime | None
    close_due_at: datetime | None
    closed_at: datetime | None
    called_back: bool
    call_back: str


class Figure(StrEnum):
    HANDLED = "handled"
    CLOSED_CALLED = "closed_called"
    REPLIED = "replied"
    COMMUNICATIVE = "communicative"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many, and the cases on both sides."""

    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    @property
    def numerator(self) -> int:
        return len(self.hits)

    @property
    def denominator(self) -> int:
        return len(self.hits) + len(self.misses)

    @property
    def is_met(self) -> bool:
        """Every one: the target of SA-8 is 100 %."""
        return not self.misses


def tallies(cases: Iterable[CaseFacts], now: datetime) -> dict[Figure, Tally]:
    """Each figure over the cases that are due for it; what is still in its time counts nowhere."""
    known = list(cases)
    return {figure: _tally(known, now, *_RULES[figure]) for figure in Figure}


def _tally(cases: list[CaseFacts], now: datetime, due: _Due, hit: _Hit) -> Tally:
    counted = [each for each in cases if due(each, now)]
    hits = tuple(each.item_id for each in counted if hit(each))
    return Tally(hits, tuple(each.item_id for each in counted if not hit(each)))


_Due = Callable[[CaseFacts, datetime], bool]
_Hit = Callable[[CaseFacts], bool]


def _is_valid(case: CaseFacts) -> bool:
    return case.kind == Voice.COMPLAINT and case.classified == Class.VALID


def _is_over(due_at: datetime | None, done_at: datetime | None, now: datetime) -> bool:
    """Due: done, or its time has passed."""
    return due_at is not None and (done_at is not None or now >= due_at)


def _closed_in_time(case: CaseFacts) -> bool:
    return case.closed_at is not None and case.close_due_at is not None and case.closed_at <= case.close_due_at


def _replied_in_time(case: CaseFacts) -> bool:
    return case.replied_at is not None and case.reply_due_at is not None and case.replied_at <= case.reply_due_at


_RULES: dict[Figure, tuple[_Due, _Hit]] = {
    Figure.HANDLED: (
        lambda case, now: _is_valid(case) and _is_over(case.close_due_at, case.closed_at, now),
        lambda case: _closed_in_time(case) and case.called_back,
    ),
    Figure.CLOSED_CALLED: (
        lambda case, _now: _is_valid(case) and case.closed_at is not None,
        lambda case: case.called_back,
    ),
    Figure.REPLIED: (
        lambda case, now: case.kind != Voice.PRAISE and _is_over(case.reply_due_at, case.replied_at, now),
        _replied_in_time,
    ),
    Figure.COMMUNICATIVE: (
        lambda case, now: (
            case.kind != Voice.PRAISE and not _is_valid(case) and _is_over(case.close_due_at, case.closed_at, now)
        ),
        _closed_in_time,
    ),
    Figure.CONTENT: (
        lambda case, _now: case.call_back in SPOKEN,
        lambda case: case.call_back == SPOKEN[0],
    ),
}


def meets_goal(satisfied: int, n: int, *, graded: bool) -> bool | None:
    """Satisfaction against 95 % on the unrounded value; None with too few ratings (SA-1, SA-7)."""
    return Fraction(satisfied, n) >= SATISFIED_GOAL if graded and n else None
