"""Which clock counts, and what a record is worth in its window (contract, Which clock; rules MT-1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.checks.rules import Mark, Status

AT_ONCE = timedelta(seconds=60)
CLOCK_TOLERANCE = timedelta(minutes=2)
SET_BACK_TOLERANCE = timedelta(seconds=2)
JUDGED_BY_EFFECTIVE = timedelta(hours=24)
KEPT_AS_LATE = timedelta(hours=72)


class Timing(StrEnum):
    WINDOW = "window"
    GRACE = "grace"
    LATE = "late"
    EXTRA = "extra"
    HELD = "held"

    @property
    def fills(self) -> bool:
        """Whether such a record fills its occurrence; one that is held does so only when released."""
        return self in FILLING


FILLING = (Timing.WINDOW, Timing.GRACE, Timing.LATE)


@dataclass(frozen=True, slots=True)
class Span:
    """The instants of an occurrence: `opens` is the start less its grace before."""

    opens: datetime
    end: datetime
    grace_end: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Clocked:
    """`by_phone` is what the effective time would be if the phone's clock were believed."""

    effective_at: datetime
    by_phone: datetime
    offset: timedelta
    timing: Timing
    offline: bool
    marks: tuple[Mark, ...]


def timing(
    opened_at: datetime,
    submitted_at: datetime,
    phone_now: datetime | None,
    received_at: datetime,
    span: Span | None,
    elapsed: timedelta | None = None,
) -> Clocked:
    """What the clocks say of a record that arrives at `received_at`, sent by a phone showing `phone_now`.

    `elapsed`: at least this much time passed between opening and submitting, whatever the phone's clock shows.
    """
    offset = received_at - phone_now if phone_now else timedelta(0)
    by_phone = min(submitted_at + offset, received_at)
    wrong = phone_now is None or abs(offset) > CLOCK_TOLERANCE or _set_back(opened_at, submitted_at, phone_now)
    wrong = wrong or (elapsed is not None and submitted_at - opened_at < elapsed - CLOCK_TOLERANCE)
    at_once = received_at - by_phone <= AT_ONCE
    effective = received_at if wrong or at_once else by_phone
    worth, marks = standing(effective, received_at, span)
    if wrong:
        marks = (Mark.CLOCK, *marks)
    return Clocked(effective, by_phone, offset, worth, effective < received_at, marks)


def standing(effective: datetime, received_at: datetime, span: Span | None) -> tuple[Timing, tuple[Mark, ...]]:
    """Where an effective time falls; without a span the check is outside the plan and fills nothing."""
    if span is None:
        return Timing.EXTRA, ()
    if effective > span.expires:
        return Timing.EXTRA, (Mark.EXPIRED,)
    if effective < span.opens:
        return Timing.EXTRA, (Mark.EARLY,)
    behind = received_at - span.grace_end
    if behind > KEPT_AS_LATE:
        return Timing.HELD, (Mark.HELD,)
    if behind > JUDGED_BY_EFFECTIVE or effective > span.grace_end:
        return Timing.LATE, ()
    return (Timing.WINDOW if effective <= span.end else Timing.GRACE), ()


def site_time(phone_instant: datetime, phone_now: datetime | None, received_at: datetime) -> datetime:
    """An instant of the phone's clock on the server's clock, never later than the receipt."""
    return min(phone_instant + (received_at - phone_now if phone_now else timedelta(0)), received_at)


def status_of(timing: Timing, *, awaiting: bool, offline: bool, marks: Iterable[str]) -> tuple[Status, tuple[str, ...]]:
    """The status by precedence, and the marks with the statuses that the precedence hid in front."""
    present = {
        Status.EXTRA: timing is Timing.EXTRA,
        Status.AWAITING_SIGNATURE: awaiting,
        Status.LATE: timing in (Timing.LATE, Timing.HELD),
        Status.OFFLINE: offline,
    }
    found = [status for status, is_so in present.items() if is_so]
    first = found[0] if found else Status.RECEIVED
    return first, (*(str(status) for status in found[1:]), *(str(mark) for mark in marks))


def _set_back(opened_at: datetime, submitted_at: datetime, phone_now: datetime) -> bool:
    """A clock that was put back between opening, submitting and sending contradicts itself."""
    return submitted_at < opened_at - SET_BACK_TOLERANCE or phone_now < submitted_at - SET_BACK_TOLERANCE
