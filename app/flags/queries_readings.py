"""Reads of numbers for the rules: what this and other people read at the same steps in 90 days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from app import db
from app.checks.models import Answer, Check
from app.checks.queries_voiding import STANDS
from app.flags.rules import Reading
from app.flags.rules_limits import DEFAULTS
from app.flags.rules_scale import digits_of

BACK = timedelta(days=90)
MOST, ENOUGH = 4000, 400
"""Readings at most, and those of others that say how a step is read."""


@dataclass(frozen=True, slots=True)
class Read:
    """A record that carries readings: whose, where, for whom, until when."""

    check_id: str
    point_id: str
    standard_code: str
    person_id: str
    implementer_id: str
    received_at: datetime


def readings_for(read: Read) -> tuple[Reading, ...]:
    """Readings of the steps that this record carries: everybody's at its point, and the person's own everywhere.

    Where these are enough to look at last digits, the newest of colleagues at other points too: one dial is read by
    few. Readings worked out from others are nobody's. Three queries at most, one where the record carries no reading.
    """
    own = db.rows(select(Answer.step_id).where(Answer.check_id == read.check_id, *_READ))
    steps = [row.step_id for row in own]
    if not steps:
        return ()
    here = or_(Check.point_id == read.point_id, Check.person_id == read.person_id)
    near = _ROWS.where(*_of(read, steps), here).order_by(Check.effective_at.desc()).limit(MOST)
    found = list(db.rows(near))
    mine = sum(row.person_id == read.person_id for row in found)
    if mine >= DEFAULTS.least_digits and len(found) - mine < ENOUGH:
        found += _of_colleagues(read, steps)
    return _readings(sorted(found, key=lambda row: (row.effective_at, row.id)))


def _of_colleagues(read: Read, steps: list[str]) -> Sequence[Any]:
    """The newest at other points of the unit: by the index of receipts, which ends once enough were found."""
    there = (Check.implementer_id == read.implementer_id, Check.point_id != read.point_id)
    others = _ROWS.where(*_of(read, steps), *there, Check.person_id != read.person_id)
    return db.rows(others.order_by(Check.received_at.desc()).limit(ENOUGH))


def _of(read: Read, steps: list[str]) -> tuple[Any, ...]:
    lately = Check.received_at.between(read.received_at - BACK, read.received_at)
    return (lately, Check.standard_code == read.standard_code, Answer.step_id.in_(steps), STANDS, *_READ)


_READ = (Answer.value.is_not(None), Answer.inputs.is_(None))
_ROWS = select(Check.id, Check.point_id, Check.person_id, Answer.step_id, Answer.value, Check.effective_at).join(
    Answer, Answer.check_id == Check.id
)


def _readings(found: Any) -> tuple[Reading, ...]:
    """A step is read with as many digits as its finest value shows."""
    digits: dict[str, int] = {}
    for row in found:
        digits[row.step_id] = max(digits.get(row.step_id, 0), digits_of(row.value))
    return tuple(
        Reading(row[0], row.point_id, row.person_id, row.step_id, row.value, row.effective_at, digits[row.step_id])
        for row in found
    )
