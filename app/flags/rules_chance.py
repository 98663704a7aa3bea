"""How unlikely something is by chance, in powers of ten: binomial and chi-square tails, the normal law."""

from __future__ import annotations

from collections.abc import Sequence
from math import erf, exp, lgamma, log, log10, sqrt

# Beyond this a float holds nothing; nobody needs to know more exactly.
MOST_DECADES = 300.0


def decades(probability: float) -> float:
    """1 in 1000 gives 3."""
    return -log10(probability) if probability > 10**-MOST_DECADES else MOST_DECADES


def at_least(hits: int, tries: int, share: float) -> float:
    """Probability of `hits` or more among `tries` when each comes with `share`."""
    if hits <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    return min(1.0, sum(exp(_log_exactly(k, tries, share)) for k in range(hits, tries + 1)))


def _log_exactly(hits: int, tries: int, share: float) -> float:
    ways = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
    return ways + hits * log(share) + (tries - hits) * log(1 - share)


def chi_square(seen: Sequence[float], expected: Sequence[float]) -> tuple[float, int]:
    """The sum of squares and its degrees of freedom; cells that expect nothing are left out."""
    cells = [(found, due) for found, due in zip(seen, expected, strict=True) if due > 0]
    return sum((found - due) ** 2 / due for found, due in cells), max(0, len(cells) - 1)


def chi_square_tail(value: float, degrees: int) -> float:
    """Probability of so much or more, exact for even degrees; odd ones count as the next even one, which is milder."""
    half, terms = value / 2, (degrees + 1) // 2
    term, total = 1.0, 0.0
    for k in range(terms):
        total += term
        term *= half / (k + 1)
    return min(1.0, exp(-half) * total) if terms else 1.0


def below(value: float, mean: float, spread: float) -> float:
    """The share of a normal law under a value."""
    return 0.5 * (1 + erf((value - mean) / (spread * sqrt(2))))
