"""The evaluation report of a unit (rules GR-11): what conforms, what was done where not, how it goes on; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.appraisals.rules_outside import Outside
from app.grades.rules import Key, Scale, Veto
from app.grades.rules_figures import Figures
from app.grades.rules_score import Proposal, gr7_working, gr8_propose
from app.tallies.rules_rates import Rate

HALF_YEAR = 6
LENGTHS = (1, HALF_YEAR)
A_CENTURY = 2000


class Course(StrEnum):
    """How improvement goes on (GR-11): it works, so go on; not clear, so analyse and try again; nothing to improve."""

    KEEP = "keep"
    GO_ON = "go_on"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of the period beside the period of the same length before."""

    scale: Scale
    now: Rate
    before: Rate

    @property
    def conforms(self) -> bool | None:
        """GR-3, on the unrounded value; few cases conclude nothing (MT-33)."""
        share = self.now.share
        return None if share is None or self.now.is_small else share >= self.scale.target

    @property
    def course(self) -> Course | None:
        """None where few cases conclude nothing."""
        return None if self.conforms is None else gr11_course(self.now, self.before, conforms=self.conforms)


@dataclass(frozen=True, slots=True)
class Action:
    """What was decided about a month: corrective and preventive actions, by whom."""

    month: date
    corrective: str
    preventive: str
    by_name: str


@dataclass(frozen=True, slots=True)
class MonthGrade:
    """A month of the period; `provisional` until it is over and frozen."""

    month: date
    score: str
    grade: str | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that the report says; the proposal takes off the deductions of the months divided by their number."""

    unit_id: str
    unit: str
    contract: str
    first: date
    months: int
    as_of: date
    grades: tuple[MonthGrade, ...]
    measured: tuple[Measured, ...]
    proposal: Proposal
    actions: tuple[Action, ...]
    outside: Outside

    @property
    def deducted(self) -> Fraction:
        """The points of all months together."""
        return self.proposal.deducted * len(self.grades)

    @property
    def misfits(self) -> tuple[Measured, ...]:
        """What asks for corrective and preventive actions."""
        return tuple(each for each in self.measured if each.conforms is False)

    @property
    def provisional(self) -> bool:
        return any(each.provisional for each in self.grades)

    @property
    def lacks_actions(self) -> bool:
        """Something does not conform and nobody has said yet what is done about it."""
        return bool(self.misfits) and not any(each.corrective and each.preventive for each in self.actions)


def gr11_course(now: Rate, before: Rate, *, conforms: bool) -> Course:
    """A measure that conforms is kept up; one that rose goes on; where that cannot be said, analyse and try again."""
    if conforms:
        return Course.KEEP
    if now.share is None or before.share is None or before.is_small:
        return Course.AGAIN
    return Course.GO_ON if now.share > before.share else Course.AGAIN


def summed(months: Sequence[Figures]) -> Figures:
    """Counts of months as one: added, nothing is averaged (MT-30); scales and contract are those of the last month.

    Facts and deductions belong to a month and are left to it: `gr11_propose` takes them from there.
    """
    return Figures(
        rates=added(each.rates for each in months),
        occurrences=sum(each.occurrences for each in months),
        unknown=sum(each.unknown for each in months),
        scales=months[-1].scales if months else (),
        contract=months[-1].contract if months else "",
    )


def gr11_propose(whole: Figures, months: Sequence[Proposal]) -> Proposal:
    """The period after the proposals of its months, so that it scores as they do.

    CT-7 deducts from the score of a month: the points of all are divided by the months. What vetoes a month (three
    untrue records in a month) vetoes the period only where it vetoed one of them.
    """
    deducted = sum((each.deducted for each in months), Fraction(0)) / max(len(months), 1)
    held = [veto for veto in Veto if any(veto in each.vetoes for each in months)]
    return gr8_propose(gr7_working(whole.rates, whole.scales), whole.occurrences, held, deducted)


def added(rates: Iterable[Mapping[Key, Rate]]) -> dict[Key, Rate]:
    """By measure."""
    found: dict[Key, Rate] = {}
    for each in rates:
        for key, rate in each.items():
            was = found.get(key, Rate(0, 0))
            found[key] = Rate(was.numerator + rate.numerator, was.denominator + rate.denominator)
    return found


def evaluation_named(document_id: str) -> tuple[date, int, str] | None:
    """(first month, months, unit) of YYYY-MM~MONTHS~UNIT; None for anything else."""
    month, _, rest = document_id.partition("~")
    months, _, unit_id = rest.partition("~")
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    if first.year < A_CENTURY or months not in {str(each) for each in LENGTHS} or not unit_id:
        return None
    return first, int(months), unit_id
