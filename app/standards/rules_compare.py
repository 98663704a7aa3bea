"""Two editions side by side (前后对照表): what came, went, moved or changed, step by step and limit by limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.standards.rules import Edition, Limits, Step
from app.standards.rules_choices import words_of
from app.standards.rules_document_limits import span
from app.standards.rules_words import CAUSE, EVIDENCE, SEVERITY
from app.web.words import lazy


class Change(StrEnum):
    """What became of a step."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing of a step before and after, as words."""

    name: str
    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step of either edition; places count from 1 and are None where it is not there."""

    change: Change
    step_id: str
    title: str
    before_place: int | None
    after_place: int | None
    fields: tuple[FieldChange, ...] = ()


LABELS: Mapping[str, Any] = {
    "title": lazy("Title"),
    "requirement": lazy("Requirement"),
    "key": lazy("Key point"),
    "evidence": lazy("Evidence"),
    "limits": lazy("Limit"),
    "warn": lazy("Warning"),
    "limit_basis": lazy("Basis of the limit"),
    "choices": lazy("Answers"),
    "applies_when": lazy("When it applies"),
    "safety": lazy("Safety"),
    "dual_sign": lazy("Second signature"),
    "photo_min": lazy("Photos"),
    "severity": lazy("Severity"),
    "cause_default": lazy("Cause"),
    "reference_photo": lazy("Reference picture"),
}
# What a worker need not learn anew: the office's own words about a step.
QUIET = frozenset({"limit_basis", "severity", "cause_default", "reference_photo"})


def changes(old: Edition, new: Edition) -> list[StepChange]:
    """Every step of both, in the new order with those that went at their old places."""
    before, after = _places(old), _places(new)
    found = [_one(step, old.step(step.id), before, after, old, new) for step in new.steps]
    order = _kept_order([step.id for step in old.steps if step.id in after], [each.step_id for each in found])
    found = [
        StepChange(Change.MOVED, each.step_id, each.title, each.before_place, each.after_place)
        if each.change is Change.SAME and each.step_id not in order
        else each
        for each in found
    ]
    for at, step in enumerate(old.steps):
        if step.id not in after:
            gone = StepChange(Change.REMOVED, step.id, step.title, before[step.id], None)
            found.insert(min(at, len(found)), gone)
    return found


def changed_steps(old: Edition, new: Edition) -> tuple[str, ...]:
    """The steps of the new edition that somebody who knows the old one has to learn (rules TR)."""
    return tuple(
        each.step_id
        for each in changes(old, new)
        if each.change is Change.ADDED
        or (each.change is Change.CHANGED and any(field.name not in QUIET for field in each.fields))
    )


def _one(
    step: Step, earlier: Step | None, before: Mapping[str, int], after: Mapping[str, int], old: Edition, new: Edition
) -> StepChange:
    here = after[step.id]
    if earlier is None:
        return StepChange(Change.ADDED, step.id, step.title, None, here, _fields(None, step, old, new))
    fields = _fields(earlier, step, old, new)
    change = Change.CHANGED if fields else Change.SAME
    return StepChange(change, step.id, step.title, before[step.id], here, fields)


def _fields(earlier: Step | None, step: Step, old: Edition, new: Edition) -> tuple[FieldChange, ...]:
    was, now = _said(earlier, old) if earlier else {}, _said(step, new)
    if not earlier:
        return tuple(FieldChange(name, LABELS[name], "", now[name]) for name in LABELS if name != "title" and now[name])
    return tuple(
        FieldChange(name, label, was[name], now[name]) for name, label in LABELS.items() if was[name] != now[name]
    )


def _said(step: Step, edition: Edition) -> dict[str, str]:
    """A step as words, so that what reads the same is the same."""
    titles = {each.id: each.title for each in edition.steps}
    return {
        "title": step.title,
        "requirement": step.requirement,
        "key": str(lazy("Key point")) if step.key else "",
        "evidence": _evidence(step),
        "limits": _limits(step),
        "warn": _range(step.warn, step.unit),
        "limit_basis": step.limit_basis or "",
        "choices": "、".join(_choice(each, step) for each in step.choices),
        "applies_when": words_of(step.applies_when, titles) if step.applies_when is not None else "",
        "safety": step.safety or "",
        "dual_sign": _signing(step),
        "photo_min": str(step.photo_min) if step.photo_min else "",
        "severity": str(SEVERITY[step.severity.value]),
        "cause_default": str(CAUSE[step.cause_default.value]),
        "reference_photo": step.reference_photo or "",
    }


def _signing(step: Step) -> str:
    if step.release:
        return str(lazy("signed by a supervisor"))
    return str(lazy("needs two")) if step.dual_sign else ""


def _evidence(step: Step) -> str:
    """The kind, and what the standard calls it."""
    kind = str(EVIDENCE.get(step.evidence.value, step.evidence.value))
    return f"{kind}（{step.evidence_class}）" if step.evidence_class else kind


def _limits(step: Step) -> str:
    """With what sets them at each point."""
    found = _range(Limits(step.min, step.max), step.unit)
    own = "、".join(each for each in (step.min_from, step.max_from) if each)
    return f"{found} [{own}]".strip() if own else found


def _range(limits: Limits | None, unit: str | None) -> str:
    if limits is None or (limits.min is None and limits.max is None):
        return ""
    return f"{span(limits.min, limits.max)} {unit or ''}".strip()


def _choice(text: str, step: Step) -> str:
    return text if text in step.pass_choices else f"{text} ✗"


def _places(edition: Edition) -> dict[str, int]:
    return {step.id: at for at, step in enumerate(edition.steps, 1)}


def _kept_order(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The most steps that stand in the same order in both: the others were moved."""
    places = {each: at for at, each in enumerate(old)}
    both = [each for each in new if each in places]
    best: list[tuple[int, int | None]] = []
    for here, each in enumerate(both):
        before = [(best[other][0], other) for other in range(here) if places[both[other]] < places[each]]
        length, last = max(before, default=(0, -1))
        best.append((length + 1, last if length else None))
    kept: list[str] = []
    at: int | None = max(range(len(best)), key=lambda each: best[each][0]) if best else None
    while at is not None:
        kept.append(both[at])
        at = best[at][1]
    return frozenset(kept)


CHANGE: Mapping[Change, Any] = {
    Change.ADDED: lazy("new"),
    Change.REMOVED: lazy("left out"),
    Change.CHANGED: lazy("changed"),
    Change.MOVED: lazy("at another place"),
    Change.SAME: lazy("as before"),
}
CHANGE_CHIP: Mapping[Change, str] = {
    Change.ADDED: "ok",
    Change.REMOVED: "bad",
    Change.CHANGED: "due",
    Change.MOVED: "info",
    Change.SAME: "mute",
}
