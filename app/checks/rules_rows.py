"""A judged submission as the rows that keep it; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.checks.rules import Result, Submission
from app.checks.rules_steps import StepJudgement
from app.nonconformities.rules import Draft

FIRST_PHOTO_BEFORE_OPENING = timedelta(hours=2)


def answer_row(check_id: str, judged: StepJudgement) -> dict[str, Any]:
    """The row of a step that was answered; `said` keeps what was sent where the server judged otherwise."""
    answer = judged.answer
    said = answer.result if answer else None
    return {
        "check_id": check_id,
        "step_id": judged.step.id,
        "position": judged.position,
        "applicable": judged.applicable,
        "result": str(judged.result),
        "said": str(said) if said and said is not judged.result else None,
        "value": judged.value,
        "unit": judged.step.unit,
        "limit_min": judged.limits.min,
        "limit_max": judged.limits.max,
        "warned": judged.warned,
        "inputs": dict(answer.inputs) if answer and answer.inputs else None,
        "choice": answer.choice if answer else None,
        "text": answer.text if answer else None,
        "note": answer.note if answer else None,
        "cause": str(judged.cause) if judged.cause else None,
        "key": judged.step.key,
        "photos_due": judged.photos_due,
        "photos_valid": judged.photos_valid,
        "no_photo_reason": answer.no_photo_reason if answer else None,
        "fixed": bool(answer and answer.fixed),
        "together": bool(answer and answer.together),
        "answered_at": answer.answered_at if answer else None,
    }


def draft_of(judged: StepJudgement) -> Draft:
    """The finding that a failed step or a reporting choice opens."""
    answer = judged.answer
    return Draft(
        step_id=judged.step.id,
        step_title=judged.step.title,
        severity=str(judged.step.severity),
        cause=str(judged.cause or judged.step.cause_default),
        fail_action=str(judged.step.fail_action),
        text=finding_text(judged),
        fixed=bool(answer and answer.fixed and judged.result is Result.FAIL),
    )


def finding_text(judged: StepJudgement) -> str:
    """What was found, in the worker's words, else the choice, else the reading with its limits, else the step."""
    answer = judged.answer
    if answer and answer.note:
        return answer.note
    if answer and answer.choice:
        return answer.choice
    if judged.value is not None:
        return f"{judged.step.title} {judged.value:g}{judged.step.unit or ''}{_limits(judged)}"
    return judged.step.title


def dwell_seconds(submission: Submission, first_photo_at: datetime | None) -> int:
    """From opening, or a first photo taken shortly before, to submitting; on the phone's clock (MT-18)."""
    begun = submission.opened_at
    if first_photo_at and begun - FIRST_PHOTO_BEFORE_OPENING <= first_photo_at < begun:
        begun = first_photo_at
    return max(0, int((submission.submitted_at - begun).total_seconds()))


def said_of_known(submission: Submission) -> Mapping[str, str]:
    """Finding -> still or gone, over all answers."""
    return {known.finding: known.state for answer in submission.answers for known in answer.known}


def _limits(judged: StepJudgement) -> str:
    low, high = judged.limits.min, judged.limits.max
    if low is None and high is None:
        return ""
    if low is None:
        return f"（≤{high:g}）"
    return f"（≥{low:g}）" if high is None else f"（{low:g}～{high:g}）"
