"""The crew's own daily look at its work (自查): when its list is drawn, what others see of it (rules SP-2, SP-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.spotchecks.rules_sizes import DAILY_LEAST


class Stage(StrEnum):
    """How far the self-check of a day is."""

    NOTHING = "nothing"
    TOO_EARLY = "too_early"
    READY = "ready"
    OPEN = "open"
    HAND_IN = "hand_in"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CrewDay:
    """A crew's self-check of a day: `due` and `done` tasks; of the list how many were looked at and handed in.

    `differs` counts records that the crew itself found not up to standard: said openly, held against nobody (NC-15).
    """

    crew_id: str
    crew: str
    unit: str
    on: date
    draw_id: str | None
    drawn_at: datetime | None
    listed: int
    looked: int
    handed_in: int
    differs: int
    due: int = 0
    done: int = 0

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.drawn_at is not None:
            return self._after_the_draw()
        if not self.due:
            return Stage.NOTHING
        return Stage.READY if is_ripe(self.due, self.done) else Stage.TOO_EARLY

    def _after_the_draw(self) -> Stage:
        if not self.listed:
            return Stage.NOTHING
        if self.looked < self.listed:
            return Stage.OPEN
        return Stage.HAND_IN if self.handed_in < self.listed else Stage.DONE


def is_ripe(due: int, done: int) -> bool:
    """Drawn once half of the day's due is done, and at least a whole list of it: nobody picks the moment."""
    return 0 < due <= 2 * done and done >= min(due, DAILY_LEAST)


def wanted(due: int) -> int:
    """How many tasks have to be done before the list is drawn."""
    return max(-(-due // 2), min(due, DAILY_LEAST))
