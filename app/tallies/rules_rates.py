"""A rate beside its count: the dash, the threshold, the interval of small numbers (rules MT-31 to MT-33)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

GRADED_FROM = 30
Z_95 = 1.959963984540054


class Grade(StrEnum):
    """How a rate stands to its target; a rate without a target or with few cases has none."""

    MET = "met"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many; the quotient is made late and never rounded before it is compared."""

    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        """The exact value, or None when nothing was due (MT-31)."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def is_small(self) -> bool:
        """Some cases, but too few for a grade (MT-33)."""
        return 0 < self.denominator < GRADED_FROM

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval after Wilson, as shares; only for few cases."""
        return wilson(self.numerator, self.denominator) if self.is_small else None

    def grade(self, target: Fraction | None) -> Grade | None:
        """Against the target, on the unrounded value (MT-32)."""
        if target is None or self.share is None or self.is_small:
            return None
        return Grade.MET if self.share >= target else Grade.BELOW


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """The 95 % score interval: 18 of 20 gives 0.699 to 0.972 (MT-33).

    More than all count as all: two counts that disagree must not take the page down on which they stand.
    """
    n, p, square = denominator, min(1.0, numerator / denominator), Z_95 * Z_95
    centre = p + square / (2 * n)
    half = Z_95 * sqrt(p * (1 - p) / n + square / (4 * n * n))
    scale = 1 + square / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def worst_first(rate: Rate) -> tuple[bool, Fraction, int]:
    """Sort key: the lowest share first, among equals the one with more cases; nothing due goes last."""
    return rate.share is None, rate.share or Fraction(0), -rate.denominator
