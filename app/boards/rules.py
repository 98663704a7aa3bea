"""What a dashboard says beside its figures: against the last period, days without, and who sees which board. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction

from app.days import next_month
from app.tallies.rules_rates import Rate, wilson
from app.web.current import CurrentPerson, Role


class Board(StrEnum):
    """Which dashboard a role sees."""

    LEADER = "leader"
    SUPERVISOR = "supervisor"
    CONTRACTOR = "contractor"
    CREW = "crew"
    OWN = "own"


_OF_ROLE = {
    Role.SUPERVISOR: Board.SUPERVISOR,
    Role.MANAGER: Board.CONTRACTOR,
    Role.CREW_LEADER: Board.CREW,
    Role.WORKER: Board.OWN,
    Role.DRIVER: Board.OWN,
}
BOARD_READERS = tuple(role for role in Role if role is not Role.ADMIN)


def board_for(who: CurrentPerson) -> Board:
    """The bureau-wide readers share the leader's."""
    return _OF_ROLE.get(who.role, Board.LEADER)


@dataclass(frozen=True, slots=True)
class Change:
    """A rate of this period against the last one's."""

    now: Rate
    before: Rate

    @property
    def points(self) -> Fraction | None:
        """The difference in percentage points, exact; None where one side had nothing due (MT-31)."""
        if self.now.share is None or self.before.share is None:
            return None
        return (self.now.share - self.before.share) * 100

    @property
    def is_sure(self) -> bool:
        """Whether the two 95 % intervals after Wilson lie apart (MT-33): else chance alone may explain it."""
        if self.now.share is None or self.before.share is None:
            return False
        mine, theirs = (wilson(each.numerator, each.denominator) for each in (self.now, self.before))
        return mine[0] > theirs[1] or theirs[0] > mine[1]

    @property
    def direction(self) -> str:
        """`up` or `down`, empty where nobody can say."""
        if not self.is_sure or not self.points:
            return ""
        return "up" if self.points > 0 else "down"


def points_text(points: Fraction) -> str:
    """With its sign and one decimal, half up like every figure (MT-32): +1.3, -0.5, 0.0."""
    tenths = int(abs(points) * 10 + Fraction(1, 2))
    sign = "" if not tenths else "+" if points > 0 else "\N{MINUS SIGN}"
    return f"{sign}{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class Since:
    """The last time that something bad happened, and where its record is; `on` None: never since records began."""

    on: date | None
    href: str = ""

    def days(self, today: date) -> int | None:
        """Whole days since then."""
        return (today - self.on).days if self.on else None


def accident_on(month: date, registered_at: datetime, zone: tzinfo) -> date:
    """An accident is registered for a month: it happened by the day of registering and by the month's last day."""
    return min(registered_at.astimezone(zone).date(), next_month(month) - timedelta(days=1))
