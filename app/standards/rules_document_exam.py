"""Faults of the exam and of what the standard asks of people (rules TR-2, TR-4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.standards.rules_document_steps import STEP_ID
from app.standards.rules_questions import (
    MAX_CERTIFICATE,
    MAX_CERTIFICATES,
    MAX_MONTHS,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_POINTS,
    MAX_QUESTIONS,
    MAX_STEM,
    PASS_SCORE,
    VALID_MONTHS,
    Special,
)
from app.web.words import lazy


def question_faults(question: Mapping[str, Any], steps: Collection[str]) -> Iterator[Any]:
    """Sentences for one question; `steps` are the steps that there are."""
    if not STEP_ID.fullmatch(str(question.get("id") or "")):
        yield lazy("The question needs a name of its own such as Q1.")
    stem = str(question.get("stem") or "").strip()
    if not stem:
        yield lazy("The question has no words.")
    if len(stem) > MAX_STEM:
        yield lazy("The question is longer than %(n)d characters.", n=MAX_STEM)
    yield from _option_faults(question)
    if question.get("step") is not None and str(question["step"]) not in steps:
        yield lazy("It asks about step %(id)s, which is not there.", id=str(question["step"])[:20])
    if not _whole(question.get("points", 1), 1, MAX_POINTS):
        yield lazy("A question gives 1 to %(n)d points.", n=MAX_POINTS)


def demand_faults(training: Any, questions: list[Mapping[str, Any]]) -> Iterator[Any]:
    """Sentences for the pass mark, how long it holds, special work and certificates."""
    if training is not None and not isinstance(training, Mapping):
        yield lazy("What the standard asks of people cannot be read.")
        return
    asked = training or {}
    mark = asked.get("pass_score", PASS_SCORE)
    if not _whole(mark, PASS_SCORE, 100):
        yield lazy("The pass mark is %(least)d to 100.", least=PASS_SCORE)
    elif questions and (points := points_together(questions)) < mark:
        yield lazy("Questions give %(n)d points together, fewer than the pass mark of %(mark)d.", n=points, mark=mark)
    if not _whole(asked.get("valid_months", VALID_MONTHS), 1, MAX_MONTHS):
        yield lazy("What was passed holds 1 to %(n)d months.", n=MAX_MONTHS)
    if asked.get("special") is not None and asked["special"] not in tuple(Special):
        yield lazy("Choose the kind of special work from the list.")
    if len(questions) > MAX_QUESTIONS:
        yield lazy("An exam has at most %(n)d questions.", n=MAX_QUESTIONS)
    yield from _certificate_faults(asked.get("certificates"))


def _option_faults(question: Mapping[str, Any]) -> Iterator[Any]:
    given = question.get("options")
    options = [str(each).strip() for each in given] if isinstance(given, list | tuple) else []
    if len(options) < 2:
        yield lazy("A question needs at least two answers to choose from.")
    if len(options) > MAX_OPTIONS:
        yield lazy("A question has at most %(n)d answers.", n=MAX_OPTIONS)
    if any(not each or len(each) > MAX_OPTION for each in options):
        yield lazy("An answer has 1 to %(n)d characters.", n=MAX_OPTION)
    if len(set(options)) != len(options):
        yield lazy("Two answers say the same.")
    if not _whole(question.get("answer"), 0, len(options) - 1):
        yield lazy("Mark the right answer.")


def _certificate_faults(names: Any) -> Iterator[Any]:
    if names is None:
        return
    listed = list(names) if isinstance(names, list | tuple) else [None]
    if any(not isinstance(each, str) or not 0 < len(each.strip()) <= MAX_CERTIFICATE for each in listed):
        yield lazy("The name of a certificate has 1 to %(n)d characters.", n=MAX_CERTIFICATE)
    if len(listed) > MAX_CERTIFICATES:
        yield lazy("At most %(n)d certificates.", n=MAX_CERTIFICATES)


def points_together(questions: Iterable[Mapping[str, Any]]) -> int:
    """What all questions give together; odd points count nothing, they are a fault of their question."""
    return sum(points for each in questions if _whole(points := each.get("points", 1), 1, MAX_POINTS))


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
