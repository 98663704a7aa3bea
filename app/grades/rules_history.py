"""What happened at a sheet, and from when on an appeal against a decision is counted (rules GR-10); pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Happened:
    """A line of the history of a sheet."""

    id: str
    month: date
    kind: str
    subject_id: str
    deed: str
    grade: str | None
    reason: str
    ref: str | None
    data: Mapping[str, Any]
    by_id: str
    by_name: str
    at: datetime


def newest(events: Sequence[Happened], deed: str) -> Happened | None:
    return next((each for each in reversed(events) if each.deed == deed), None)


def answer_to(events: Sequence[Happened], appeal: Happened | None) -> Happened | None:
    """None while the appeal waits."""
    return next((each for each in events if appeal and each.deed == "ruling" and each.ref == appeal.id), None)


def gr10_changed(events: Sequence[Happened], proposed: str | None) -> Happened | None:
    """The newest decision that differs from the proposal, of its day or of now, or from the decision before it."""
    decisions = [each for each in events if each.deed == "decision"]
    for n in range(len(decisions) - 1, -1, -1):
        one, before = decisions[n], decisions[max(n - 1, 0)]
        if len({one.grade, before.grade, one.data.get("proposed"), proposed}) > 1:
            return one
    return None


def gr10_heard_at(events: Sequence[Happened], proposed: str | None) -> datetime | None:
    """When the days for an appeal against a decision began; None where there is none to appeal against.

    An appeal stands against all decisions before it. One that waits takes no other beside it: for a decision made
    meanwhile the days begin with the answer.
    """
    changed, appeal = gr10_changed(events, proposed), newest(events, "appeal")
    if changed is None or appeal is None:
        return changed.at if changed else None
    answer = answer_to(events, appeal)
    return max(changed.at, answer.at) if answer and appeal.at < changed.at else None
