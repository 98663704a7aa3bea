"""Recording a check: loads, asks the rules, writes; the receipt is what the phone waits for. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import urandom
from typing import Any

from app.checks.actions_evidence import still_there
from app.checks.actions_keeping import keep
from app.checks.actions_landing import Landing, land
from app.checks.actions_meeting import Call
from app.checks.actions_work import Work, prepare
from app.checks.forms import parse_submission
from app.checks.queries_receipts import seen_before
from app.checks.rules import Mark, Submission
from app.checks.rules_receipt import NUMBER_ALPHABET, Receipt, canonical_bytes, digest_of
from app.checks.rules_timing import status_of
from app.photos.actions import sync
from app.refusals import Conflict, Forbidden, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy

__all__ = ["Call", "read_submission", "record_check"]


@dataclass(frozen=True, slots=True)
class Told:
    """A body as it was read; what does not hold in it counts only when it is no repetition."""

    canonical: bytes
    digest: str
    content: Submission | Invalid


def read_submission(body: Mapping[str, Any], who: CurrentPerson) -> Told:
    """What can be said without the database: done before the transaction, so that nobody waits for it.

    Raises Forbidden (`other-person`), and Invalid for what cannot be read at all.
    """
    _refuse_other_person(body, who)
    canonical = canonical_bytes(body)
    content: Submission | Invalid
    try:
        content = parse_submission(body)
    except Invalid as fault:
        content = fault
    return Told(canonical, digest_of(canonical), content)


def record_check(body: Mapping[str, Any], who: CurrentPerson, call: Call, told: Told | None = None) -> Receipt:
    """Judge and keep one submission, `told` where it was read before; the same id and content gives the same receipt.

    Raises Invalid with a sentence a field or step, Conflict (`conflict`, `missing-photos`), Forbidden (`other-person`),
    NotFound or Gone. Photos must have been kept before by the same person.
    """
    told = told or read_submission(body, who)
    earlier = _answered_before(body, told.digest)
    if earlier:
        return earlier
    if isinstance(told.content, Invalid):
        raise told.content
    work = prepare(told.content, who, call)
    landing = land(work)
    receipt = _receipt(work, landing, told.digest)
    keep(work, landing, receipt, told.canonical)
    still_there(work.evidence, call)
    if call.sync:
        sync(call.store, [photo for photo in work.evidence.in_order if photo.id not in (call.ahead or {})])
    return receipt


def _refuse_other_person(body: Mapping[str, Any], who: CurrentPerson) -> None:
    person = body.get("person")
    if isinstance(person, str) and person and person != who.id:
        sentence = lazy("This record was made by %(person)s and waits for them to sign in.", person=person[:40])
        raise Forbidden(sentence, problem="other-person")


def _answered_before(body: Mapping[str, Any], digest: str) -> Receipt | None:
    check_id = body.get("id")
    seen = seen_before(check_id.lower()) if isinstance(check_id, str) else None
    if seen is None:
        return None
    if seen.digest != digest:
        raise Conflict(lazy("A record with this number arrived before with other content. Tell your supervisor."))
    return seen.receipt.again()


def _receipt(work: Work, landing: Landing, digest: str) -> Receipt:
    clocked, call = work.meeting.clocked, work.call
    marks = [*work.meeting.marks, *clocked.marks, *landing.marks]
    marks += [Mark.SHORT_VISIT] if work.short else []
    marks += [Mark.PHOTO_SEEN_BEFORE] if not all(work.evidence.unseen.values()) else []
    marks += [Mark.HANDED_IN] if call.handed_in else []
    marks += work.missed
    status, shown = status_of(landing.timing, awaiting=bool(work.unsigned), offline=clocked.offline, marks=marks)
    # 32 letters: the low five bits of a byte choose one as fairly as a call for each letter, in one call.
    random = "".join([NUMBER_ALPHABET[byte & 31] for byte in urandom(6)])
    return Receipt(
        id=work.submission.id,
        number=f"{call.received_at.astimezone(call.zone):%y%m%d}-{random}",
        received_at=call.received_at,
        status=str(status),
        marks=shown,
        photos=tuple((photo.id, photo.sha256) for photo in work.evidence.in_order),
        digest=digest,
        live=tuple(photo.id for photo in work.evidence.in_order if photo.id in work.evidence.live),
        proof=work.proof,
    )
