"""What counts against a contractor, when a month closes, and how levels are met (rules CT-2, CT-6, CT-8): pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeVar

from app.days import next_month

# A month is open for disputes until this day of the next one, the day included.
CLOSES_ON = 5
FIELDS = (
    "name", "address", "legal", "qualifications", "certificates", "contact", "services", "price", "performance",
    "emergency",
)  # fmt: skip
LEVELS = ("on_time", "completion", "key", "photo", "holiday", "handover", "closed")
WEIGHTS: Mapping[str, int] = {
    "on_time": 15, "completion": 15, "key": 20, "photo": 10, "coverage": 10, "spot": 10, "closed": 10, "satisfied": 10,
}  # fmt: skip
"""What each measure weighs where the contract does not say otherwise (GR-7)."""
MOST_WEIGHT = 100


class Kind(StrEnum):
    """What a flag is about."""

    MISSED = "missed"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Terms:
    """The contract as measures see it; both days belong to it."""

    from_on: date
    to_on: date
    standards: frozenset[str]
    repairs: bool

    def holds(self, on: date, standard: str | None) -> bool:
        """Records of the contract's scope and time only (CT-8)."""
        return self.from_on <= on <= self.to_on and standard in self.standards

    def reaches(self, on: date, standard: str | None) -> bool:
        """The same of what may name no standard, as a complaint about a whole building: then its day decides (CT-8)."""
        return self.holds(on, standard) if standard else self.from_on <= on <= self.to_on


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the question of counting sees it; `own`: reported by the contractor's people themselves."""

    standard: str | None
    on: date
    cause: str | None
    fail_action: str
    own: bool
    withdrawn: bool
    due_at: datetime | None
    closed_at: datetime | None

    def late(self, now: datetime) -> bool:
        return self.due_at is not None and (self.closed_at or now) > self.due_at

    @property
    def is_repair(self) -> bool:
        return self.fail_action == "repair" or self.cause == "facility"


class Dated(Protocol):
    """A contract by its number and days; both days belong to it."""

    @property
    def number(self) -> str: ...
    @property
    def from_on(self) -> date: ...
    @property
    def to_on(self) -> date: ...


Held = TypeVar("Held", bound=Dated)


def in_force(newest_first: Iterable[Held], first: date, last: date) -> Held | None:
    """The contract that rules these days: the one entered last of those that touch them (CT-7, CT-8)."""
    return next((each for each in uncorrected(newest_first) if _meet(each, first, last)), None)


def uncorrected(newest_first: Iterable[Held]) -> Iterator[Held]:
    """Without what was corrected: under the same number, over some of the same days, the one entered later stands."""
    seen: list[Held] = []
    for each in newest_first:
        if not any(later.number == each.number and _meet(later, each.from_on, each.to_on) for later in seen):
            yield each
        seen.append(each)


def _meet(held: Dated, first: date, last: date) -> bool:
    return held.from_on <= last and held.to_on >= first


def counts(found: Found, terms: Terms, now: datetime) -> bool:
    """Repairs count only in scope and late (CT-8); honest reports put right in time never do (NC-15)."""
    if found.withdrawn or not terms.holds(found.on, found.standard):
        return False
    if found.is_repair:
        return terms.repairs and found.late(now)
    if found.own:
        return found.late(now)
    return found.cause in (None, "work")


def weights_in_force(own: Mapping[str, int]) -> dict[str, int]:
    """CT-7: the contract's weights, GR-7's for measures that it does not name; one of 0 is left out of the score.

    They need not add up to 100: the score divides by their sum.
    """
    found = {name: own.get(name, usual) for name, usual in WEIGHTS.items()}
    return {name: weight for name, weight in found.items() if weight}


def closes_on(month: date) -> date:
    """The last day on which a flag of that month can be disputed."""
    return next_month(month).replace(day=CLOSES_ON)


def is_open(month: date, today: date) -> bool:
    """From its first day until it closes."""
    return month <= today <= closes_on(month)


def met(numerator: int, denominator: int, target: Fraction) -> bool | None:
    """On the unrounded value; None when nothing was due."""
    return Fraction(numerator, denominator) >= target if denominator else None


def missing_fields(entries: Collection[str]) -> tuple[str, ...]:
    """Which of the ten fields stand empty."""
    return tuple(name for name in FIELDS if name not in entries)
