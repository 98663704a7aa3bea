"""The contractor's month (rules CT-7, CT-8, NC-15): the contract's own targets, deductions by event, bands; pure.

Deductions, bands and payments are examples that the contract overrules; the system recommends and deducts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from app.contractors.rules import weights_in_force
from app.grades.rules import GR7, Grade, Key, Scale, Veto
from app.nonconformities.rules import FindingSource


class Event(StrEnum):
    """What costs points."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    OVERDUE = "overdue"
    RECHECK = "recheck"
    COMPLAINT = "complaint"
    FALSIFIED = "falsified"


CT7_POINTS: Mapping[Event, Fraction] = {
    Event.MINOR: Fraction(1, 2),
    Event.MAJOR: Fraction(2),
    Event.CRITICAL: Fraction(5),
    Event.OVERDUE: Fraction(2),
    Event.RECHECK: Fraction(3),
    Event.COMPLAINT: Fraction(3),
    Event.FALSIFIED: Fraction(10),
}
CT7_PAYMENT: Mapping[Grade, int] = {Grade.EXCELLENT: 100, Grade.GOOD: 98, Grade.PASS: 95, Grade.FAIL: 90}
"""Percent of the month's price that the demo's bands recommend."""
CT7_FALSE_VETO = 3
NC15_SOURCES = frozenset({FindingSource.SPOTCHECK, FindingSource.SUPERVISION, FindingSource.COMPLAINT})
"""Only 抽查, 监查 and 有效投诉 deduct; what the contractor or its people report never does."""
LEVEL_OF = {"on_time": Key.ON_TIME, "completion": Key.COMPLETION, "key": Key.KEY, "photo": Key.PHOTO,
            "closed": Key.CLOSED}  # fmt: skip
COVERAGE_LEVELS = ("holiday", "handover")


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as deductions see it; `counts` as the contract's scope and its cause say (CT-8, NC-15)."""

    id: str
    source: str
    severity: str
    counts: bool
    overdue: bool
    failed_rechecks: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken for an event, with the record it comes from."""

    event: Event
    times: int
    about: str

    @property
    def points(self) -> Fraction:
        return CT7_POINTS[self.event] * self.times


def ct7_scales(levels: Mapping[str, float], weights: Mapping[str, int] | None = None) -> tuple[Scale, ...]:
    """The measures of GR-7 with the contract's targets and weights; a floor never lies above its target.

    A measure that the contract weighs with 0 is not part of its score and caps nothing.
    """
    agreed = {LEVEL_OF[name]: _share(level) for name, level in levels.items() if name in LEVEL_OF}
    coverage = [_share(levels[name]) for name in COVERAGE_LEVELS if name in levels]
    if coverage:
        agreed[Key.COVERAGE] = max(coverage)
    weighed = weights_in_force(weights or {})
    return tuple(
        _agreed(replace(scale, weight=weighed[scale.key]), agreed.get(scale.key))
        for scale in GR7
        if scale.key in weighed
    )


def own_weights(scales: Sequence[Scale]) -> bool:
    """Whether the contract weighs otherwise than GR-7."""
    return {each.key: each.weight for each in scales} != {each.key: each.weight for each in GR7}


def _agreed(scale: Scale, target: Fraction | None) -> Scale:
    if target is None:
        return scale
    return replace(scale, target=target, floor=min(scale.floor, target))


def _share(percent: float) -> Fraction:
    return Fraction(str(percent)) / 100


def ct7_deductions(findings: Iterable[Seen], complaints: Sequence[str], untrue: Sequence[str]) -> list[Deduction]:
    """Findings of 抽查 and 监查 by severity, 整改逾期 and 复查不合格; valid complaints; records proven untrue.

    A finding from a complaint is not taken twice: the complaint stands for it.
    """
    found: list[Deduction] = []
    for each in findings:
        if not each.counts or each.source not in NC15_SOURCES:
            continue
        if each.source != FindingSource.COMPLAINT:
            found.append(Deduction(Event(each.severity), 1, each.id))
        if each.overdue:
            found.append(Deduction(Event.OVERDUE, 1, each.id))
        if each.failed_rechecks:
            found.append(Deduction(Event.RECHECK, each.failed_rechecks, each.id))
    found += [Deduction(Event.COMPLAINT, 1, each) for each in complaints]
    return found + [Deduction(Event.FALSIFIED, 1, each) for each in untrue]


def ct7_vetoes(*, accidents: int, unhandled: int, falsified: int) -> tuple[Veto, ...]:
    """What the contract names: an accident, a valid complaint left past its limit, three untrue records in a month."""
    return vetoes_of(accidents=accidents, unhandled=unhandled, falsified=falsified >= CT7_FALSE_VETO)


def gr8_vetoes(*, accidents: int, unhandled: int, falsified: int) -> tuple[Veto, ...]:
    """GR-8: an accident, a valid complaint left unhandled, proven falsified records."""
    return vetoes_of(accidents=accidents, unhandled=unhandled, falsified=falsified > 0)


def vetoes_of(*, accidents: int, unhandled: int, falsified: bool) -> tuple[Veto, ...]:
    """Those that hold."""
    held = ((Veto.ACCIDENT, accidents > 0), (Veto.COMPLAINT, unhandled > 0), (Veto.FALSIFIED, falsified))
    return tuple(veto for veto, holds in held if holds)


def ct7_payment(grade: Grade | None) -> int | None:
    """The recommended percent of the price; None without a grade. Nothing is ever deducted by the system."""
    return None if grade is None else CT7_PAYMENT[grade]
