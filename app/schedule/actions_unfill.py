"""A record is void: its window is due again or missed, as the clock says; its report of 无法作业 was never made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.places.queries import point_by_id
from app.schedule.queries import Occurrence, occurrence_by_id, phones_of, unable_reports
from app.schedule.rules_states import DONE, Known, State, settle
from app.schedule.writes import Note, add_notes, move_state, set_columns
from app.standards.queries import edition, edition_row
from app.standards.rules_due import due_counts
from app.standards.rules_facts import facts_of

EMPTY: dict[str, Any] = {
    "check_id": None, "done_at": None, "done_by_id": None, "helped": False, "offline": False, "short_visit": False,
    "awaiting_signature": False, "signed": False, "steps_pass": 0, "steps_fail": 0, "key_evidenced": 0, "key_pass": 0,
    "photos_sent": 0, "photos_valid": 0, "scanned": False,
}  # fmt: skip


def unfill_occurrence(occurrence_id: int, check_id: str, at: datetime, by_id: str) -> State | None:
    """What the check had filled is open again, with the counts of the plan; None when this check does not fill it."""
    before = occurrence_by_id(occurrence_id)
    if before is None or before.check_id != check_id or before.state not in DONE:
        return None
    note = Note("voided", at, by_id, {"check": check_id, "state": str(before.state)})
    after = _by_itself(before, at)
    moved = move_state([occurrence_id], (before.state,), after, note, {**EMPTY, **_planned(before)})
    return after if moved else None


def unreport_occurrence(occurrence_id: int, check_id: str, at: datetime, by_id: str) -> State | None:
    """The report of this check is taken out; None when the state did not hang on it."""
    before = occurrence_by_id(occurrence_id)
    if before is None:
        return None
    was = _by_itself(before, at)
    add_notes([occurrence_id], Note("unable_voided", at, by_id, {"check": check_id}))
    after, reports = _by_itself(before, at), unable_reports(occurrence_id)
    if reports is None:
        set_columns(occurrence_id, {"unable_reason": None})
    if before.state is not was or after is was:
        return None
    move_state([occurrence_id], (before.state,), after, Note("settled", at, by_id))
    return after


def _by_itself(due: Occurrence, at: datetime) -> State:
    """Its state by the reports, the phones that hold it and the clock, whatever was done."""
    phones = phones_of([due.id]).get(due.id, ())
    return settle(due.due, Known(unable=unable_reports(due.id), phones=phones), at)


def _planned(due: Occurrence) -> dict[str, Any]:
    """What the window asks for before anybody has answered; as it stands where its edition is not there."""
    row, point = edition_row(due.edition), point_by_id(due.point_id)
    if row is None or point is None:
        return {}
    facts = facts_of(
        on=due.business_on,
        day_type=due.day_type,
        profile=due.profile,
        window_key=due.window_key,
        kind=due.kind,
        attrs=point.attrs,
    )
    asked = due_counts(edition(row), {**facts, **(due.facts or {})}, photo_allowed=point.photo_allowed)
    return {"key_due": asked.key_due, "photos_due": asked.photos_due, "dual_due": asked.dual_due}
