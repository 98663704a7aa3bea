"""Faults of one step besides its limits: name, evidence, choices, condition, what follows a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.standards.rules import Cause, Evidence, FailAction, Severity
from app.standards.rules_document_whether import condition_fault
from app.web.words import lazy

STEP_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,7}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MAX_TITLE, MAX_TEXT, MAX_CHOICES, MAX_PHOTOS, MAX_SECONDS = 80, 2000, 12, 9, 3600
NAMES = {"fail_action": FailAction, "severity": Severity, "cause_default": Cause, "finding_cause": Cause}


def step_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    """Sentences for one step."""
    if not STEP_ID.fullmatch(str(step.get("id") or "")):
        yield lazy("The step needs a name of its own such as S01.")
    yield from _text_faults(step)
    if step.get("evidence") not in tuple(Evidence):
        yield lazy("Choose what the step leaves as evidence.")
    yield from _signing_faults(step)
    if step.get("evidence") == Evidence.CHOICE:
        yield from _choice_faults(step)
    if step.get("evidence") == Evidence.PHOTO and not _whole(step.get("photo_min", 1), 1, MAX_PHOTOS):
        yield lazy("A photo step asks for 1 to %(n)d photos.", n=MAX_PHOTOS)
    if not _whole(step.get("min_seconds") or 0, 0, MAX_SECONDS):
        yield lazy("The shortest plausible time is 0 to %(n)d seconds.", n=MAX_SECONDS)
    odd = condition_fault(step.get("applies_when"))
    if odd:
        yield odd
    yield from _consequence_faults(step)


def _signing_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    if step.get("key") and step.get("evidence") == Evidence.NONE and not step.get("dual_sign"):
        yield lazy("A key point leaves a trace: a photo, a reading, an answer, words, or two signatures.")
    if step.get("release") and not step.get("dual_sign"):
        yield lazy("A release needs the second signature.")


def _consequence_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    for field, kinds in NAMES.items():
        if step.get(field) is not None and step[field] not in tuple(kinds):
            yield lazy("Choose what follows when the step fails.")
    picture = step.get("reference_photo")
    if picture is not None and not SHA256.fullmatch(str(picture)):
        yield lazy("The reference picture is not known here. Add it again.")


def _text_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    title = str(step.get("title") or "").strip()
    if not title:
        yield lazy("The step has no title.")
    if len(title) > MAX_TITLE:
        yield lazy("The title is longer than %(n)d characters.", n=MAX_TITLE)
    if any(len(str(step.get(name) or "")) > MAX_TEXT for name in ("requirement", "safety", "limit_basis")):
        yield lazy("A text is longer than %(n)d characters.", n=MAX_TEXT)


def _choice_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    choices, passing = _texts(step.get("choices")), _texts(step.get("pass_choices"))
    if len(choices) < 2:
        yield lazy("A choice needs at least two answers to choose from.")
    if len(choices) > MAX_CHOICES:
        yield lazy("A choice has at most %(n)d answers.", n=MAX_CHOICES)
    if len(set(choices)) != len(choices):
        yield lazy("Two answers say the same.")
    if not passing:
        yield lazy("Say which of the answers pass.")
    if step.get("declaration") and set(choices) - set(passing):
        yield lazy("A statement cannot fail: all its answers pass.")
    listed = [*passing, *_texts(step.get("finding_choices")), *_texts(step.get("dual_sign_choices"))]
    foreign = [each for each in listed if each not in choices]
    if foreign:
        yield lazy("“%(answer)s” is not among the answers.", answer=foreign[0][:40])


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
