"""A second opinion on its way in: what it is about, and what the door that keeps it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.spotchecks.rules import Kind
from app.spotchecks.rules_agreement import Outcome, StepOpinion
from app.spotchecks.rules_review import Opinion


class Way(StrEnum):
    """How the record was looked at; a crew's own look is a way of its own."""

    DESK = "desk"
    ONSITE = "onsite"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class NewReview:
    """`id` is made by the client and makes a retry harmless; `photos` maps a step to pictures kept before."""

    id: str
    way: Way
    check_id: str
    opinions: tuple[Opinion, ...]
    item_id: str | None = None
    note: str = ""
    began_at: datetime | None = None
    photos: Mapping[str, tuple[str, ...]] | None = None

    @property
    def subject(self) -> str:
        """What only one person may review: an item of a list, or a record on site, drawn or not."""
        listed = self.item_id and self.way is not Way.ONSITE
        return f"item:{self.item_id}" if listed else f"{self.way}:{self.check_id}"

    @property
    def kind(self) -> Kind:
        """For independence: a crew looks at itself, everybody else from outside."""
        return Kind.SELF if self.way is Way.SELF else Kind.SPOT


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it."""

    id: str
    outcome: Outcome
    steps: tuple[StepOpinion, ...] = ()
