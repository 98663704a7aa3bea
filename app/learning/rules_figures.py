"""What the answers say about a step: fails, is skipped, is always the same; numerator and denominator apart. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.standards.rules import Step
from app.tallies.rules_rates import Rate

ENOUGH = 20
"""Fewer answers say nothing about always."""
ALMOST_ALL = Fraction(9, 10)
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """How many readings or choices there were, and the least and the greatest of them."""

    n: int = 0
    low: float | str | None = None
    high: float | str | None = None

    @property
    def same(self) -> bool:
        """Enough of them, and all equal."""
        return self.n >= ENOUGH and self.low == self.high


@dataclass(frozen=True, slots=True)
class StepSums:
    """All answers to one step where it applied; `skipped` of them say that it does not apply."""

    step_id: str
    answered: int = 0
    failed: int = 0
    skipped: int = 0
    noted: int = 0
    readings: Spread = Spread()
    chosen: Spread = Spread()

    @property
    def fails(self) -> Rate:
        """Fails of all that were judged."""
        return Rate(self.failed, self.answered - self.skipped)

    @property
    def skips(self) -> Rate:
        """Not applicable of all answers."""
        return Rate(self.skipped, self.answered)


@dataclass(frozen=True, slots=True)
class Windows:
    """How the windows of a standard ended; `reported` stand outside what was due (rules 2.1)."""

    due: int = 0
    done: int = 0
    on_time: int = 0
    missed: int = 0
    reported: int = 0


@dataclass(frozen=True, slots=True)
class FoundSums:
    """Findings by cause and by state; those put right in the check itself are counted apart (rules NC-16)."""

    by_cause: Mapping[str, int]
    total: int = 0
    open: int = 0
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Voices:
    """Ratings that count, the low ones of them, and cases; `valid` complaints were decided so outside the unit."""

    ratings: int = 0
    low: int = 0
    faces: int = 0
    complaints: int = 0
    valid: int = 0


def failing(sums: Iterable[StepSums], most: int = MOST_SHOWN) -> list[StepSums]:
    """The steps that fail most, the highest share first; among equals the one with more fails."""
    found = [each for each in sums if each.failed]
    return sorted(found, key=lambda each: (-(each.fails.share or 0), -each.failed, each.step_id))[:most]


def always_skipped(sums: Iterable[StepSums]) -> list[StepSums]:
    """Steps that nearly nobody can do as they are written: nine of ten answers say that they do not apply."""
    return [each for each in sums if each.answered >= ENOUGH and (each.skips.share or 0) >= ALMOST_ALL]


def always_same(sums: Iterable[StepSums], steps: Iterable[Step]) -> list[StepSums]:
    """Readings and choices that never change although they could: the step may say nothing."""
    could = {each.id for each in steps if _can_differ(each)}
    return [each for each in sums if each.step_id in could and (each.readings.same or each.chosen.same)]


def _can_differ(step: Step) -> bool:
    """A limit that leaves one value, or one choice, is meant to be the same."""
    if step.choices:
        return len(step.choices) > 1
    return step.min is None or step.min != step.max
