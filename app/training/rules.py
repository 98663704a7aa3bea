"""Who is qualified for an edition on a day, and what is lacking (rules TR-4, TR-6): pure, no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import relativedelta

from app.standards.rules_questions import PASS_SCORE, VALID_MONTHS, Special


class Lack(StrEnum):
    """What stands between a person and an edition, in the order in which it is done."""

    DELIVERED = "delivered"
    READ = "read"
    EXAM = "exam"
    CERTIFICATE = "certificate"


class Standing(StrEnum):
    """May this person work by this edition on this day."""

    QUALIFIED = "qualified"
    MENTORED = "mentored"
    UNQUALIFIED = "unqualified"


@dataclass(frozen=True, slots=True)
class Question:
    """`answer` is the index of the right option; `step` the step that it asks about."""

    id: str
    stem: str
    options: tuple[str, ...]
    answer: int
    step: str | None
    points: int
    key: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """What an edition asks of whoever works by it; `certificates`: one that begins with any of these names."""

    number: str
    special: Special | None = None
    certificates: tuple[str, ...] = ()
    pass_score: int = PASS_SCORE
    valid_months: int = VALID_MONTHS
    questions: tuple[Question, ...] = ()

    def asked(self, steps: Sequence[str] | None) -> tuple[Question, ...]:
        """The questions on these steps; None means all."""
        return self.questions if steps is None else tuple(one for one in self.questions if one.step in steps)


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate that counts; both ends belong to its time, None is open."""

    name: str
    valid_from: date | None
    valid_to: date | None

    def valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person has done for one edition; `asked` are the changed steps since the edition `before`, None all."""

    delivered_on: date | None = None
    asked: tuple[str, ...] | None = None
    read: tuple[date, ...] = ()
    examined: tuple[date, ...] = ()
    papers: tuple[Paper, ...] = ()
    before: str | None = None


def read_demand(number: str, document: Mapping[str, Any]) -> Demand:
    """From the edition's document; a pass mark under 80 counts as 80."""
    asked, questions = document.get("training") or {}, document.get("exam") or ()
    special = asked.get("special")
    return Demand(
        number=number,
        special=Special(special) if special else None,
        certificates=tuple(asked.get("certificates") or ()),
        pass_score=max(PASS_SCORE, int(asked.get("pass_score") or PASS_SCORE)),
        valid_months=int(asked.get("valid_months") or VALID_MONTHS),
        questions=tuple(
            Question(
                one["id"], one["stem"], tuple(one["options"]), int(one["answer"]), one.get("step"),
                int(one.get("points") or 1), bool(one.get("key")),
            )
            for one in questions
        ),
    )  # fmt: skip


def until(begun_on: date, months: int) -> date:
    """The last day of a validity of so many months: the same day of the month, or the month's last."""
    return begun_on + relativedelta(months=months)


def holds(dates: Iterable[date], months: int, on: date) -> bool:
    """Whether one of these still counts on the day."""
    return any(each <= on <= until(each, months) for each in dates)


def asked_on(demand: Demand, proof: Proof, on: date) -> tuple[str, ...] | None:
    """The steps asked: only the changed ones while the delivery of a revision is fresh, later all (None)."""
    if proof.asked is None or proof.delivered_on is None or on > until(proof.delivered_on, demand.valid_months):
        return None
    return proof.asked


def lacks(demand: Demand, proof: Proof, on: date) -> tuple[Lack, ...]:
    """What is lacking on the day; nothing means qualified. A revision without changed steps asks nothing (TR-6)."""
    found: list[Lack] = []
    steps = asked_on(demand, proof, on)
    if proof.delivered_on is None or proof.delivered_on > on:
        found.append(Lack.DELIVERED)
    if steps != () and not holds(proof.read, demand.valid_months, on):
        found.append(Lack.READ)
    if (steps is None or demand.asked(steps)) and not holds(proof.examined, demand.valid_months, on):
        found.append(Lack.EXAM)
    if not certified(demand, proof.papers, on):
        found.append(Lack.CERTIFICATE)
    return tuple(found)


def certified(demand: Demand, papers: Iterable[Paper], on: date) -> bool:
    """Nothing is asked, or one of the papers asked for is valid on the day."""
    return not demand.certificates or any(
        paper.valid(on) and paper.name.startswith(demand.certificates) for paper in papers
    )


def standing(demand: Demand, lacking: Sequence[Lack], *, newcomer: bool) -> Standing:
    """A newcomer may work beside somebody, but never at special work nor without the certificate (TR-3, TR-4)."""
    if not lacking:
        return Standing.QUALIFIED
    if newcomer and demand.special is None and Lack.CERTIFICATE not in lacking:
        return Standing.MENTORED
    return Standing.UNQUALIFIED


def valid_until(demand: Demand, proof: Proof, on: date) -> date | None:
    """The last day on which nothing is lacking, seen from a day on which that is so; None: no end in sight."""
    steps = asked_on(demand, proof, on)
    read, examined = (_last(each, demand.valid_months, on) for each in (proof.read, proof.examined))
    ends = [*read, *examined]
    if steps is not None and proof.delivered_on is not None:
        # While the delivery is fresh only the changed steps are asked; then all, which who renewed in time holds too.
        fresh = until(proof.delivered_on, demand.valid_months)
        later = max(fresh, min(ends)) if read and examined else fresh
        ends = [*(read if steps else ()), *(examined if demand.asked(steps) else ()), later]
    fitting = [each for each in proof.papers if each.valid(on) and each.name.startswith(demand.certificates)]
    if demand.certificates and fitting:
        ends.append(max(each.valid_to or date.max for each in fitting))
    return min((each for each in ends if each < date.max), default=None)


def _last(dates: Iterable[date], months: int, on: date) -> list[date]:
    return [until(max(given), months)] if (given := [each for each in dates if each <= on]) else []


def in_probation(from_on: date, to_on: date, on: date) -> bool:
    """带教期 counts both its first and its last day."""
    return from_on <= on <= to_on


def probation_end(from_on: date, days: int) -> date:
    """The last of so many days."""
    return from_on + timedelta(days=days - 1)
