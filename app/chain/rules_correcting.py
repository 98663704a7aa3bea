"""What a corrected value makes of a step's result; the answer itself stays as it was sent."""

from __future__ import annotations

import math

from app.chain.rules_voiding import RESULTS, SAID_LENGTH, Field
from app.checks.rules_steps import LARGEST_READING
from app.standards.rules import Limits, Step
from app.web.words import lazy

NO_NUMBER = lazy("Give a number, such as 7.5.")
NO_CHOICE = lazy("Choose one of the answers of the step.")
NO_TEXT = lazy("Say what it should have been.")


class NotPossible(Exception):
    """The new value makes no sense; carries the sentence that says why."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def corrected(field: Field, step: Step | None, limits: Limits, result: str, said: str) -> tuple[str, str]:
    """The new value as text and the result that follows; a reading is judged by the limits it was judged by then."""
    said = said.strip()[:SAID_LENGTH]
    if field is not Field.TEXT and result not in RESULTS:
        # It was said not to apply: that is judged, not corrected.
        raise NotPossible(NO_CHOICE)
    if field is Field.VALUE:
        value = _number(said)
        return f"{value:.12g}", "pass" if limits.admit(value) else "fail"
    if field is Field.CHOICE:
        if step is None or said not in step.choices:
            raise NotPossible(NO_CHOICE)
        return said, "pass" if step.declaration or said in step.pass_choices else "fail"
    if field is Field.RESULT:
        if said not in RESULTS:
            raise NotPossible(NO_CHOICE)
        return said, said
    if not said:
        raise NotPossible(NO_TEXT)
    return said, result


def _number(said: str) -> float:
    try:
        value = float(said.replace("，", ".").replace(",", "."))
    except ValueError as wrong:
        raise NotPossible(NO_NUMBER) from wrong
    if not math.isfinite(value) or abs(value) > LARGEST_READING:
        raise NotPossible(NO_NUMBER)
    return value
