"""学标、知标、践标、达标 as a funnel (rules TR-7), and readiness on the effective date (rules TR-5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from app.training.rules import Lack

# The target of MT-10 in percent: who keeps it meets the target.
ON_TIME_TARGET = 95


class Stage(IntEnum):
    """How far somebody has come with an edition; each stage holds those before it."""

    CONCERNED = 0
    DELIVERED = 1
    READ = 2
    PASSED = 3
    USED = 4
    ON_TARGET = 5


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody did by an edition lately: windows due and kept in time, and done without a fault."""

    due: int = 0
    on_time: int = 0
    correct: int = 0


@dataclass(frozen=True, slots=True)
class Learner:
    """A person concerned, with what is lacking on the day and how they use it."""

    id: str
    name: str
    org_id: str
    org_name: str
    rostered: bool
    lacks: tuple[Lack, ...]
    qualified: bool
    mentored: bool
    use: Use = Use()

    @property
    def stage(self) -> Stage:
        if Lack.DELIVERED in self.lacks:
            return Stage.CONCERNED
        if Lack.READ in self.lacks:
            return Stage.DELIVERED
        if Lack.EXAM in self.lacks:
            return Stage.READ
        if not self.use.correct:
            return Stage.PASSED
        met = self.use.due and 100 * self.use.on_time >= ON_TIME_TARGET * self.use.due
        return Stage.ON_TARGET if met else Stage.USED


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many of the people concerned have come at least so far."""

    concerned: int
    delivered: int
    read: int
    passed: int
    used: int
    on_target: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """Qualified of rostered; `missing` are those rostered who lack something."""

    qualified: int
    rostered: int
    missing: tuple[Learner, ...]

    @property
    def whole(self) -> bool:
        return not self.missing


def funnel(learners: Iterable[Learner]) -> Funnel:
    """Counts by stage."""
    stages = [each.stage for each in learners]
    return Funnel(*(sum(stage >= least for stage in stages) for least in Stage))


def readiness(learners: Iterable[Learner]) -> Readiness:
    """Of those on the rounds only (rules TR-5)."""
    rostered = [each for each in learners if each.rostered]
    missing = tuple(each for each in rostered if not each.qualified)
    return Readiness(len(rostered) - len(missing), len(rostered), missing)
