"""One step: is the answer complete, what is its result, what evidence does it carry (rules EV-8, EV-9, MT-2)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.checks.rules import OCCUPIED, Answer, Place, Result
from app.standards.rules import Cause, Evidence, FailAction, Limits, Step, limits_of
from app.standards.rules_formula import FormulaError, evaluate, names_in
from app.web.words import lazy

LARGEST_READING = 1e9
NO_LIMITS = Limits()


class StepRefused(Exception):
    """The answer lacks something; carries the sentence that says what."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StepJudgement(NamedTuple):
    """A step as the server sees it; an answer to a step that does not apply is kept here and ignored."""

    step: Step
    position: int
    applicable: bool
    answer: Answer | None = None
    result: Result = Result.NOT_APPLICABLE
    value: float | None = None
    limits: Limits = NO_LIMITS
    warned: bool = False
    cause: Cause | None = None
    photos_due: int = 0
    photos_valid: int = 0
    photos_sent: int = 0
    needs_signature: bool = False
    finding: bool = False

    @property
    def counted(self) -> bool:
        """Leaves every denominator when not applicable (MT-35) or when failing only reminds."""
        return self.result is not Result.NOT_APPLICABLE and self.step.fail_action is not FailAction.REMIND

    @property
    def evidenced(self) -> bool:
        return self.photos_valid >= self.photos_due


@dataclass(frozen=True, slots=True)
class Reading:
    value: float
    result: Result
    limits: Limits
    warned: bool


def judge_step(
    step: Step, position: int, answer: Answer | None, place: Place, *, forbidden: bool, unseen: Mapping[str, bool]
) -> StepJudgement:
    """Judge an applicable step; `unseen[id]` is False for a photo whose bytes were sent before. Raises StepRefused."""
    if answer is None:
        raise StepRefused(lazy("“%(title)s” has no answer yet.", title=step.title))
    if forbidden and (answer.photos or answer.after_photos):
        raise StepRefused(lazy("No photo may be taken here. Remove the photo of “%(title)s”.", title=step.title))
    if answer.result is Result.NOT_APPLICABLE:
        return _by_hand(step, position, answer)
    reading = read(step, answer, place.attrs) if step.evidence is Evidence.NUMBER else None
    result = reading.result if reading else _said(step, answer)
    finding_choice = result is Result.PASS and answer.choice in step.finding_choices
    due = _photos_due(step, answer, forbidden=forbidden)
    _need_photos(step, answer, due)
    if result is Result.FAIL:
        _need_grounds(step, answer, forbidden=forbidden)
    opens = finding_choice or (result is Result.FAIL and step.fail_action is not FailAction.REMIND)
    return StepJudgement(
        step=step, position=position, applicable=True, answer=answer, result=result,
        value=reading.value if reading else None,
        limits=reading.limits if reading else NO_LIMITS,
        warned=bool(reading and reading.warned),
        cause=_cause(step, answer, result, finding_choice=finding_choice),
        photos_due=due,
        photos_sent=min(due, len(set(answer.photos))),
        photos_valid=min(due, sum(unseen.get(photo, True) for photo in set(answer.photos))),
        needs_signature=signature_needed(step, answer.choice, forbidden=forbidden),
        finding=opens,
    )  # fmt: skip


def read(step: Step, answer: Answer, attrs: Mapping[str, Any]) -> Reading:
    """The reading of a number step, judged by the limits of the point; a value beyond `warn` passes with a warning."""
    value = _computed(step, answer, attrs) if step.formula and step.inputs else answer.value
    if value is None or not math.isfinite(value) or abs(value) > LARGEST_READING:
        raise StepRefused(lazy("“%(title)s” needs a number, such as 7.5.", title=step.title))
    limits = limits_of(step, attrs)
    admitted = limits.admit(value)
    return Reading(
        value=value,
        result=Result.PASS if admitted else Result.FAIL,
        limits=limits,
        warned=admitted and step.warn is not None and not step.warn.admit(value),
    )


def signature_needed(step: Step, choice: str | None, *, forbidden: bool) -> bool:
    """A forbidden photo becomes a tick with two signatures; dual_sign_choices ask for the second only for these."""
    if forbidden and step.evidence is Evidence.PHOTO:
        return True
    return step.dual_sign and (not step.dual_sign_choices or choice in step.dual_sign_choices)


def _by_hand(step: Step, position: int, answer: Answer) -> StepJudgement:
    if not (answer.note or answer.files):
        raise StepRefused(lazy("Say in a few words why “%(title)s” does not apply today.", title=step.title))
    return StepJudgement(step=step, position=position, applicable=True, answer=answer)


def _computed(step: Step, answer: Answer, attrs: Mapping[str, Any]) -> float:
    inputs = answer.inputs or {}
    for each in step.inputs:
        if each.id not in inputs:
            sentence = lazy("“%(title)s” needs a number for %(input)s.", title=step.title, input=each.title)
            raise StepRefused(sentence)
    values = {f"point.attrs.{name}": value for name, value in attrs.items()}
    values |= {name: inputs[name] for name in (each.id for each in step.inputs)}
    try:
        return evaluate(step.formula or "", values)
    except FormulaError as wrong:
        if names_in(step.formula or "") <= values.keys():
            raise StepRefused(
                lazy("“%(title)s” cannot be worked out from these readings. Please read again.", title=step.title)
            ) from wrong
        raise StepRefused(_lacks_setting(step)) from wrong


def _lacks_setting(step: Step) -> object:
    return lazy("“%(title)s” cannot be worked out: this point lacks a setting. Tell your supervisor.", title=step.title)


def _said(step: Step, answer: Answer) -> Result:
    if step.evidence is Evidence.CHOICE:
        if answer.choice not in step.choices:
            raise StepRefused(lazy("Choose one of the answers for “%(title)s”.", title=step.title))
        return Result.PASS if step.declaration or answer.choice in step.pass_choices else Result.FAIL
    if answer.result is None:
        raise StepRefused(lazy("Say whether “%(title)s” is right or not.", title=step.title))
    if step.evidence is Evidence.TEXT and not (answer.text or answer.files):
        raise StepRefused(lazy("“%(title)s” needs a few words.", title=step.title))
    return answer.result


def _photos_due(step: Step, answer: Answer, *, forbidden: bool) -> int:
    if step.evidence is not Evidence.PHOTO or forbidden or answer.no_photo_reason == OCCUPIED:
        return 0
    return step.photo_min


def _need_photos(step: Step, answer: Answer, due: int) -> None:
    missing = due - len(set(answer.photos))
    if missing > 0:
        raise StepRefused(lazy("“%(title)s” still needs photos: %(n)d.", title=step.title, n=missing))


def _need_grounds(step: Step, answer: Answer, *, forbidden: bool) -> None:
    """A fail found in a reading or a choice speaks for itself; one that the worker reports needs grounds."""
    judged_by_server = step.evidence in (Evidence.NUMBER, Evidence.CHOICE)
    if not judged_by_server and answer.cause is None:
        raise StepRefused(lazy("Choose what caused the problem at “%(title)s”.", title=step.title))
    grounds = answer.note or answer.files or answer.photos or answer.after_photos
    if not judged_by_server and not grounds:
        raise StepRefused(lazy("Add words, a voice memo or a photo to the problem at “%(title)s”.", title=step.title))
    if answer.fixed and not answer.after_photos and not forbidden:
        raise StepRefused(lazy("Add a photo taken after the problem at “%(title)s” was put right.", title=step.title))


def _cause(step: Step, answer: Answer, result: Result, *, finding_choice: bool) -> Cause | None:
    if result is not Result.FAIL and not finding_choice:
        return None
    if answer.cause:
        return Cause(answer.cause)
    return step.finding_cause or step.cause_default if finding_choice else step.cause_default
