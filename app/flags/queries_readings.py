"""Reads of numbers for the rules: what this and other people read at the same steps in 90 days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from app import db
from app.checks.models import Answer, Check
from app.flags.rules import Reading
from app.flags.rules_scale import digits_of

BACK = timedelta(days=90)
MOST = 4000


def readings_for(
    check_id: str, point_id: str, standard_code: str, person_id: str, received_at: datetime
) -> tuple[Reading, ...]:
    """Readings of the steps that this record carries: everybody's at its point, and the person's own everywhere.

    Readings worked out from others are nobody's; two queries, one where the record carries no reading.
    """
    own = db.rows(select(Answer.step_id).where(Answer.check_id == check_id, *_READ))
    steps = [row.step_id for row in own]
    if not steps:
        return ()
    statement = (
        select(Check.id, Check.point_id, Check.person_id, Answer.step_id, Answer.value, Check.effective_at)
        .join(Answer, Answer.check_id == Check.id)
        .where(Check.received_at.between(received_at - BACK, received_at), Check.standard_code == standard_code)
        .where(or_(Check.point_id == point_id, Check.person_id == person_id), Answer.step_id.in_(steps), *_READ)
        .order_by(Check.effective_at.desc())
        .limit(MOST)
    )
    return _readings(db.rows(statement))


_READ = (Answer.value.is_not(None), Answer.inputs.is_(None))


def _readings(found: Any) -> tuple[Reading, ...]:
    """Oldest first; a step is read with as many digits as its finest value shows."""
    digits: dict[str, int] = {}
    for row in found:
        digits[row.step_id] = max(digits.get(row.step_id, 0), digits_of(row.value))
    return tuple(
        Reading(row[0], row.point_id, row.person_id, row.step_id, row.value, row.effective_at, digits[row.step_id])
        for row in reversed(found)
    )
