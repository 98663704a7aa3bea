"""What publishing asks for, and what becomes of editions on their dates (rules LC-4 to LC-7); pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from app.standards.rules_review import TRIAL_MARK, review_by_faults
from app.web.words import lazy

LONGEST = 300
# On the cover of an edition that was turned into another standard (转化).
CONVERTED_MARK = "转化"
MOST_LINES = 60
PUBLISHED, TRIAL, EFFECTIVE, SUPERSEDED = "published", "trial", "effective", "superseded"
ABOLISHED, CONVERTED = "abolished", "converted"
USED = ("effective", "trial", "confirmed")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan of implementation (标准实施计划表, seed 000): way, content, steps, who, when, requirement."""

    way: str
    content: str
    steps: str
    responsible: str
    from_on: date
    to_on: date
    requirement: str


@dataclass(frozen=True, slots=True)
class Wish:
    """How a standard shall be published; `points` are those where a new one holds from then on."""

    effective_on: date | None
    next_review_on: date | None
    trial: bool = False
    points: tuple[str, ...] = ()
    implementer_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition in the register."""

    number: str
    year: int
    status: str
    effective_on: date | None
    ended_on: date | None
    cover_mark: str


def line_faults(given: Mapping[str, str], from_on: date | None, to_on: date | None) -> object | None:
    """One sentence for a line of the plan, or None."""
    texts = [given.get(each.name, "") for each in fields(PlanLine) if each.name not in ("from_on", "to_on")]
    if not all(texts):
        return lazy("Each line says in which way, what, by which steps, who, from when to when, and what is to be met.")
    if any(len(text) > LONGEST for text in texts):
        return lazy("This text is too long; at most %(n)d characters.", n=LONGEST)
    if from_on is None or to_on is None or to_on < from_on:
        return lazy("The last day lies before the first.")
    return None


def publish_faults(
    wish: Wish, approved_on: date, today: date, plan: Sequence[PlanLine], editions: Sequence[Standing]
) -> dict[str, object]:
    """A sentence a field: a date ahead, a review within three years, a plan of implementation, a year still free."""
    faults = review_by_faults(wish.next_review_on, approved_on)
    if wish.effective_on is None or wish.effective_on <= today:
        faults["effective_on"] = lazy("Choose a day that lies ahead: what is open today ends on the edition of today.")
    if not plan:
        faults["plan"] = lazy("The plan of implementation comes before the standard takes effect. Write it first.")
    if any(each.year >= approved_on.year for each in editions):
        faults["year"] = lazy("This standard has an edition of the year of approval already; only the year may change.")
    if any(each.effective_on and wish.effective_on and each.effective_on >= wish.effective_on for each in editions):
        faults["effective_on"] = lazy("An edition that takes effect on that day or later stands already.")
    return faults


def ending_faults(ends_on: date | None, today: date) -> dict[str, object]:
    """A standard ends today at the earliest: its last day."""
    if ends_on is None or ends_on < today:
        return {"effective_on": lazy("Choose the last day: today or later.")}
    return {}


def status_on(edition: Standing, today: date, newer: Iterable[Standing] = ()) -> str:
    """What the register says on this day; only editions that wait, hold or have just ended change by themselves."""
    if edition.status == PUBLISHED and edition.effective_on and edition.effective_on <= today:
        return TRIAL if edition.cover_mark == TRIAL_MARK else EFFECTIVE
    if edition.status in USED and edition.ended_on and edition.ended_on < today:
        if any(each.year > edition.year for each in newer):
            return SUPERSEDED
        return CONVERTED if edition.cover_mark == CONVERTED_MARK else ABOLISHED
    return edition.status
