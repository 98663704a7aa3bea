"""The indicator system of grades (rules GR-1, GR-2, GR-4, GR-7 to GR-9): weights, targets, bands as data; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FULL, PASSING = Fraction(100), Fraction(60)


class Kind(StrEnum):
    """What a grade is about; a contractor is a unit with a contract."""

    UNIT = "unit"
    POINT = "point"
    STANDARD = "standard"
    PERSON = "person"


class Key(StrEnum):
    """The measures that are scored."""

    ON_TIME = "on_time"
    COMPLETION = "completion"
    KEY = "key"
    PHOTO = "photo"
    COVERAGE = "coverage"
    SPOT = "spot"
    CLOSED = "closed"
    SATISFIED = "satisfied"
    EXAM = "exam"


class Grade(StrEnum):
    """Best first. Units and standards: 优秀, 良好, 及格, 不及格 (GR-1); staff: 优秀, 称职, 基本称职, 不称职 (GR-2)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105  a grade, no secret
    FAIL = "fail"


class Cap(StrEnum):
    """Why a grade cannot be better than its limit (GR-8, GR-9)."""

    KEY_UNDER_TARGET = "key_under_target"
    COVERAGE_UNDER_TARGET = "coverage_under_target"
    UNDER_FLOOR = "under_floor"
    FALSE_PASS = "false_pass"  # noqa: S105  a reason, no secret


class Veto(StrEnum):
    """What makes a grade 不及格 whatever the score (GR-8)."""

    ACCIDENT = "accident"
    COMPLAINT = "complaint"
    FALSIFIED = "falsified"


@dataclass(frozen=True, slots=True)
class Scale:
    """A measure of the indicator system (GR-4): its weight, 满分线 and 及格线."""

    key: Key
    weight: int
    target: Fraction
    floor: Fraction


GR7 = (
    Scale(Key.ON_TIME, 15, Fraction(95, 100), Fraction(80, 100)),
    Scale(Key.COMPLETION, 15, Fraction(98, 100), Fraction(90, 100)),
    Scale(Key.KEY, 20, Fraction(99, 100), Fraction(95, 100)),
    Scale(Key.PHOTO, 10, Fraction(97, 100), Fraction(85, 100)),
    Scale(Key.COVERAGE, 10, Fraction(98, 100), Fraction(90, 100)),
    Scale(Key.SPOT, 10, Fraction(95, 100), Fraction(85, 100)),
    Scale(Key.CLOSED, 10, Fraction(95, 100), Fraction(80, 100)),
    Scale(Key.SATISFIED, 10, Fraction(95, 100), Fraction(85, 100)),
)
GR9 = (
    Scale(Key.ON_TIME, 25, Fraction(95, 100), Fraction(80, 100)),
    Scale(Key.KEY, 30, Fraction(99, 100), Fraction(95, 100)),
    Scale(Key.SPOT, 20, Fraction(95, 100), Fraction(85, 100)),
    Scale(Key.EXAM, 10, Fraction(95, 100), Fraction(80, 100)),
    Scale(Key.CLOSED, 5, Fraction(95, 100), Fraction(80, 100)),
    Scale(Key.SATISFIED, 10, Fraction(95, 100), Fraction(85, 100)),
)
"""Targets and floors of staff are those of units; an exam is passed from 80 on (TR-4)."""
Bands = Sequence[tuple[Fraction, Grade]]
GR8_BANDS: Bands = (
    (Fraction(90), Grade.EXCELLENT),
    (Fraction(80), Grade.GOOD),
    (PASSING, Grade.PASS),
    (Fraction(0), Grade.FAIL),
)
GR9_BANDS: Bands = (
    (Fraction(90), Grade.EXCELLENT),
    (Fraction(75), Grade.GOOD),
    (PASSING, Grade.PASS),
    (Fraction(0), Grade.FAIL),
)
