"""Which three problems a bulletin names, and why these: a rule anybody can check, no choice of an editor. Pure.

In turn the step judged as failed most often, the point missed most often, and the finding longest past its limit; where
one kind has nothing (more), its place goes to the next kind in this order. Among equals the one with fewer cases, then
by name. What did not happen is no problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from app.papers.rules import Problem

MOST = 3


class Source(StrEnum):
    """The kinds of problems in the order in which they take turns."""

    STEP = "step"
    POINT = "point"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`n` fails or misses of `of` cases; of a finding the days past its limit, `of` is 0."""

    name: str
    sub: str
    n: int
    of: int
    link: str


def three_problems(candidates: Mapping[Source, Iterable[Candidate]]) -> tuple[Problem, ...]:
    """At most three, each with its kind and its place within the kind."""
    kinds = [(source, _worst_first(candidates.get(source, ()))) for source in Source]
    rounds = zip_longest(*([(source, place, one) for place, one in enumerate(some, 1)] for source, some in kinds))
    turns = [each for turn in rounds for each in turn if each is not None]
    return tuple(
        Problem(str(source), place, one.name, one.sub, one.n, one.of, one.link) for source, place, one in turns[:MOST]
    )


def _worst_first(some: Iterable[Candidate]) -> Sequence[Candidate]:
    happened = [each for each in some if each.n > 0]
    return sorted(happened, key=lambda one: (-one.n, one.of, one.name, one.sub, one.link))[:MOST]
