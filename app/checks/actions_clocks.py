"""A supervisor believes the phone's clock, or releases a record that came after days (contract, Which clock)."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.checks import writes
from app.checks.actions_counting import assert_counts, counts_of
from app.checks.actions_holding import held
from app.checks.queries import CheckRow, check_by_id, events_of
from app.checks.queries_receipts import signatures_of
from app.checks.rules import Mark
from app.checks.rules_review import UnableVerdict, may_judge
from app.checks.rules_timing import Span, Timing, standing
from app.refusals import Conflict, Forbidden, Stale
from app.schedule.actions import Filling, fill_occurrence, judge_unable, report_unable
from app.schedule.queries import Occurrence, occurrence_by_id
from app.schedule.rules_states import DONE, State
from app.schedule.writes import Note, move_state
from app.web.current import CurrentPerson
from app.web.words import lazy

FILLED_AS = {Timing.WINDOW: State.IN_WINDOW, Timing.GRACE: State.IN_GRACE, Timing.LATE: State.LATE}
SETTLED = lazy("This has been settled already. Load the page again.")


def accept_clock(check_id: str, who: CurrentPerson, now: datetime) -> None:
    """Judge a marked record by the phone's time after all; the record itself stays as it was sent."""
    check, due = _marked(check_id, Mark.CLOCK, "clock_accepted", who)
    by_phone = min(check.submitted_at + timedelta(milliseconds=check.phone_offset_ms), check.received_at)
    span = Span(due.open_at, due.end_at, due.grace_end_at, due.expire_at)
    worth, _marks = standing(by_phone, check.received_at, span)
    if worth not in FILLED_AS:
        raise Conflict(lazy("By the phone's time the window was not open either."))
    _note(check, "clock_accepted", who, now, by_phone)
    if due.check_id == check.id and due.state in DONE:
        note = Note("clock_accepted", now, who.id, {"check": check.id})
        move_state([due.id], (due.state,), FILLED_AS[worth], note, {"done_at": by_phone})
    else:
        _land(check, due, FILLED_AS[worth], by_phone, who, now)


def release_held(check_id: str, who: CurrentPerson, now: datetime) -> None:
    """Let a record that arrived after three days count as late, a report of 无法作业 as a report."""
    check, due = _marked(check_id, Mark.HELD, "released", who)
    _note(check, "released", who, now, check.effective_at)
    _land(check, due, State.LATE, check.effective_at, who, now)


def _marked(check_id: str, mark: Mark, kind: str, who: CurrentPerson) -> tuple[CheckRow, Occurrence]:
    check = check_by_id(check_id, who)
    fits = may_judge(
        who, author_id=check.person_id, implementer_id=check.implementer_id, responsible_id=check.responsible_id
    )
    if not fits:
        raise Forbidden(lazy("This is decided by the responsible department, outside the unit that did the work."))
    check = held(check)
    assert_counts(check)
    due = occurrence_by_id(check.occurrence_id) if check.occurrence_id else None
    if due is None or mark not in check.marks or any(event.kind == kind for event in events_of(check.id)):
        raise Stale(SETTLED)
    return check, due


def _note(check: CheckRow, kind: str, who: CurrentPerson, now: datetime, effective: datetime) -> None:
    data = {"effective_at": effective.isoformat()}
    writes.insert_event(check.id, kind, at=now, by_id=who.id, by_name=who.name, data=data)


def _land(check: CheckRow, due: Occurrence, state: State, done_at: datetime, who: CurrentPerson, now: datetime) -> None:
    if check.outcome == "unable":
        landed = _report(check, due, who, now)
    else:
        landed = fill_occurrence(due.id, filling(check, state, done_at), now, who.id)
    if not landed:
        raise Conflict(lazy("The window was done by another record meanwhile; this one stays beside it."))


def _report(check: CheckRow, due: Occurrence, who: CurrentPerson, now: datetime) -> bool:
    """Reported when it came, or now; a verdict that was given meanwhile goes with it."""
    if Timing(check.timing).fills:
        return True
    after = report_unable(due.id, check.unable_reason or "", check.id, by_id=check.person_id, at=now)
    said = check.state.unable_verdict
    if after is State.UNABLE and said in (UnableVerdict.ACCEPTED, UnableVerdict.REFUSED):
        judge_unable(due.id, accepted=said == UnableVerdict.ACCEPTED, by_id=who.id, at=now)
    return after is not None


def filling(check: CheckRow, state: State, done_at: datetime) -> Filling:
    """What the window takes over from a record that counts after all, with the verdicts that were given meanwhile."""
    awaiting = bool(check.state.unsigned_steps)
    return Filling(
        state=state, check_id=check.id, done_at=done_at, done_by_id=check.person_id,
        helped=Mark.HELPED in check.marks, offline="offline" in check.marks,
        short_visit=Mark.SHORT_VISIT in check.marks, scanned=check.via == "scan",
        awaiting_signature=awaiting, signed=not awaiting and bool(signatures_of(check.id)),
        photos_sent=check.photos_sent, **counts_of(check, check.state.verdicts or {}),
    )  # fmt: skip
