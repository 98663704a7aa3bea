"""What a record brings as proof, and what the setting of its point misses: marked to be looked at, never refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from app.checks.rules import Mark, Submission
from app.checks.rules_steps import StepJudgement
from app.photos.rules_proof import UNPROVEN, Grade, Proof, proof_of
from app.places.rules_proof import Asks, is_right


def proof_of_record(steps: Iterable[StepJudgement], sent: Collection[str], live: Collection[str]) -> Proof:
    """Of the pictures that the steps ask for: the evidence of each, and one of how it is after putting right."""
    if not sent:
        return UNPROVEN
    asked: list[tuple[int, Collection[str]]] = []
    for judged in steps:
        answer = judged.answer
        if answer is None or not judged.applicable:
            continue
        asked.append((judged.photos_due, set(answer.photos)))
        if answer.fixed and answer.after_photos:
            asked.append((1, set(answer.after_photos)))
    return proof_of(asked, sent, live)


def missed(
    asks: Asks | None, secret: str | None, proof: Proof, submission: Submission, days: Iterable[date]
) -> list[Mark]:
    """Nothing where no picture was to be taken; a point without a secret yet asks for none."""
    if asks is None:
        return []
    if asks is Asks.LIVE:
        return [Mark.NO_LIVE] if proof.asked and proof.grade is not Grade.LIVE else []
    return [] if not secret or is_right(asks, secret, submission.secret, days) else [Mark.NO_SECRET]
