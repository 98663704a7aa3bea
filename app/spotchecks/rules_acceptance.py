"""Acceptance sampling after the manner of GB/T 2828.1: plans by lot, level and limit, verdicts, switching; pure.

Rules SP-20 to SP-23. A service month is no factory lot: it is said "after the manner of", never "conforms to".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

LEVELS = ("S-3", "I", "II", "III")
LIMITS = ("1.0", "2.5", "4.0", "6.5")
LETTERS = "ABCDEFGHJK"
# SP-20: units with any failed step, and units with a failed key point.
ANY_STEP, KEY_STEP = "4.0", "1.0"
LEAST_LOT, MOST_LOT = 2, 3200
UP_TO = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200)
_LETTERS_OF = {"S-3": "AABBCCDDEE", "I": "AABCCDEFGH", "II": "ABCDEFGHJK", "III": "BCDEFGHJKL"}
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125)
# Acceptance numbers by letter from A on; an arrow takes the plan above or below, with that plan's size.
_DOWN, _UP = "↓", "↑"
CELLS: dict[str, tuple[int | str, ...]] = {
    "1.0": (_DOWN, _DOWN, _DOWN, _DOWN, 0, _UP, _DOWN, 1, 2, 3),
    "2.5": (_DOWN, _DOWN, 0, _UP, _DOWN, 1, 2, 3, 5, 7),
    "4.0": (_DOWN, 0, _UP, _DOWN, 1, 2, 3, 5, 7, 10),
    "6.5": (0, _UP, _DOWN, 1, 2, 3, 5, 7, 10, 14),
}
LATEST, BAD_OF_LATEST, IN_A_ROW = 5, 2, 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How many are looked at, and how many of them may fail; `whole`: the sample is no smaller than the lot."""

    letter: str
    size: int
    accept: int
    whole: bool = False

    @property
    def reject(self) -> int:
        """Re = Ac + 1."""
        return self.accept + 1


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OPEN = "open"


class Mode(StrEnum):
    """SP-21; reduced inspection is never begun by a program."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    STOPPED = "stopped"


def letter_of(level: str, lot: int) -> str | None:
    """The code letter; None for a lot outside the table or a letter beyond it."""
    if not LEAST_LOT <= lot <= MOST_LOT:
        return None
    letter = _LETTERS_OF[level][bisect_left(UP_TO, lot)]
    return letter if letter in LETTERS else None


def plan_at(letter: str, limit: str) -> Plan:
    """The plan of a row of the table, arrows followed."""
    place = LETTERS.index(letter)
    while isinstance(cell := CELLS[limit][place], str):
        place += 1 if cell == _DOWN else -1
    return Plan(LETTERS[place], SIZES[place], cell)


def plan_for(level: str, lot: int, limit: str) -> Plan | None:
    """The plan of a lot of this many records; None outside the table."""
    letter = letter_of(level, lot)
    if letter is None:
        return None
    found = plan_at(letter, limit)
    return found if found.size < lot else Plan(found.letter, lot, found.accept, whole=True)


def verdict(plan: Plan, failed: Sequence[bool | None]) -> Verdict:
    """Of the sample in the order drawn (None: not looked at yet): more than the plan needs is not counted.

    A lot is known to be rejected as soon as too many have failed, accepted only when its whole sample was looked at.
    """
    looked = failed[: plan.size]
    if sum(each is True for each in looked) > plan.accept:
        return Verdict.REJECTED
    if len(looked) < plan.size or None in looked:
        return Verdict.OPEN
    return Verdict.ACCEPTED


def mode_after(verdicts: Iterable[Verdict]) -> Mode:
    """The mode for the next lot after these, oldest first; lots without a verdict say nothing (SP-21)."""
    mode, run = Mode.NORMAL, list[bool]()
    for each in verdicts:
        if each is Verdict.OPEN:
            continue
        run = [*run, each is Verdict.ACCEPTED][-LATEST:]
        then = _next(mode, run)
        if then is not mode:
            mode, run = then, []
    return mode


def _next(mode: Mode, run: Sequence[bool]) -> Mode:
    if mode is Mode.NORMAL:
        return Mode.TIGHTENED if run.count(False) >= BAD_OF_LATEST else mode
    if mode is Mode.TIGHTENED and len(run) == IN_A_ROW:
        return Mode.NORMAL if all(run) else mode if any(run) else Mode.STOPPED
    return mode


def chance(plan: Plan, share: float) -> float:
    """How likely a lot is accepted when this share of a large lot does not conform."""
    return sum(comb(plan.size, bad) * share**bad * (1 - share) ** (plan.size - bad) for bad in range(plan.accept + 1))
