"""What a report is made of, as it is kept when it freezes: counts and names, never a percentage (rules RP-3): pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from app.tallies.rules_rates import Rate


@dataclass(frozen=True, slots=True)
class InForce:
    """An edition that was in force on some day of the half-year; None is open on that side (MT-36)."""

    number: str
    status: str
    from_on: str | None
    to_on: str | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Led:
    """A standard that the unit leads (牵头), or carries out for another one."""

    code: str
    title: str
    leads: bool
    editions: tuple[InForce, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """MT-24: a standard and its windows of the half-year."""

    code: str
    title: str
    planned: int = 0
    due: int = 0
    done: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    reported: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an edition, and how often it was answered with no."""

    edition: str
    step_id: str
    title: str
    times: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal to revise a standard, made in the half-year."""

    id: str
    code: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A walk along the chain of records that found breaks (DS-8); `at` is an ISO instant."""

    at: str
    faults: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`rates` and `before` (of the last half-year) by key; `numbers` are plain counts; `gaps` are names (MT-17)."""

    led: tuple[Led, ...] = ()
    used: tuple[Used, ...] = ()
    rates: Mapping[str, Rate] = field(default_factory=dict)
    before: Mapping[str, Rate] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    breaks: tuple[Broken, ...] = ()

    def rate(self, key: str) -> Rate:
        return self.rates.get(key, Rate(0, 0))

    def number(self, key: str) -> int:
        return self.numbers.get(key, 0)


def as_json(figures: Figures) -> dict[str, Any]:
    """As it is kept; reading it back gives the same figures."""
    rates = {
        name: {key: [rate.numerator, rate.denominator] for key, rate in sorted(getattr(figures, name).items())}
        for name in ("rates", "before")
    }
    counted = {name: dict(sorted(getattr(figures, name).items())) for name in ("numbers", "reasons")}
    listed = {name: [asdict(each) for each in getattr(figures, name)] for name in _LISTED}
    return {**rates, **counted, **listed, "gaps": list(figures.gaps)}


def from_json(body: Mapping[str, Any]) -> Figures:
    """What was kept; fields that later programs add to a kept line are left out."""
    values: dict[str, Any] = {
        name: {key: Rate(*pair) for key, pair in body.get(name, {}).items()} for name in ("rates", "before")
    }
    values |= {name: tuple(_made(kind, each) for each in body.get(name, ())) for name, kind in _LISTED.items()}
    values |= {name: dict(body.get(name, {})) for name in ("numbers", "reasons")}
    return Figures(**values, gaps=tuple(body.get("gaps", ())))


_LISTED: Mapping[str, type] = {"led": Led, "used": Used, "steps": Step, "proposals": Proposed, "breaks": Broken}


def _made(kind: type, kept: Mapping[str, Any]) -> Any:
    known = {each.name for each in fields(kind)}
    values = {name: value for name, value in kept.items() if name in known}
    if kind is Led:
        values["editions"] = tuple(_made(InForce, each) for each in values["editions"])
    return kind(**values)
