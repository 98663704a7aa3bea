"""Consultation (rules LC-1, 征求意见): three sides are asked, every opinion gets a disposition; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.web.words import lazy

LONGEST = 4000


class Asked(StrEnum):
    """The sides that a draft is sent to."""

    EXECUTING = "executing"
    SUPERVISING = "supervising"
    CUSTOMER = "customer"


class Outcome(StrEnum):
    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a draft was sent to."""

    id: int
    side: Asked
    unit_id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody asked says, and what became of it; an empty text agrees."""

    id: str
    recipient_id: int
    clause: str
    text: str
    by_name: str
    at: datetime
    outcome: Outcome | None = None
    reason: str = ""

    @property
    def open(self) -> bool:
        """Waits for its disposition; whoever agrees needs none."""
        return bool(self.text) and self.outcome is None


def sending_faults(sides: Iterable[Asked], comment_to: date | None, today: date) -> dict[str, object]:
    """A sentence a field: all three sides are asked, and there is time to answer."""
    missing = set(Asked) - set(sides)
    faults: dict[str, object] = {}
    if missing:
        faults["recipients"] = lazy("Executing departments, supervising departments and customers are all to be asked.")
    if comment_to is None or comment_to <= today:
        faults["comment_to"] = lazy("Choose a last day for answers that lies ahead.")
    return faults


def opinion_faults(text: str, clause: str, *, agrees: bool) -> dict[str, object]:
    """Either words or agreement."""
    if len(text) > LONGEST or len(clause) > 40:
        return {"text": lazy("This text is too long; at most %(n)d characters.", n=LONGEST)}
    if not text and not agrees:
        return {"text": lazy("Write what should be different, or tick that you agree.")}
    if text and agrees:
        return {"text": lazy("Either agree or write what should be different, not both.")}
    return {}


def disposition_faults(outcome: str, reason: str) -> dict[str, object]:
    """Whoever is not followed in full is told why."""
    if outcome not in set(Outcome):
        return {"outcome": lazy("Choose what becomes of this opinion.")}
    if outcome != Outcome.ADOPTED and not reason:
        return {"reason": lazy("Say why it is not adopted, or not in full.")}
    if len(reason) > LONGEST:
        return {"reason": lazy("This text is too long; at most %(n)d characters.", n=LONGEST)}
    return {}


def silent(recipients: Sequence[Recipient], opinions: Sequence[Opinion]) -> list[Recipient]:
    """Who has not answered."""
    heard = {each.recipient_id for each in opinions}
    return [each for each in recipients if each.id not in heard]


def conclude_faults(
    recipients: Sequence[Recipient], opinions: Sequence[Opinion], comment_to: date | None, today: date
) -> dict[str, object]:
    """The consultation ends when all have answered or the last day has passed, and nothing waits for a disposition."""
    faults: dict[str, object] = {}
    waiting = silent(recipients, opinions)
    if waiting and (comment_to is None or today <= comment_to):
        faults["opinions"] = lazy("%(n)d of those asked can still answer.", n=len(waiting))
    customers = {each.id for each in recipients if each.side is Asked.CUSTOMER}
    if not any(each.recipient_id in customers for each in opinions):
        faults["customers"] = lazy("No customer has been heard yet. Their views matter most: note at least one answer.")
    undecided = sum(each.open for each in opinions)
    if undecided:
        faults["dispositions"] = lazy("%(n)d opinions wait for a disposition.", n=undecided)
    return faults
