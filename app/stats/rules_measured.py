"""The figures of a month in one list, each with all that belongs to it: for the workbook and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.stats.rules import Counts
from app.stats.rules_beside import BESIDE, GAPS, Beside
from app.stats.rules_definitions import definition
from app.stats.rules_formulas import usage
from app.stats.rules_measures import FINER, MEASURES, SHORT, Measure
from app.tallies.rules_rates import Rate
from app.web.words import lazy

USAGE = Beside("MT-24", "usage", lazy("Times done"), "", "", is_count=True)
NAMED: tuple[Measure | Beside, ...] = (*MEASURES, *FINER, SHORT, USAGE, GAPS, *BESIDE)
"""Every figure that a month may have, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as it is told: `denominator` None is a count, which has no share; `share` and `interval` are 0 to 1.

    `unknown` windows are not yet known (rules MT-3a); None where the figure does not wait for them.
    """

    rule: str
    key: str
    title: object
    numerator: int
    denominator: int | None
    unknown: int | None = None

    @property
    def definition(self) -> object:
        """What is divided by what, in the reader's language."""
        return definition(self.key)

    @property
    def share(self) -> float | None:
        """Unrounded; None where nothing was due (rules MT-31)."""
        rate = self._rate
        return float(rate.share) if rate is not None and rate.share is not None else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval after Wilson, only for few cases (rules MT-33)."""
        rate = self._rate
        return rate.interval if rate is not None else None

    @property
    def _rate(self) -> Rate | None:
        return None if self.denominator is None else Rate(self.numerator, self.denominator)


def of_measure(measure: Measure, counts: Counts) -> Measured:
    """A measure of windows."""
    rate, unknown = measure.rate(counts), counts.unknown if measure.over_due else None
    return Measured(measure.id, measure.key, measure.title, rate.numerator, rate.denominator, unknown)


def of_windows(counts: Counts) -> list[Measured]:
    """What the page of the month has of its windows, the finer figures last."""
    return [of_measure(measure, counts) for measure in (*MEASURES, *FINER)]


def beside_windows(counts: Counts, beside: Mapping[str, Rate], gaps: int | None) -> list[Measured]:
    """What it has beside them; `gaps` None: not this reader's (rules MT-17), `beside` empty: nothing was planned."""
    made = [of_measure(SHORT, counts), _counted(USAGE, usage(counts))]
    made += [] if gaps is None else [_counted(GAPS, gaps)]
    for each in BESIDE if beside else ():
        rate = beside[each.key]
        made.append(Measured(each.id, each.key, each.title, rate.numerator, rate.denominator))
    return made


def _counted(figure: Beside, number: int) -> Measured:
    return Measured(figure.id, figure.key, figure.title, number, None)
