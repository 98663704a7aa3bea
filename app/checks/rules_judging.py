"""A whole submission against its edition: errors by step, results, counts for the measures, what is open afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.checks.rules import Answer, Place, Result
from app.checks.rules_steps import StepJudgement, StepRefused, judge_step
from app.standards.rules import Edition, Evidence
from app.standards.rules_conditions import holds
from app.standards.rules_due import photos_forbidden
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Counts:
    """Numerators and denominators of one check (rules MT-12 to MT-14)."""

    steps_pass: int = 0
    steps_fail: int = 0
    key_due: int = 0
    key_evidenced: int = 0
    key_pass: int = 0
    photos_due: int = 0
    photos_sent: int = 0
    photos_valid: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """`errors` maps a step (or field) to its sentence; with any error nothing else here is to be used."""

    steps: tuple[StepJudgement, ...] = ()
    errors: Mapping[str, object] = field(default_factory=dict)
    counts: Counts = Counts()
    signature_steps: tuple[str, ...] = ()
    floor_seconds: int = 0

    @property
    def findings(self) -> tuple[StepJudgement, ...]:
        return tuple(each for each in self.steps if each.finding)

    @property
    def by_hand(self) -> tuple[str, ...]:
        """Steps said not to apply that did: a supervisor looks at each later."""
        return tuple(each.step.id for each in self.steps if each.applicable and each.result is Result.NOT_APPLICABLE)


def judge(
    edition: Edition,
    facts: Mapping[str, Any],
    place: Place,
    answers: Sequence[Answer],
    unseen: Mapping[str, bool] | None = None,
) -> Judgement:
    """Judge the answers in step order; conditions see the results of the steps before them.

    `facts` carries task.profile. `unseen[photo]` is False where the same bytes belong to another occurrence (EV-8).
    """
    by_step = {answer.step: answer for answer in answers}
    errors = _foreign(edition, answers) | _photos_used_twice(answers)
    forbidden = photos_forbidden(edition, facts, photo_allowed=place.photo_allowed)
    seen = dict(facts)
    judged: list[StepJudgement] = []
    for position, step in enumerate(edition.steps, 1):
        answer = by_step.get(step.id)
        if not holds(step.applies_when, seen):
            judged.append(StepJudgement(step=step, position=position, applicable=False, answer=answer))
        else:
            try:
                judged.append(judge_step(step, position, answer, place, forbidden=forbidden, unseen=unseen or {}))
            except StepRefused as refused:
                errors.setdefault(step.id, refused.sentence)
                continue
        seen |= _facts_after(judged[-1])
    return Judgement(
        steps=tuple(judged),
        errors=errors,
        counts=_counts(judged),
        signature_steps=tuple(each.step.id for each in judged if each.needs_signature),
        floor_seconds=sum(each.step.min_seconds for each in judged if _leaves_a_trace(each)),
    )


def _facts_after(judged: StepJudgement) -> dict[str, Any]:
    facts: dict[str, Any] = {f"steps.{judged.step.id}.result": str(judged.result)}
    if judged.value is not None:
        facts[f"steps.{judged.step.id}.value"] = judged.value
    return facts


def _leaves_a_trace(judged: StepJudgement) -> bool:
    """Only a step with a reading or a photo takes its least time on the spot; ticks are made afterwards (MT-18)."""
    read = judged.step.evidence is Evidence.NUMBER and judged.result is not Result.NOT_APPLICABLE
    return read or judged.photos_due > 0


def _counts(judged: Sequence[StepJudgement]) -> Counts:
    counted = [each for each in judged if each.counted]
    keys = [each for each in counted if each.step.key]
    return Counts(
        steps_pass=sum(each.result is Result.PASS for each in counted),
        steps_fail=sum(each.result is Result.FAIL for each in counted),
        key_due=len(keys),
        key_evidenced=sum(each.evidenced for each in keys),
        key_pass=sum(each.evidenced and each.result is Result.PASS for each in keys),
        photos_due=sum(each.photos_due for each in counted),
        photos_sent=sum(each.photos_sent for each in counted),
        photos_valid=sum(each.photos_valid for each in counted),
    )


def _foreign(edition: Edition, answers: Sequence[Answer]) -> dict[str, object]:
    known = {step.id for step in edition.steps}
    errors: dict[str, object] = {}
    seen: set[str] = set()
    for answer in answers:
        if answer.step not in known:
            errors[answer.step] = lazy("This standard has no step %(step)s. Open the page again.", step=answer.step)
        elif answer.step in seen:
            errors[answer.step] = lazy("Step %(step)s is answered twice. Open the page again.", step=answer.step)
        seen.add(answer.step)
    return errors


def _photos_used_twice(answers: Sequence[Answer]) -> dict[str, object]:
    used: dict[str, str] = {}
    errors: dict[str, object] = {}
    for answer in answers:
        for photo in {*answer.photos, *answer.after_photos}:
            if used.setdefault(photo, answer.step) != answer.step:
                errors[answer.step] = lazy(
                    "One photo stands for one step only. Take another for step %(step)s.", step=answer.step
                )
    return errors
