"""What a monthly bulletin says, as plain values: figures, three problems, the ranking, who owes what by when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.days import months_on
from app.tallies.rules_rates import Rate


class PaperKind(StrEnum):
    """What a paper is; the value is the name of its official form."""

    BULLETIN = "bulletin"
    EVALUATION = "evaluation"


class Key(StrEnum):
    """The figures of a bulletin in their order, by the names that the figures of the month have."""

    ON_TIME = "on_time"
    COMPLETION = "completion"
    CONFORMITY = "conformity"
    KEY = "key"
    PHOTO = "photo"
    HOLIDAY = "holiday"
    HANDOVER = "handover"
    IN_TIME = "findings_in_time"
    SPOT = "spot_checks"
    SATISFIED = "satisfied"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the month beside that of the month before; numerator and denominator apart."""

    key: Key
    now: Rate
    before: Rate

    @property
    def change(self) -> Fraction | None:
        """In shares, on the unrounded values; None where either month has nothing to divide by (MT-31)."""
        if self.now.share is None or self.before.share is None:
            return None
        return self.now.share - self.before.share


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with its score and grade, the windows that were due and those on time; `name` as the contract says."""

    unit_id: str
    name: str
    contract: str
    score: str
    grade: str | None
    on_time: Rate
    decided: bool = False

    @property
    def due(self) -> int:
        return self.on_time.denominator


class Owed(StrEnum):
    """What is owed: a finding to be put right, rechecked or decided; an appeal to be answered."""

    FINDING = "finding"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Debt:
    """Who owes what until which local day; `overdue` as of the bulletin. Appeals wait for the evaluation group."""

    what: Owed
    number: str
    text: str
    who: str
    due: date | None
    overdue: bool
    link: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One of the three problems; see rules_problems for which and why. `n` times of `of`, or days past the limit."""

    kind: str
    place: int
    name: str
    sub: str
    n: int
    of: int
    link: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that a bulletin says. `provisional` until the month is over and frozen; `unknown` windows not yet synced.

    `reported` windows were not possible and stand outside what was due (MT-3).
    """

    month: date
    unit_id: str
    unit: str
    provisional: bool
    as_of: str
    figures: tuple[Figure, ...] = ()
    unknown: int = 0
    reported: int = 0
    problems: tuple[Problem, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    debts: tuple[Debt, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was due in the month."""
        return not any(each.now.denominator for each in self.figures if each.key is Key.ON_TIME)


@dataclass(frozen=True, slots=True)
class Changed:
    """What the records of an issued paper said before and say now; lists of (name, before, now)."""

    figures: tuple[tuple[Key, Rate, Rate], ...] = ()
    ranking: tuple[tuple[str, Ranked | None, Ranked | None], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.figures or self.ranking)


def total(ranking: Sequence[Ranked]) -> Rate:
    """The last line of the ranking: counts are added, shares are never averaged (MT-30)."""
    return Rate(sum(each.on_time.numerator for each in ranking), sum(each.on_time.denominator for each in ranking))


def in_order(debts: Sequence[Debt]) -> tuple[Debt, ...]:
    """What is overdue first, of that the oldest; then what is due next; what has no limit last."""
    return tuple(sorted(debts, key=lambda one: (not one.overdue, one.due or date.max, one.what, one.number)))


def changes(before: Bulletin, now: Bulletin) -> Changed:
    """What an addendum has to tell: figures whose counts, and units whose score or grade, are others now.

    Debts and problems are those of the day of issue: that they are paid off later is no correction of the paper.
    """
    told = {each.key: each.now for each in before.figures}
    figures = [
        (each.key, was, each.now)
        for each in now.figures
        if (was := told.get(each.key, Rate(0, 0))) != each.now
    ]  # fmt: skip
    was_ranked = {each.unit_id: each for each in before.ranking}
    names = {each.unit_id: each.name for each in (*before.ranking, *now.ranking)}
    is_ranked = {each.unit_id: each for each in now.ranking}
    ranking = [
        (name, was_ranked.get(unit), is_ranked.get(unit))
        for unit, name in names.items()
        if _counts(was_ranked.get(unit)) != _counts(is_ranked.get(unit))
    ]
    return Changed(tuple(figures), tuple(ranking))


def _counts(one: Ranked | None) -> tuple[object, ...]:
    """What an addendum compares: neither the name nor who decided."""
    return (one.score, one.grade, one.on_time) if one else ()


def months_of(first: date, months: int) -> list[date]:
    """The first days of so many months from this one on."""
    return [months_on(first, n) for n in range(months)]


def before_of(first: date, months: int) -> date:
    """Where the period of the same length before begins."""
    return months_on(first, -months)
