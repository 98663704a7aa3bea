"""What a board in a lobby shows at once, and its address; pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# A screen reads from across a room; what does not fit comes with the next turn.
LINES_A_TURN = 10
TURN_S = 15
# A weekend with a holiday behind, and one before.
LOOK_BACK, LOOK_AHEAD = timedelta(days=9), timedelta(days=9)
# Typed once with the remote control of a screen: short, small letters, none that looks like another.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
KEY = re.compile(f"[{LETTERS}]{{12}}")


@dataclass(frozen=True, slots=True)
class Line:
    """A point of the building: when a public standard was last done there, when one begins next, how often today."""

    name: str
    name_en: str
    floor: str
    kind: str
    zone: str
    done_at: datetime | None
    next_at: datetime | None
    done_today: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands on the screen for a while: `number` of `turns`, both from 1, and the one that follows."""

    lines: Sequence[Line]
    number: int
    turns: int

    @property
    def following(self) -> int:
        """Behind the last one comes the first."""
        return self.number % self.turns + 1


def fresh_key() -> str:
    """60 random bits: nobody finds a board by trying, and what it shows is public."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def turn_of(lines: Sequence[Line], wanted: int) -> Turn:
    """The turn that was asked for; one that is not there (any more) is the first."""
    turns = max(1, -(-len(lines) // LINES_A_TURN))
    number = wanted if 1 <= wanted <= turns else 1
    first = (number - 1) * LINES_A_TURN
    return Turn(lines[first : first + LINES_A_TURN], number, turns)
