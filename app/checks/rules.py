"""What a submission is made of: answers, outcomes, reasons and marks as plain values; no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple


class Result(StrEnum):
    PASS = "pass"  # noqa: S105 - a result, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    DONE = "done"
    UNABLE = "unable"


class Via(StrEnum):
    SCAN = "scan"
    LIST = "list"
    TYPED = "typed"


class UnableReason(StrEnum):
    OCCUPIED = "occupied"
    OUTAGE = "outage"
    MEETING = "meeting"
    LOCKED = "locked"
    WEATHER = "weather"


class Mark(StrEnum):
    """What a record is marked with and shown with; a mark is never an accusation."""

    EARLY = "early"
    ALREADY_DONE = "already_done"
    EXPIRED = "expired"
    CLOCK = "clock"
    HELD = "held"
    EDITION_OLDER = "edition_older"
    LABEL_WITHDRAWN = "label_withdrawn"
    POINT_MOVED = "point_moved"
    CLAIMED_BY_OTHER = "claimed_by_other"
    HELPED = "helped"
    SHORT_VISIT = "short_visit"
    PHOTO_SEEN_BEFORE = "photo_seen_before"
    HANDED_IN = "handed_in"
    NO_LIVE = "no_live"
    NO_SECRET = "no_secret"  # noqa: S105 - a mark, not a password


class Status(StrEnum):
    """What a receipt says first, in this precedence (contract 5)."""

    EXTRA = "extra"
    AWAITING_SIGNATURE = "awaiting_signature"
    LATE = "late"
    OFFLINE = "offline"
    RECEIVED = "received"


OCCUPIED = "occupied"
"""The one reason that stands for a photo: somebody is inside (有人在内，未拍)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the worker says of a finding that was open already: still there or gone (rules NC-17)."""

    finding: str
    state: str


class Answer(NamedTuple):
    """One step as sent; what it is worth is for `judge` to say. A tuple: made often, and made fastest."""

    step: str
    result: Result | None = None
    value: float | None = None
    inputs: Mapping[str, float] | None = None
    choice: str | None = None
    text: str | None = None
    note: str | None = None
    cause: str | None = None
    photos: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    no_photo_reason: str | None = None
    fixed: bool = False
    after_photos: tuple[str, ...] = ()
    together: bool = False
    known: tuple[Known, ...] = ()
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A body of the protocol, typed; `standard` is the full number, `window` None for a check outside the plan.

    `elapsed` is the time from opening to submitting by a clock of the phone that nobody sets; too short at most.
    `secret` is what stands at the point: the word of the day as typed, or what an NFC tag gave.
    """

    id: str
    person: str
    code: str
    standard: str
    window: str | None
    profile: str | None
    outcome: Outcome
    unable_reason: UnableReason | None
    opened_at: datetime
    submitted_at: datetime
    via: Via
    via_reason: str | None = None
    late_reason: str | None = None
    note: str | None = None
    photos: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    signatures: tuple[str, ...] = ()
    elapsed: timedelta | None = None
    secret: str | None = None

    def evidence_ids(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Photos and voice memos that count; a report that it cannot be done has no steps."""
        if self.outcome is Outcome.UNABLE:
            return tuple(dict.fromkeys(self.photos)), tuple(dict.fromkeys(self.files))
        return self.photo_ids(), self.file_ids()

    def photo_ids(self) -> tuple[str, ...]:
        """Every picture that the body names, once, in the order of the body."""
        named = [*self.photos]
        for answer in self.answers:
            named += [*answer.photos, *answer.after_photos]
        return tuple(dict.fromkeys(named))

    def file_ids(self) -> tuple[str, ...]:
        """Every voice memo that the body names, once."""
        return tuple(dict.fromkeys([*self.files, *(each for answer in self.answers for each in answer.files)]))


@dataclass(frozen=True, slots=True)
class Place:
    """What a point means for judging."""

    attrs: Mapping[str, Any]
    photo_allowed: bool = True
