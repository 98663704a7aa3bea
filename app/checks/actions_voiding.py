"""A record that two persons made void leaves the figures: its window is due again, or another record counts there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.checks import writes
from app.checks.actions_clocks import FILLED_AS, filling
from app.checks.actions_holding import held
from app.checks.queries import CheckRow, find_check
from app.checks.queries_voiding import others_of
from app.checks.rules_review import UnableVerdict
from app.checks.rules_timing import Span, standing
from app.schedule.actions import fill_occurrence
from app.schedule.actions_unfill import unfill_occurrence, unreport_occurrence
from app.schedule.queries import occurrence_by_id
from app.web.current import CurrentPerson


def take_out(check: CheckRow, who: CurrentPerson, now: datetime) -> None:
    """The record stays as it was sent and readable; nothing is open about it any more, and nothing counts it."""
    closed: dict[str, Any] = {"retake_steps": [], "retake_until": None, "unsigned_steps": []}
    if check.state.unable_verdict == UnableVerdict.PENDING:
        closed["unable_verdict"] = None
    writes.keep_state(check.id, void=True, **closed)
    if check.occurrence_id is None:
        return
    if check.outcome == "unable":
        unreport_occurrence(check.occurrence_id, check.id, now, who.id)
    elif unfill_occurrence(check.occurrence_id, check.id, now, who.id) is not None:
        _another_counts(check.occurrence_id, check.id, who, now)


def _another_counts(occurrence_id: int, check_id: str, who: CurrentPerson, now: datetime) -> None:
    """Somebody else did it too: the earliest record that was in time, or late, fills the window now."""
    due = occurrence_by_id(occurrence_id)
    for other_id in others_of(occurrence_id, check_id):
        found = find_check(other_id)
        if due is None or found is None:
            continue
        other = held(found)
        span = Span(due.open_at, due.end_at, due.grace_end_at, due.expire_at)
        worth, _marks = standing(other.effective_at, other.received_at, span)
        if worth not in FILLED_AS:
            continue
        filled = fill_occurrence(due.id, filling(other, FILLED_AS[worth], other.effective_at), now, who.id)
        if filled:
            data = {"instead_of": check_id}
            writes.insert_event(other.id, "counts_instead", at=now, by_id=who.id, by_name=who.name, data=data)
            return
