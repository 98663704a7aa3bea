"""The review of a draft by its five questions, and of a standard within three years (rules LC-1 to LC-3); pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from app.web.words import lazy

MOST_YEARS = 3
REMIND_DAYS = (180, 90, 30)
# Words on the cover of an edition: content, in Chinese in both languages.
TRIAL_MARK, CONFIRMED_MARK = "试行", "年确认"
LONGEST = 4000


class Question(StrEnum):
    """The five focus questions of seed 000, 标准的审查."""

    LAW = "law"
    NEED = "need"
    SYSTEM = "system"
    CONTENT = "content"
    FORMAT = "format"


class ReviewOutcome(StrEnum):
    """What comes of the review of a standard in force (复审)."""

    CONFIRM = "confirm"
    REVISE = "revise"
    ABOLISH = "abolish"
    CONVERT = "convert"


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of the meeting that reviewed a draft; `answers` question to yes or no, `remarks` to its words."""

    held_on: date | None
    place: str
    present: tuple[str, ...]
    answers: Mapping[str, bool]
    remarks: Mapping[str, str]
    conclusion: str
    passed: bool


def minutes_faults(minutes: Minutes, began: date, today: date) -> dict[str, object]:
    """A sentence a field. Passing takes five times yes; who reviews is named, at least two."""
    faults: dict[str, object] = {}
    if minutes.held_on is None or not began <= minutes.held_on <= today:
        faults["held_on"] = lazy("Choose the day of the meeting: after the consultation, not ahead.")
    if len(minutes.present) < 2:
        faults["present"] = lazy("Name at least two who reviewed it, one a line.")
    if not minutes.conclusion:
        faults["conclusion"] = lazy("Write the conclusion.")
    if len(minutes.conclusion) > LONGEST:
        faults["conclusion"] = lazy("This text is too long; at most %(n)d characters.", n=LONGEST)
    return faults | _answer_faults(minutes)


def _answer_faults(minutes: Minutes) -> dict[str, object]:
    faults: dict[str, object] = {}
    for question in Question:
        if question not in minutes.answers:
            faults[question] = lazy("Answer this question.")
        elif minutes.passed and not minutes.answers[question]:
            faults[question] = lazy("A draft passes only when all five questions are answered with yes.")
        elif not minutes.answers[question] and not minutes.remarks.get(question):
            faults[question] = lazy("Say what is not right.")
    return faults


def next_review(approved_on: date) -> date:
    """The last day for the next review: the day before three years are over (rules LC-2)."""
    return approved_on + relativedelta(years=MOST_YEARS) - timedelta(days=1)


def review_by_faults(next_review_on: date | None, approved_on: date) -> dict[str, object]:
    """An earlier review may be agreed, never a later one."""
    if next_review_on is None or not approved_on < next_review_on <= next_review(approved_on):
        return {"next_review_on": lazy("The next review is due within three years of the approval.")}
    return {}


def reminder_due(next_review_on: date, today: date) -> int | None:
    """How many days before the review the newest reminder belongs to: 180, 90, 30, 0 once it is overdue."""
    left = (next_review_on - today).days
    if left < 0:
        return 0
    return min((days for days in REMIND_DAYS if left <= days), default=None)


def overdue(next_review_on: date | None, today: date, status: str = "effective") -> bool:
    """复审逾期: the last day has passed and the edition is still used."""
    return next_review_on is not None and next_review_on < today and status not in ("superseded", "abolished")


def confirmed_mark(on: date) -> str:
    """What the cover says: ××××年确认 (rules LC-3)."""
    return f"{on.year}{CONFIRMED_MARK}"


def outcome_faults(outcome: str, reason: str, on: date | None, today: date) -> dict[str, object]:
    """A review has an outcome, a reason and a day."""
    faults: dict[str, object] = {}
    if outcome not in set(ReviewOutcome):
        faults["outcome"] = lazy("Choose the outcome of the review.")
    if not reason or len(reason) > LONGEST:
        faults["reason"] = lazy("Give the reason, in at most %(n)d characters.", n=LONGEST)
    if on is None or on > today:
        faults["on"] = lazy("Choose the day of the review, not ahead.")
    return faults
