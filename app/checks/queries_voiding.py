"""Other records of a window, for the one that counts instead of a void one."""

from __future__ import annotations

from sqlalchemy import exists, select

from app import db
from app.checks.models import Check, CheckState

# Records that count, for rooms that read them without their window: a void one stands nowhere.
STANDS = ~exists(select(CheckState.check_id).where(CheckState.check_id == Check.id, CheckState.void).correlate(Check))


def others_of(occurrence_id: int, check_id: str) -> list[str]:
    """Ids of the done records that came for this window and are not void, the earliest first."""
    statement = (
        select(Check.id)
        .outerjoin(CheckState, CheckState.check_id == Check.id)
        .where(Check.occurrence_id == occurrence_id, Check.id != check_id, Check.outcome == "done")
        .where(CheckState.void.is_not(True))
        .order_by(Check.effective_at, Check.received_at)
    )
    return [row.id for row in db.rows(statement)]
