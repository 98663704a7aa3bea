"""A submission lands in its occurrence: fills it, reports it unable, or is kept beside it as extra."""

from __future__ import annotations

from dataclasses import dataclass

from app.checks.actions_work import Work
from app.checks.rules import Mark
from app.checks.rules_timing import Timing
from app.schedule.actions import Filling, fill_occurrence, report_unable
from app.schedule.rules_states import DONE, State, may_fill

FILLED_AS = {Timing.WINDOW: State.IN_WINDOW, Timing.GRACE: State.IN_GRACE, Timing.LATE: State.LATE}


@dataclass(frozen=True, slots=True)
class Landing:
    """What the record is worth after the occurrence had its say."""

    timing: Timing
    marks: tuple[Mark, ...] = ()


def land(work: Work) -> Landing:
    """Two people at one occurrence are both kept; the second is extra and marked."""
    due, worth = work.meeting.due, work.meeting.clocked.timing
    if due is None or not worth.fills:
        return Landing(worth)
    if not may_fill(State(due.state)):
        marks = (Mark.ALREADY_DONE,) if due.state in DONE else ()
        return Landing(Timing.EXTRA, marks)
    if not work.is_done:
        return _report(work, due.id, worth)
    filled = fill_occurrence(due.id, filling_of(work, worth), at=work.call.received_at, by_id=work.who.id)
    return Landing(worth) if filled else Landing(Timing.EXTRA, (Mark.ALREADY_DONE,))


def filling_of(work: Work, worth: Timing) -> Filling:
    """What the occurrence takes over; key steps count once the second signature is there (MT-2)."""
    counts, awaiting = work.judgement.counts, bool(work.unsigned)
    return Filling(
        state=FILLED_AS[worth],
        check_id=work.submission.id,
        done_at=work.meeting.clocked.effective_at,
        done_by_id=work.who.id,
        helped=work.helped,
        offline=work.meeting.clocked.offline,
        short_visit=work.short,
        scanned=work.submission.via == "scan",
        awaiting_signature=awaiting,
        signed=bool(work.judgement.signature_steps) and not awaiting,
        steps_pass=counts.steps_pass,
        steps_fail=counts.steps_fail,
        key_due=counts.key_due,
        key_evidenced=0 if awaiting else counts.key_evidenced,
        key_pass=0 if awaiting else counts.key_pass,
        photos_due=counts.photos_due,
        photos_sent=counts.photos_sent,
        photos_valid=counts.photos_valid,
    )


def _report(work: Work, occurrence_id: int, worth: Timing) -> Landing:
    report_unable(
        occurrence_id,
        str(work.submission.unable_reason),
        work.submission.id,
        by_id=work.who.id,
        at=work.call.received_at,
    )
    return Landing(worth)
