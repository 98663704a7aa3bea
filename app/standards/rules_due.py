"""What a window asks for before anybody has answered (rules MT-13, MT-14), and where photos are forbidden (EV-9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.standards.rules import Edition, Evidence
from app.standards.rules_conditions import holds


@dataclass(frozen=True, slots=True)
class DueCounts:
    """`dual_due`: at least one step that applies asks for a second signature whatever is answered."""

    key_due: int
    photos_due: int
    dual_due: bool


def photos_forbidden(edition: Edition, facts: Mapping[str, Any], *, photo_allowed: bool) -> bool:
    """By the area or by the standard."""
    if not photo_allowed:
        return True
    return edition.photo_forbidden_when is not None and holds(edition.photo_forbidden_when, facts)


def due_counts(edition: Edition, facts: Mapping[str, Any], *, photo_allowed: bool) -> DueCounts:
    """Steps that wait for another step's answer are not due yet."""
    forbidden = photos_forbidden(edition, facts, photo_allowed=photo_allowed)
    due = [step for step in edition.steps if holds(step.applies_when, facts)]
    photos = [step for step in due if step.evidence is Evidence.PHOTO]
    return DueCounts(
        key_due=sum(step.key for step in due),
        photos_due=0 if forbidden else sum(step.photo_min for step in photos),
        dual_due=any(step.dual_sign for step in due) or bool(forbidden and photos),
    )
