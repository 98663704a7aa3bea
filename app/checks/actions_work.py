"""A submission made ready: met, its evidence gathered, judged; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass

from app.checks.actions_evidence import Evidence, gather
from app.checks.actions_meeting import Call, Meeting, meet
from app.checks.queries_receipts import signatures_of
from app.checks.rules import Mark, Outcome, Submission
from app.checks.rules_judging import Judgement, judge
from app.checks.rules_proof import missed, proof_of_record
from app.checks.rules_rows import dwell_seconds
from app.checks.rules_signing import covered_steps
from app.photos.rules_proof import Proof
from app.places.rules_proof import days_of
from app.refusals import Invalid
from app.standards.rules_due import photos_forbidden
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that decides about a submission; `unsigned` are steps whose second signature is still out."""

    submission: Submission
    who: CurrentPerson
    call: Call
    meeting: Meeting
    evidence: Evidence
    judgement: Judgement
    unsigned: tuple[str, ...]
    dwell_seconds: int
    proof: Proof

    @property
    def is_done(self) -> bool:
        return self.submission.outcome is Outcome.DONE

    @property
    def short(self) -> bool:
        return self.is_done and self.dwell_seconds < self.judgement.floor_seconds

    @property
    def missed(self) -> list[Mark]:
        """What the setting of the point asks for and the record lacks; a report of 无法作业 owes nothing."""
        scene, said = self.meeting.scene, self.submission
        if scene.asks is None or not self.is_done:
            return []
        days = days_of(said.opened_at, self.meeting.clocked.effective_at, self.meeting.business_on, self.call.zone)
        return missed(scene.asks, scene.secret, self.proof, said, days)

    @property
    def helped(self) -> bool:
        return Mark.HELPED in self.meeting.marks


def prepare(submission: Submission, who: CurrentPerson, call: Call) -> Work:
    """Raises every refusal that a submission can meet."""
    meeting = meet(submission, who, call)
    evidence = gather(*submission.evidence_ids(), who, call)
    judgement = _judge(submission, meeting, evidence)
    taken = [photo.taken_at for photo in evidence.in_order if photo.taken_at]
    return Work(
        submission, who, call, meeting, evidence, judgement,
        unsigned=_unsigned(submission, meeting, judgement, who),
        dwell_seconds=dwell_seconds(submission, min(taken, default=None)),
        proof=_proof(evidence, judgement),
    )  # fmt: skip


def _judge(submission: Submission, meeting: Meeting, evidence: Evidence) -> Judgement:
    if submission.photos and photos_forbidden(
        meeting.edition, meeting.facts, photo_allowed=meeting.place.photo_allowed
    ):
        sentence = lazy("No photo may be taken here. Remove the photos of this record.")
        raise Invalid(sentence, fields={"photos": sentence})
    if submission.outcome is Outcome.UNABLE:
        return Judgement()
    judgement = judge(meeting.edition, meeting.facts, meeting.place, submission.answers, evidence.unseen)
    if judgement.errors:
        raise Invalid(lazy("Some steps are not complete yet."), fields=judgement.errors)
    return judgement


def _proof(evidence: Evidence, judgement: Judgement) -> Proof:
    sent = [each.id for each in evidence.in_order if each.is_picture]
    return proof_of_record(judgement.steps, sent, evidence.live)


def _unsigned(submission: Submission, meeting: Meeting, judgement: Judgement, who: CurrentPerson) -> tuple[str, ...]:
    if not judgement.signature_steps:
        return ()
    units = (meeting.implementer_id, meeting.responsible_id, who.org_id)
    release = [step.id for step in meeting.edition.steps if step.release]
    covered = covered_steps(signatures_of(submission.id), author_id=who.id, units=units, release=release)
    return tuple(step for step in judgement.signature_steps if step not in covered)
