"""What second opinions say about records: agreement, pass rate and false passes (rules SP-7, SP-8, MT-22, MT-23)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from app.spotchecks.rules import Entered, Method
from app.spotchecks.rules_review import Verdict
from app.tallies.rules_rates import Rate

SAID_PASS = "pass"  # noqa: S105  an answer, no secret
PASS_TARGET = Fraction(95, 100)


class Outcome(StrEnum):
    """`POINT`: found later than `valid_minutes`, it says something of the point and nothing of the record (SP-8)."""

    AGREES = "agrees"
    DIFFERS = "differs"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class StepOpinion:
    """What the record said of a step (`said`: pass, fail, not_applicable) and what the reviewer found."""

    step_id: str
    step_title: str
    key: bool
    said: str
    verdict: str
    reason: str = ""
    note: str = ""
    photos: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Passed by the one, failed by the other."""
        return self.said == SAID_PASS and self.verdict == Verdict.FAILS


def outcome_of(steps: Iterable[StepOpinion], *, in_time: bool) -> Outcome:
    """抽查不一致 is a step that the record passes and the reviewer does not, while the record still holds."""
    if not any(step.differs for step in steps):
        return Outcome.AGREES
    return Outcome.DIFFERS if in_time else Outcome.POINT


def holds_until(done_at: datetime, valid_minutes: int | None) -> datetime | None:
    """Until when a look on site says something of the record; None when the standard gives no time."""
    return done_at + timedelta(minutes=valid_minutes) if valid_minutes else None


def is_in_time(done_at: datetime, valid_minutes: int | None, seen_at: datetime) -> bool:
    """On site the last moment still counts."""
    until = holds_until(done_at, valid_minutes)
    return until is not None and seen_at <= until


@dataclass(frozen=True, slots=True)
class Opinion:
    """A reviewed record for the figures; `method` and `entered` are None without a draw, `state` without a dispute."""

    method: str | None
    entered: str | None
    conforms: bool
    said_pass: bool
    outcome: str
    state: str | None = None
    review_id: str = ""
    point: str = ""
    own_report: bool = False
    """All that the second person failed the record had failed itself: an honest no (rules NC-15)."""

    @property
    def is_random(self) -> bool:
        """Drawn by its key in a simple random draw: the only ones that may feed a rate (SP-7, MT-22)."""
        return self.method == Method.SIMPLE and self.entered == Entered.DRAWN

    @property
    def counts(self) -> bool:
        """A finding about the point alone, or one taken back, says nothing of the record."""
        return self.outcome != Outcome.POINT and self.state != "withdrawn"


@dataclass(frozen=True, slots=True)
class Agreement:
    """抽查合格率, 抽查不一致 and 失实 of the simple random draws; `hunted` are the others, counted only."""

    passed: Rate
    differing: Rate
    untrue: Rate
    hunted: int


def agreement(opinions: Iterable[Opinion]) -> Agreement:
    """MT-22 over all sampled records; 抽查不一致 and MT-23 over those that their worker had passed."""
    counted = [each for each in opinions if each.counts]
    sample = [each for each in counted if each.is_random]
    passed = [each for each in sample if each.said_pass]
    return Agreement(
        Rate(sum(each.conforms for each in sample), len(sample)),
        Rate(sum(each.outcome == Outcome.DIFFERS for each in passed), len(passed)),
        Rate(sum(each.state == "untrue" for each in passed), len(passed)),
        len(counted) - len(sample),
    )
