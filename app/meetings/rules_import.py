"""Bookings read from a file as plain data, with the row or entry they come from, and what a file may hold."""

from dataclasses import dataclass, field
from datetime import datetime

MOST_BYTES = 2_000_000
MOST_BOOKINGS = 1_000
MOST_ROWS = 5_000
RECUR_DAYS = 400


@dataclass(frozen=True)
class Entry:
    """A booking as a file names it; `where` is what a person finds in the file (B7, or the entry's own name)."""

    where: str
    origin: str
    room: str
    starts_at: datetime
    ends_at: datetime
    people: int | None = None
    name_cards: bool = False
    av: bool = False
    cancelled: bool = False


@dataclass(frozen=True)
class Trouble:
    """What is wrong and where."""

    where: str
    sentence: object


@dataclass
class Reading:
    """What a file holds: bookings in its order, and troubles. One trouble and nothing is taken."""

    entries: list[Entry] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def refuse(self, where: str, sentence: object) -> None:
        """Another trouble."""
        self.troubles.append(Trouble(where, sentence))
