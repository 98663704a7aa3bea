"""Numbers of standards (seed 001-1 §4, rules LC-4, LC-5): prefix, function, item, part and year; pure.

A number without its year is the working number; the year is that of the approval. A retired number is never reused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.web.words import lazy

FUNCTIONS = {
    "01": lazy("General and basic"),
    "02": lazy("Funds of the organs"),
    "03": lazy("Assets"),
    "04": lazy("Energy and resources of public bodies"),
    "05": lazy("Logistics services"),
    "06": lazy("Other management"),
}
ITEMS = {
    "05000": lazy("Requirements (general)"),
    "05001": lazy("Official receptions"),
    "05002": lazy("Meeting services"),
    "05003": lazy("Property services"),
    "05004": lazy("Greenery services"),
    "05005": lazy("Catering services"),
    "05006": lazy("Car park services"),
    "05007": lazy("Security services"),
    "05008": lazy("Official vehicle services"),
    "05009": lazy("Print services"),
    "05010": lazy("Plant operation and maintenance"),
}
MOST_ITEM, MOST_PART = 999, 99
_NUMBER = re.compile(
    r"(?P<prefix>[A-Z]{2,8})/?(?P<function>0[1-6])(?P<item>\d{3})(?:\.(?P<part>\d{2}))?"
    r"(?:\s*[-–—]\s*(?P<year>\d{4}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number taken apart; `part` None is the whole item, `year` None a working number."""

    prefix: str
    function: str
    item: str
    part: str | None = None
    year: int | None = None

    @property
    def code(self) -> str:
        """Without the year."""
        return f"{self.prefix}{self.function}{self.item}" + (f".{self.part}" if self.part else "")

    @property
    def text(self) -> str:
        """As it is stored: with a hyphen before the year."""
        return f"{self.code}-{self.year}" if self.year else self.code


def read(text: str) -> Number | None:
    """The number in any of the ways it is written (— or -, with a slash); None when it is none."""
    found = _NUMBER.fullmatch(text.strip())
    if not found or found["part"] == "00":
        return None
    year = int(found["year"]) if found["year"] else None
    return Number(found["prefix"], found["function"], found["item"], found["part"], year)


def numbered(code: str, year: int) -> str:
    """The number of an edition: on a revision only the year changes."""
    return f"{code}-{year}"


def next_item(used: Iterable[str], prefix: str, function: str) -> str | None:
    """The working number of the next item of a function: numbered on in sequence; None when all are taken."""
    taken = [int(each.item) for each in _read(used, prefix) if each.function == function]
    known = [int(key[2:]) for key in ITEMS if key.startswith(function)]
    item = max([*taken, *known], default=-1) + 1
    return f"{prefix}{function}{item:03}" if item <= MOST_ITEM else None


def next_part(used: Iterable[str], prefix: str, function: str, item: str) -> str | None:
    """The working number of the next part of an item; None when all are taken."""
    taken = [int(each.part or 0) for each in _read(used, prefix) if (each.function, each.item) == (function, item)]
    part = max(taken, default=0) + 1
    return f"{prefix}{function}{item}.{part:02}" if part <= MOST_PART else None


def _read(used: Iterable[str], prefix: str) -> list[Number]:
    found = (read(text) for text in used)
    return [number for number in found if number is not None and number.prefix == prefix]
