"""How soon a vehicle went out after it was called: 30 minutes, urgent one minute (rules VH-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NORMAL, URGENT = timedelta(minutes=30), timedelta(minutes=1)


class Answered(StrEnum):
    """What became of a call: open ones do not count yet, dropped ones were cancelled while there was time."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    DROPPED = "dropped"


COUNTED = (Answered.IN_TIME, Answered.LATE)


@dataclass(frozen=True, slots=True)
class Called:
    """An order: given at one instant (None: nobody noted it) for another; `departed_at` is None while nobody went."""

    id: str
    point_id: str
    number: str
    purpose: str
    driver: str
    urgent: bool
    wanted_at: datetime
    given_at: datetime | None
    departed_at: datetime | None
    cancelled_at: datetime | None

    @property
    def limit(self) -> timedelta:
        return URGENT if self.urgent else NORMAL

    @property
    def called_at(self) -> datetime:
        """An order for later is a call from that time on; one for at once from when it was given."""
        return max(self.wanted_at, self.given_at) if self.given_at else self.wanted_at

    @property
    def took(self) -> timedelta | None:
        """How long the vehicle was waited for; before its time is no waiting. None while nobody went."""
        return max(self.departed_at - self.called_at, timedelta(0)) if self.departed_at else None

    def answered(self, now: datetime) -> Answered:
        """Judged at `now`; cancelled or still waiting when its time ran out is late."""
        over_at = self.called_at + self.limit
        if self.took is not None:
            return Answered.IN_TIME if self.took <= self.limit else Answered.LATE
        if self.cancelled_at is not None and self.cancelled_at <= over_at:
            return Answered.DROPPED
        return Answered.LATE if now > over_at else Answered.OPEN


@dataclass(frozen=True, slots=True)
class Share:
    """`kept` of `counted` calls were answered in time."""

    kept: int
    counted: int


def share(calls: Iterable[Called], now: datetime, *, urgent: bool) -> Share:
    """Of the calls of one kind; those that are open or dropped do not count."""
    judged = [each.answered(now) for each in calls if each.urgent is urgent]
    kept = judged.count(Answered.IN_TIME)
    return Share(kept, kept + judged.count(Answered.LATE))


def is_own_start(given_at: datetime | None, departed_at: datetime | None) -> bool:
    """A driver who left without an order wrote both in one instant: nobody called."""
    return given_at is not None and departed_at is not None and given_at >= departed_at
