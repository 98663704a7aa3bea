"""Which records beside the windows speak for or against whom (rules MT-20, MT-22, NC-15, CT-8): pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.grades.rules import Key
from app.grades.rules_figures import Facts
from app.nonconformities.rules import FindingSource, FindingState
from app.spotchecks.rules_agreement import Opinion, Outcome
from app.tallies.rules_rates import Rate

LEFT_ASIDE = frozenset({FindingState.WITHDRAWN, FindingState.CONCESSION, FindingState.REVISION})
WORK = (None, "", "work")


class What(StrEnum):
    """Which figure a record belongs to."""

    SPOT = "spot"
    CLOSED = "closed"
    SATISFIED = "satisfied"
    EXAM = "exam"
    REPORTED = "reported"
    UNTRUE = "untrue"
    UNHANDLED = "unhandled"
    DEDUCTED = "deducted"


@dataclass(frozen=True, slots=True)
class Record:
    """A record behind a figure; `hit`: it counts in the numerator; `n` of them, for ratings and marks of exams.

    `standard` is the one that it is about, empty where it names none.
    """

    what: What
    hit: bool
    at: datetime | None
    name: str
    text: str
    link: str
    n: int = 1
    of: int = 1
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What says whether a finding was closed in time."""

    cause: str | None
    state: str
    due_at: datetime | None
    rectified_at: datetime | None
    closed_at: datetime | None
    failed_rechecks: int
    fixed_on_spot: bool

    @property
    def in_time(self) -> bool:
        """Passed at the first recheck and put right within the limit (MT-20); or put right on the spot (NC-16)."""
        if self.fixed_on_spot:
            return True
        done = self.rectified_at or self.closed_at
        if self.closed_at is None or self.failed_rechecks or done is None:
            return False
        return self.due_at is None or done <= self.due_at


def mt22_conforms(one: Opinion) -> bool | None:
    """GR-7's spot-check pass: whether a record drawn simply at random conforms (rules MT-22, SP-7); None: left out.

    Left out are looks that say nothing of the record, and records in which a second person failed only what they had
    failed themselves: an honest no deducts nothing anywhere, and what it found is in MT-20 already (rules NC-15).
    """
    if not one.is_random or not one.counts or (one.own_report and not one.conforms):
        return None
    return one.conforms


def gr9_agrees(one: Opinion) -> bool | None:
    """GR-9's spot-check pass of a person: whether the second person agrees with the record drawn; None: left out.

    Not MT-22 on purpose: a record that says no and is right would lower its author's score there, and honest fail
    reports never do (rules GR-9). What a person passed and another fails counts against them either way.
    """
    return one.outcome == Outcome.AGREES if one.is_random and one.counts else None


def nc15_credited(one: Limits) -> bool:
    """Put right in time; or not for the finders to put right, because its cause is facility, supply or others."""
    return one.in_time or one.cause not in WORK


def mt20_counts(one: Limits, first: datetime, before: datetime, now: datetime) -> bool:
    """A limit in the month and over; put right on the spot counts apart (NC-16); causes beside work do not count."""
    if one.fixed_on_spot or one.state in LEFT_ASIDE or one.cause not in WORK or one.due_at is None:
        return False
    return first <= one.due_at < before and one.due_at <= now


def nc15_reported(
    one: Limits, source: str, *, own: bool, found_at: datetime, first: datetime, before: datetime
) -> bool:
    """Found and told by the own people in the month, not withdrawn: what earns credit once it is put right in time."""
    if not own or source != FindingSource.CHECK or one.state == FindingState.WITHDRAWN:
        return False
    return first <= found_at < before


def nc15_settled(one: Limits, now: datetime) -> bool:
    """Closed, or its limit is over: before that nobody can say whether it was put right in time."""
    return one.fixed_on_spot or one.closed_at is not None or (one.due_at is not None and one.due_at <= now)


def rates_of(records: Iterable[Record]) -> dict[Key, Rate]:
    """Sums by measure."""
    found: dict[Key, Rate] = {}
    for each in records:
        if each.what in Key._value2member_map_:
            key = Key(each.what)
            was = found.get(key, Rate(0, 0))
            found[key] = Rate(was.numerator + (each.n if each.hit else 0), was.denominator + each.of)
    return found


def facts_of(records: Iterable[Record], accidents: int) -> Facts:
    """What stands beside the measures."""
    known = list(records)
    return Facts(
        accidents=accidents,
        unhandled=sum(each.what is What.UNHANDLED for each in known),
        falsified=sum(each.what is What.UNTRUE for each in known),
        reported=sum(each.what is What.REPORTED for each in known),
        put_right=sum(each.what is What.REPORTED and each.hit for each in known),
    )
