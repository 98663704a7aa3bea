"""What a month's grade is made of, as it is kept when it freezes; and which rule proposes for whom: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.grades.rules import GR7, GR9, Key, Kind, Scale
from app.grades.rules_contract import Deduction, Event, ct7_vetoes, gr8_vetoes
from app.grades.rules_score import Proposal, gr7_working, gr8_propose, gr9_propose
from app.tallies.rules_rates import Rate


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside the measures. `reported` of the own people's findings were `put_right` in time (NC-15)."""

    accidents: int = 0
    unhandled: int = 0
    falsified: int = 0
    reported: int = 0
    put_right: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """`occurrences` were due, `unknown` of them not yet synced; `scales` are those in force, `contract` its number."""

    rates: Mapping[Key, Rate]
    occurrences: int = 0
    unknown: int = 0
    facts: Facts = field(default_factory=Facts)
    deductions: tuple[Deduction, ...] = ()
    scales: tuple[Scale, ...] = GR7
    contract: str = ""


def propose(kind: Kind, figures: Figures) -> Proposal:
    """GR-9 for people, CT-7 where a contract stands, GR-7 and GR-8 for the rest."""
    working, facts = gr7_working(figures.rates, figures.scales), figures.facts
    if kind is Kind.PERSON:
        return gr9_propose(working, figures.occurrences, facts.falsified)
    vetoes = ct7_vetoes if figures.contract else gr8_vetoes
    held = vetoes(accidents=facts.accidents, unhandled=facts.unhandled, falsified=facts.falsified)
    deducted = sum((each.points for each in figures.deductions), Fraction(0))
    return gr8_propose(working, figures.occurrences, held, deducted)


def scales_of(kind: Kind) -> tuple[Scale, ...]:
    """Where no contract says otherwise."""
    return GR9 if kind is Kind.PERSON else GR7


def as_json(figures: Figures) -> dict[str, Any]:
    """As it is kept: counts and scales, so that the working can be done again from them alone."""
    return {
        "rates": {str(key): [rate.numerator, rate.denominator] for key, rate in sorted(figures.rates.items())},
        "occurrences": figures.occurrences,
        "unknown": figures.unknown,
        "facts": {name: getattr(figures.facts, name) for name in Facts.__dataclass_fields__},
        "deductions": [[str(each.event), each.times, each.about] for each in figures.deductions],
        "scales": [[str(one.key), one.weight, str(one.target), str(one.floor)] for one in figures.scales],
        "contract": figures.contract,
    }


def from_json(body: Mapping[str, Any]) -> Figures:
    """What was kept."""
    return Figures(
        rates={Key(name): Rate(*pair) for name, pair in body["rates"].items()},
        occurrences=body["occurrences"],
        unknown=body["unknown"],
        facts=Facts(**body["facts"]),
        deductions=tuple(Deduction(Event(name), times, about) for name, times, about in body["deductions"]),
        scales=_scales(body["scales"]),
        contract=body["contract"],
    )


def _scales(kept: Sequence[Sequence[Any]]) -> tuple[Scale, ...]:
    return tuple(Scale(Key(key), weight, Fraction(target), Fraction(floor)) for key, weight, target, floor in kept)
