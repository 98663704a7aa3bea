"""The kinds of records behind a page of learning, the periods, and what goes with a proposal. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

PERIODS = (30, 90, 180, 365)
USUAL_DAYS = 90
MOST_EVIDENCE = 60


class What(StrEnum):
    """Which records."""

    DUE = "due"
    DONE = "done"
    ON_TIME = "on_time"
    MISSED = "missed"
    REPORTED = "reported"
    ANSWERS = "answers"
    FAILS = "fails"
    SKIPS = "skips"
    NOTES = "notes"
    REMARKS = "remarks"
    FINDINGS = "findings"
    CONCESSIONS = "concessions"
    REVIEWS = "reviews"
    APPEALS = "appeals"
    CONTESTED = "contested"
    COMPLAINTS = "complaints"
    RATINGS = "ratings"
    LOW_RATINGS = "low_ratings"


class Kind(StrEnum):
    """What a project can rest on."""

    SUGGESTION = "suggestion"
    PROPOSAL = "proposal"
    STEP = "step"
    FINDING = "finding"
    CONCESSION = "concession"
    REVIEW = "review"
    APPEAL = "appeal"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Period:
    """From one instant to another; both ends belong to it."""

    days: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A record as lists show it; `state` is a code of its own room."""

    ref: str
    at: datetime
    place: str
    step_id: str
    text: str
    state: str
    link: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a project rests on, in the words and numbers of the day on which it was bundled."""

    kind: Kind
    ref: str
    step_id: str
    text: str
    link: str
    data: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.ref}"


def period_of(text: str, now: datetime) -> Period:
    """The last 30, 90, 180 or 365 days; anything else is 90."""
    days = int(text) if text in {str(each) for each in PERIODS} else USUAL_DAYS
    return Period(days, now - timedelta(days=days), now)


def chosen(offered: Mapping[str, Evidence], keys: list[str]) -> list[Evidence] | None:
    """The evidence of these keys in the order of the page; None when one of them is not offered, or too many are."""
    wanted = set(keys)
    if not wanted <= set(offered) or len(wanted) > MOST_EVIDENCE:
        return None
    return [each for key, each in offered.items() if key in wanted]
