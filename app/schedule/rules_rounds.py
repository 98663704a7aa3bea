"""Rounds (责任区) and cover (顶班): whose window it is, and who does it on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Round:
    """Points of a shift under one person; `windows` are CODE/SCHEDULE/WINDOW, or CODE/SCHEDULE for events.

    Shifts overlap, so the list of windows, not the clock, says whose window it is.
    """

    id: str
    person_id: str
    points: frozenset[str]
    windows: frozenset[str]

    def owns(self, point_id: str, reference: str) -> bool:
        """Whether this window at this point belongs here."""
        return point_id in self.points and reference in self.windows


@dataclass(frozen=True)
class Cover:
    """On this day the round is done by this person; of several the one with the highest number counts."""

    number: int
    round_id: str
    on: date
    person_id: str


@dataclass(frozen=True)
class Absent:
    """Somebody is away on these days, both included."""

    person_id: str
    from_on: date
    to_on: date

    def on(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.from_on <= day <= self.to_on


class CoverFault(StrEnum):
    """Why somebody cannot take a round."""

    PAST = "past"
    OTHER_CREW = "other_crew"
    ALREADY = "already"
    INACTIVE = "inactive"


def round_of(rounds: Iterable[Round], point_id: str, reference: str) -> Round | None:
    """The round that owns a window at a point; the first by id where a plan names two."""
    owners = [each for each in rounds if each.owns(point_id, reference)]
    return min(owners, key=lambda each: each.id, default=None)


def person_on(owner: Round, day: date, covers: Sequence[Cover]) -> str:
    """Who does the round on the day: the newest cover, else the person it belongs to."""
    today = [cover for cover in covers if cover.round_id == owner.id and cover.on == day]
    newest = max(today, key=lambda cover: cover.number, default=None)
    return newest.person_id if newest else owner.person_id


def assignee_on(owner: Round, day: date, covers: Sequence[Cover], absences: Iterable[Absent]) -> str | None:
    """Whose a window of the round is that day; nobody's while the person is away, so that it counts for the unit."""
    person = person_on(owner, day, covers)
    away = any(absent.person_id == person and absent.on(day) for absent in absences)
    return None if away or not person else person


def cover_fault(
    on: date, today: date, now_with: str, stand_in: str, *, same_unit: bool, active: bool
) -> CoverFault | None:
    """Cover reaches back to yesterday (a night shift still running), in the unit, to somebody else at work there."""
    if (today - on).days > 1:
        return CoverFault.PAST
    if not same_unit:
        return CoverFault.OTHER_CREW
    if not active:
        return CoverFault.INACTIVE
    return CoverFault.ALREADY if now_with == stand_in else None
