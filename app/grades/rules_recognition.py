"""Who is recognised and by which rule (rules GR-6, NC-15): pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.grades.rules import Grade, Kind

NC15_LEAST = 3


class Why(StrEnum):
    """GRADE: graded 优秀 with nothing that holds it back; HONEST: found, told and put right in time."""

    GRADE = "grade"
    HONEST = "honest"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be recognised; `grade` is the decided one, else the proposed."""

    kind: Kind
    id: str
    name: str
    grade: Grade | None
    held: bool
    falsified: int
    reported: int
    put_right: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line of the list."""

    kind: Kind
    id: str
    name: str
    why: Why
    n: int


def gr6_recognised(candidates: Iterable[Candidate]) -> list[Recognised]:
    """优秀 units and people; and who reported at least three problems of which every one was put right in time.

    Nobody with a record proven untrue. The most reported first, then by name.
    """
    found: list[Recognised] = []
    for each in candidates:
        if each.falsified or each.kind not in (Kind.UNIT, Kind.PERSON):
            continue
        if each.grade is Grade.EXCELLENT and not each.held:
            found.append(Recognised(each.kind, each.id, each.name, Why.GRADE, each.reported))
        if each.reported >= NC15_LEAST and each.put_right == each.reported:
            found.append(Recognised(each.kind, each.id, each.name, Why.HONEST, each.reported))
    return sorted(found, key=lambda one: (one.why, one.kind is Kind.PERSON, -one.n, one.name, one.id))
