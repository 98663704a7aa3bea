"""Deeds on an occurrence: filled, signed, claimed, reported unable, judged; each guards the state that it expects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.refusals import NotFound, Stale
from app.schedule.queries import occurrence_by_id, phones_of, unable_reports
from app.schedule.rules_states import DONE, FILLABLE, Known, State, settle
from app.schedule.writes import (
    OCCURRENCES,
    Note,
    add_notes,
    keep_call,
    keep_fetches,
    move_state,
    set_columns,
)
from app.web.words import lazy

OVER = DONE | {State.MISSED}


@dataclass(frozen=True)
class Filling:
    """What a check puts into the occurrence it fills: the counts of the check, and the marks that figures need."""

    state: State
    check_id: str
    done_at: datetime
    done_by_id: str
    helped: bool
    offline: bool
    short_visit: bool
    awaiting_signature: bool
    signed: bool
    steps_pass: int
    steps_fail: int
    key_due: int
    key_evidenced: int
    key_pass: int
    photos_due: int
    photos_sent: int
    photos_valid: int
    scanned: bool = False


def fill_occurrence(occurrence_id: int, filling: Filling, at: datetime, by_id: str) -> bool:
    """Done by this check; False when it is done, exempt or void already, and the check is then `extra`.

    A missed or not yet known one is corrected, a reported one is done after all.
    """
    if filling.state not in DONE:
        raise ValueError(f"a check does not fill with {filling.state}")
    values = dict(vars(filling))
    note = Note("filled", at, by_id, {"check": filling.check_id, "state": str(filling.state)})
    return bool(move_state([occurrence_id], FILLABLE, filling.state, note, values))


def recount_occurrence(
    occurrence_id: int, check_id: str, counts: dict[str, int], at: datetime, by_id: str | None
) -> bool:
    """New counts of the check that fills it, after a retake or a verdict; never a new time or state."""
    moved = set_columns(occurrence_id, counts, OCCURRENCES.c.check_id == check_id)
    if moved:
        add_notes([occurrence_id], Note("recounted", at, by_id, counts))
    return moved


def sign_occurrence(occurrence_id: int, check_id: str, at: datetime, by_id: str) -> bool:
    """The second signature is there: from now on it counts in what needs one (rules MT-2)."""
    waiting = (OCCURRENCES.c.check_id == check_id, OCCURRENCES.c.awaiting_signature)
    signed = set_columns(occurrence_id, {"awaiting_signature": False, "signed": True}, *waiting)
    if signed:
        add_notes([occurrence_id], Note("signed", at, by_id))
    return signed


def claim_occurrence(occurrence_id: int, person_id: str, at: datetime, *, takeover: bool = False) -> bool:
    """Taken in hand; False when somebody else holds it and this is no takeover."""
    free = OCCURRENCES.c.claimed_by_id.is_(None) | (OCCURRENCES.c.claimed_by_id == person_id)
    clauses = () if takeover else (free,)
    claimed = set_columns(occurrence_id, {"claimed_by_id": person_id, "claimed_at": at}, *clauses)
    if claimed:
        phone_fetched([occurrence_id], person_id, at)
        add_notes([occurrence_id], Note("claimed", at, person_id))
    return claimed


def release_occurrence(occurrence_id: int, person_id: str, at: datetime) -> bool:
    """Given back; False when this person does not hold it, or when it is done or missed: then it stays whose it was.

    Giving back afterwards would put what became of it on the round's person (rules GR-9).
    """
    held = (OCCURRENCES.c.claimed_by_id == person_id, OCCURRENCES.c.state.not_in(OVER))
    released = set_columns(occurrence_id, {"claimed_by_id": None, "claimed_at": None}, *held)
    if released:
        add_notes([occurrence_id], Note("released", at, person_id))
    return released


def report_unable(occurrence_id: int, reason: str, check_id: str, by_id: str, at: datetime) -> State | None:
    """无法作业: reported, not missed; an occupied place is excused at the second try (rules MT-3).

    Gives back the new state, None when the occurrence is done, exempt or void already.
    """
    before = occurrence_by_id(occurrence_id)
    if before is None or before.state not in FILLABLE:
        return None
    add_notes([occurrence_id], Note("unable", at, by_id, {"reason": reason, "check": check_id}))
    after = settle(before.due, Known(unable=unable_reports(occurrence_id)), at)
    move_state([occurrence_id], (before.state,), after, Note("reported", at, by_id), {"unable_reason": reason})
    return after


def judge_unable(occurrence_id: int, *, accepted: bool, by_id: str, at: datetime, reason: str = "") -> State:
    """The responsible department's verdict: exempt, or back to what the clock says. Raises Stale when none waits."""
    before = occurrence_by_id(occurrence_id)
    if before is None:
        raise NotFound(lazy("This task no longer exists. Go back to the list."))
    if before.state is not State.UNABLE:
        raise Stale(lazy("This report has been settled already. Load the page again."))
    kind = "unable_accepted" if accepted else "unable_refused"
    add_notes([occurrence_id], Note(kind, at, by_id, {"reason": reason}))
    phones = phones_of([occurrence_id]).get(occurrence_id, ())
    after = settle(before.due, Known(unable=unable_reports(occurrence_id), phones=phones), at)
    move_state([occurrence_id], (State.UNABLE,), after, Note("settled", at, by_id))
    return after


def announce_occurrence(occurrence_id: int, announced: Mapping[str, Any], by_id: str, at: datetime) -> None:
    """Done, says a phone, and the record follows: not yet known instead of missed, for a day (docs/protocol.md).

    Nothing happens to one that is done, reported, exempt or void already.
    """
    before = occurrence_by_id(occurrence_id)
    if before is None or before.state not in (State.PLANNED, State.UNKNOWN, State.MISSED):
        return
    set_columns(occurrence_id, {"announced_at": at})
    add_notes([occurrence_id], Note("announced", at, by_id, announced))
    after = settle(before.due, Known(announced=True), at)
    if after is not before.state:
        move_state([occurrence_id], (before.state,), after, Note("settled", at, by_id))


def phone_fetched(occurrence_ids: Iterable[int], person_id: str, at: datetime) -> None:
    """The person's phone has these in its pocket now; the call counts as a call."""
    keep_fetches(occurrence_ids, person_id, at)
    keep_call(person_id, at)


def phone_called(person_id: str, at: datetime) -> None:
    """Every call of a person's phone: what it holds is no longer silent."""
    keep_call(person_id, at)
