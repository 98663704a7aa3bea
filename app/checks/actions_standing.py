"""Records are marked with the qualification of their author on their date (rules EV-7, TR-4); nobody is refused."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from app.checks.queries_standing import A_LOOK, Unmarked, unmarked
from app.db import run
from app.training.models import StandingMark
from app.training.queries import qualified


def mark_standings(now: datetime, most: int = A_LOOK) -> int:
    """For the timer: marks the oldest records without a mark; a submission itself asks nothing of training."""
    days: dict[date, list[Unmarked]] = defaultdict(list)
    for each in unmarked(now, most):
        days[each.business_on].append(each)
    made = [mark for on, records in days.items() for mark in _marks(records, on, now)]
    if made:
        run(insert(StandingMark), made)
    return len(made)


def _marks(records: list[Unmarked], on: date, now: datetime) -> list[dict[str, Any]]:
    held = qualified({each.person_id for each in records}, {each.edition for each in records}, on)
    found: list[dict[str, Any]] = []
    for each in records:
        stands = held[each.person_id, each.edition]
        lacks = [str(lack) for lack in stands.lacks]
        found.append(
            {"check_id": each.id, "standing": str(stands.standing), "lacks": lacks,
             "mentor_id": stands.mentor_id, "at": now}
        )  # fmt: skip
    return found
