"""Scores and grades (rules GR-3, GR-7 to GR-9, GR-11): line by line, exact until the end; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.grades.rules import FULL, GR7, GR8_BANDS, GR9_BANDS, PASSING, Bands, Cap, Grade, Key, Scale, Veto
from app.tallies.rules_rates import GRADED_FROM, Rate


def gr7_part(value: Fraction, target: Fraction, floor: Fraction) -> Fraction:
    """0 to 100 for a measure: full from the target on, 60 at the floor, straight lines between."""
    if value >= target:
        return FULL
    if value >= floor:
        return PASSING + (FULL - PASSING) * (value - floor) / (target - floor)
    return PASSING * value / floor


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: a measure with its count; `share` of the whole once missing measures have left it."""

    scale: Scale
    rate: Rate
    whole: int

    @property
    def counts(self) -> bool:
        """Nothing due drops out (MT-31); so does satisfaction with less than 30 ratings (SA-7)."""
        return _counts(self.scale, self.rate)

    @property
    def conforms(self) -> bool | None:
        """GR-3: 符合 or 不符合 for each requirement, on the unrounded value; few cases conclude nothing (MT-33)."""
        share = self.rate.share
        return None if share is None or self.rate.is_small else share >= self.scale.target

    @property
    def under_floor(self) -> bool:
        share = self.rate.share
        return self.counts and not self.rate.is_small and share is not None and share < self.scale.floor

    @property
    def part(self) -> Fraction | None:
        """The measure's own 0 to 100."""
        share = self.rate.share
        return gr7_part(share, self.scale.target, self.scale.floor) if self.counts and share is not None else None

    @property
    def points(self) -> Fraction | None:
        """What it brings to the score."""
        return None if self.part is None else self.part * self.scale.weight / self.whole


def _counts(scale: Scale, rate: Rate) -> bool:
    if rate.share is None:
        return False
    return scale.key is not Key.SATISFIED or rate.denominator >= GRADED_FROM


@dataclass(frozen=True, slots=True)
class Working:
    """The score line by line."""

    lines: tuple[Line, ...]

    @property
    def score(self) -> Fraction | None:
        """None when no measure had anything due."""
        points = [line.points for line in self.lines if line.points is not None]
        return sum(points, Fraction(0)) if points else None

    @property
    def misfits(self) -> tuple[Line, ...]:
        """GR-11: what asks for a corrective and a preventive action."""
        return tuple(line for line in self.lines if line.conforms is False)


def gr7_coverage(holidays: Rate, handovers: Rate) -> Rate:
    """Pooled: counts are added, shares are not averaged (MT-30)."""
    return Rate(holidays.numerator + handovers.numerator, holidays.denominator + handovers.denominator)


def gr7_working(rates: Mapping[Key, Rate], scales: Sequence[Scale] = GR7) -> Working:
    """Each measure beside its weight; the weights of those that dropped out are shared by the others (MT-31)."""
    known = [(scale, rates.get(scale.key, Rate(0, 0))) for scale in scales]
    whole = sum(scale.weight for scale, rate in known if _counts(scale, rate))
    return Working(tuple(Line(scale, rate, whole) for scale, rate in known))


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap, the measure it comes from (if any) and the best grade it leaves."""

    cap: Cap
    key: Key | None
    at_most: Grade


def gr8_caps(working: Working) -> tuple[Limit, ...]:
    """Key points or coverage under target: at most 良好; any measure under its floor: at most 及格."""
    under = {Key.KEY: Cap.KEY_UNDER_TARGET, Key.COVERAGE: Cap.COVERAGE_UNDER_TARGET}
    found = [
        Limit(under[line.scale.key], line.scale.key, Grade.GOOD)
        for line in working.lines
        if line.scale.key in under and line.conforms is False
    ]
    found += [Limit(Cap.UNDER_FLOOR, line.scale.key, Grade.PASS) for line in working.lines if line.under_floor]
    return tuple(found)


def band_of(score: Fraction, bands: Bands) -> Grade:
    """The grade of an unrounded score (MT-32)."""
    return next((grade for least, grade in bands if score >= least), Grade.FAIL)


def worst(grades: Iterable[Grade]) -> Grade:
    """The one furthest down."""
    order = list(Grade)
    return max(grades, key=order.index)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the system proposes and why; `grade` None: too few cases, not graded (不评定)."""

    working: Working
    deducted: Fraction
    score: Fraction | None
    by_score: Grade | None
    grade: Grade | None
    limits: tuple[Limit, ...]
    vetoes: tuple[Veto, ...]


def gr8_propose(
    working: Working, occurrences: int, vetoes: Sequence[Veto] = (), deducted: Fraction = Fraction(0)
) -> Proposal:
    """A unit, point or standard: score less deductions, its band, then caps, then vetoes; none under 30 windows."""
    limits = gr8_caps(working)
    return _propose(working, occurrences, limits, tuple(vetoes), max(deducted, Fraction(0)), GR8_BANDS)


def gr9_propose(working: Working, occurrences: int, false_passes: int) -> Proposal:
    """A person: own windows only; a proven false pass holds the grade at 基本称职; nothing else caps it."""
    limits = (Limit(Cap.FALSE_PASS, None, Grade.PASS),) if false_passes else ()
    return _propose(working, occurrences, limits, (), Fraction(0), GR9_BANDS)


def _propose(
    working: Working, occurrences: int, limits: tuple[Limit, ...], vetoes: tuple[Veto, ...],
    deducted: Fraction, bands: Bands,
) -> Proposal:  # fmt: skip
    score = working.score
    left = None if score is None else max(score - deducted, Fraction(0))
    if left is None or occurrences < GRADED_FROM:
        return Proposal(working, deducted, left, None, None, limits, vetoes)
    by_score = band_of(left, bands)
    held = [*(limit.at_most for limit in limits), *([Grade.FAIL] if vetoes else [])]
    return Proposal(working, deducted, left, by_score, worst([by_score, *held]), limits, vetoes)


def shown(value: Fraction | None, places: int = 2) -> str:
    """Rounded half up, and only here (MT-32)."""
    if value is None:
        return "—"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def told_by(proposal: Proposal) -> tuple[str, str | None]:
    """Score and grade as they are kept: rounded once."""
    return shown(proposal.score), str(proposal.grade) if proposal.grade else None
