"""The rows of a submission: receipt, check, answers, photos, what is open, and the findings it registers."""

from __future__ import annotations

from typing import Any

from app.checks import writes
from app.checks.actions_evidence import uses
from app.checks.actions_landing import Landing
from app.checks.actions_work import Work
from app.checks.rules import Via
from app.checks.rules_receipt import Receipt
from app.checks.rules_rows import answer_row, draft_of, said_of_known
from app.nonconformities.actions import register_from_check
from app.nonconformities.rules import Where
from app.photos.rules import PhotoOwner
from app.photos.writes import rows_for_check
from app.places.actions import end_older_labels
from app.repairs.actions_checks import Report, follow_check


def keep(work: Work, landing: Landing, receipt: Receipt, canonical: bytes) -> None:
    """All rows of one submission, in the caller's transaction."""
    judged = [each for each in work.judgement.steps if each.applicable or each.answer]
    writes.insert_check(
        _check_row(work, landing, receipt),
        [answer_row(work.submission.id, each) for each in judged],
        _receipt_row(work, receipt, canonical),
    )
    rows_for_check(uses(work.submission, work.evidence), owner_of(work), at=work.call.received_at)
    _open(work)
    _register(work)
    _end_older_labels(work)


def owner_of(work: Work) -> PhotoOwner:
    return PhotoOwner(
        check_id=work.submission.id,
        person_id=work.who.id,
        point_id=work.meeting.scene.point_id,
        standard_code=work.meeting.edition.code,
        implementer_id=work.meeting.implementer_id,
        responsible_id=work.meeting.responsible_id,
    )


def _receipt_row(work: Work, receipt: Receipt, canonical: bytes) -> dict[str, Any]:
    return {
        "check_id": receipt.id,
        "number": receipt.number,
        "digest": receipt.digest,
        "received_at": receipt.received_at,
        "person_id": work.who.id,
        "answer": receipt.as_json(),
        "body": canonical,
    }


def _check_row(work: Work, landing: Landing, receipt: Receipt) -> dict[str, Any]:
    submission, meeting, who = work.submission, work.meeting, work.who
    return {
        "id": submission.id,
        "occurrence_id": meeting.due.id if meeting.due else None,
        "label_code": meeting.scene.label,
        "edition": meeting.row.number,
        "edition_digest": meeting.row.digest,
        "window_key": submission.window,
        "profile": meeting.profile,
        "outcome": str(submission.outcome),
        "unable_reason": str(submission.unable_reason) if submission.unable_reason and not work.is_done else None,
        "person_name": who.name,
        "person_role": str(who.role),
        "org_id": who.org_id,
        "shift_id": who.shift_id,
        "timing": str(landing.timing),
        "via": str(submission.via),
        "via_reason": submission.via_reason,
        "late_reason": submission.late_reason,
        "note": submission.note,
        "marks": list(dict.fromkeys([receipt.status, *receipt.marks])),
        "facts": dict(meeting.facts),
        "dwell_seconds": work.dwell_seconds,
        "dwell_floor_seconds": work.judgement.floor_seconds,
        "phone": work.call.phone,
        **_units_of(work),
        **_clocks_of(work),
        **_counts_of(work),
    }


def _units_of(work: Work) -> dict[str, Any]:
    return {
        "point_id": work.meeting.scene.point_id,
        "standard_code": work.meeting.edition.code,
        "person_id": work.who.id,
        "implementer_id": work.meeting.implementer_id,
        "responsible_id": work.meeting.responsible_id,
    }


def _clocks_of(work: Work) -> dict[str, Any]:
    clocked = work.meeting.clocked
    return {
        "business_on": work.meeting.business_on,
        "opened_at": work.submission.opened_at,
        "submitted_at": work.submission.submitted_at,
        "effective_at": clocked.effective_at,
        "received_at": work.call.received_at,
        "phone_offset_ms": round(clocked.offset.total_seconds() * 1000),
    }


def _counts_of(work: Work) -> dict[str, int]:
    counts = work.judgement.counts
    plain = {name: getattr(counts, name) for name in counts.__slots__}
    return plain | {"photos_live": work.proof.live, "photos_asked": work.proof.asked}


def _open(work: Work) -> None:
    """What waits for somebody else: a signature, a yes to 不适用, a verdict on 无法作业."""
    changed: dict[str, Any] = {}
    if work.unsigned:
        changed["unsigned_steps"] = list(work.unsigned)
    if work.judgement.by_hand:
        changed["verdicts"] = dict.fromkeys(work.judgement.by_hand, "pending")
    if not work.is_done:
        changed["unable_verdict"] = "pending"
    if changed:
        writes.keep_state(work.submission.id, **changed)


def _end_older_labels(work: Work) -> None:
    """The first check through a new label: somebody stood before it, so it hangs where the old one was."""
    scene = work.meeting.scene
    current = scene.life is not None and scene.life.is_current()
    if scene.older_label and current and work.submission.via is not Via.LIST:
        end_older_labels(scene.point_id, scene.label, work.who.id, work.call.received_at)


def _register(work: Work) -> None:
    if not work.is_done:
        return
    owner = owner_of(work)
    where = Where(
        owner.point_id, owner.standard_code, work.meeting.row.number, owner.implementer_id, owner.responsible_id
    )
    drafts, said = [draft_of(each) for each in work.judgement.findings], said_of_known(work.submission)
    at = work.meeting.clocked.effective_at
    register_from_check(work.submission.id, where, drafts, said, by_id=work.who.id, at=at, zone=work.call.zone)
    follow_check(Report(work.submission.id, where, work.who, at), drafts, said)
