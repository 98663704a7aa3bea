"""Limits of the rules with their bounds, and how judged flags move them for an organisation.

The defaults are fitted: `python -m tools.truth fit` (docs/truth.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.flags.rules import FlagKind

# Judgements that count as if they had been given half and half: a handful moves a limit little.
STEADY = 20


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One limit a kind that moves, and the fixed ones beside it."""

    # Days back in which a picture counts as used before.
    reuse_days: int = 90
    # Minutes within which one picture may stand for two standards at one point.
    same_visit_minutes: int = 60
    # At most so many of 64 bits differ between pictures of different points.
    alike_bits: float = 2
    # A hash with fewer ones or fewer noughts than this shows a plain wall or the dark, not a scene.
    plain_bits: int = 12
    # Minutes between taking a file and opening the page.
    old_minutes: float = 210
    # Share of the floor time that the whole time at hand reaches.
    short_share: float = 0.65
    # Visits that people tick in one go after working at all of them.
    pool: int = 3
    # Share of the usual way's seconds.
    walk_share: float = 0.24
    # Ways usually shorter than this say nothing: points on a floor may lie door to door.
    walk_from_seconds: int = 150
    # Accounts that sent from one phone within a shift, and changes to and fro between them.
    accounts: float = 4
    switches: int = 5
    # Visits in a burst within so many minutes.
    burst: float = 4
    burst_minutes: int = 10
    burst_share: float = 0.6
    # Minutes that a phone's clock moved away from the truth since the last record.
    clock_minutes: float = 32
    # How unlikely by chance, in powers of ten.
    same_value: float = 8.5
    last_digits: float = 5
    neighbour: float = 8.5
    # Least readings before the rules of readings say anything.
    least_readings: int = 8
    least_digits: int = 40
    # A spread of fewer units of the last digit says nothing about last digits.
    least_spread: float = 3
    # Visits of a week whose code was typed at points where others scan.
    typed: float = 5


@dataclass(frozen=True, slots=True)
class Bound:
    """The field that moves for a kind, from where it flags most (`strict`) to where it flags least (`gentle`)."""

    field: str
    strict: float
    gentle: float


BOUNDS: Mapping[FlagKind, Bound] = {
    FlagKind.PICTURE_ALIKE: Bound("alike_bits", 4, 0),
    FlagKind.PICTURE_OLD: Bound("old_minutes", 60, 360),
    FlagKind.SHORT_VISIT: Bound("short_share", 0.8, 0.2),
    FlagKind.FAST_WALK: Bound("walk_share", 0.35, 0.05),
    FlagKind.MANY_ACCOUNTS: Bound("accounts", 3, 6),
    FlagKind.BURST: Bound("burst", 4, 10),
    FlagKind.CLOCK: Bound("clock_minutes", 5, 60),
    FlagKind.SAME_VALUE: Bound("same_value", 5, 12),
    FlagKind.LAST_DIGITS: Bound("last_digits", 5, 12),
    FlagKind.NEIGHBOUR_SHIFT: Bound("neighbour", 5, 12),
    FlagKind.TYPED: Bound("typed", 4, 12),
}

DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True)
class Judged:
    """A flag that a supervisor judged: upheld, or not (there was an honest reason)."""

    kind: FlagKind
    upheld: bool


@dataclass(frozen=True, slots=True)
class Move:
    """What judged flags did to one limit: from the default `was` to `now`, within `strict` to `gentle`."""

    kind: FlagKind
    field: str
    was: float
    now: float
    strict: float
    gentle: float
    upheld: int
    not_upheld: int


def moves(base: Thresholds, judged: Iterable[Judged]) -> tuple[Move, ...]:
    """One row a kind whose limit can move, whether it moved or not; counted from the defaults each time."""
    counted = list(judged)
    return tuple(_move(base, kind, [each.upheld for each in counted if each.kind is kind]) for kind in BOUNDS)


def moved(base: Thresholds, judged: Iterable[Judged]) -> Thresholds:
    """The limits of an organisation: the order of judgements does not count, and no limit leaves its bounds."""
    return replace(base, **{each.field: each.now for each in moves(base, judged)})  # type: ignore[arg-type]


def _move(base: Thresholds, kind: FlagKind, verdicts: list[bool]) -> Move:
    bound, upheld = BOUNDS[kind], sum(verdicts)
    was, refused = getattr(base, BOUNDS[kind].field), len(verdicts) - upheld
    lean = (refused - upheld) / (len(verdicts) + STEADY)
    towards = bound.gentle if lean > 0 else bound.strict
    now = round(was + (towards - was) * abs(lean), 3)
    return Move(kind, bound.field, was, now, bound.strict, bound.gentle, upheld, refused)
