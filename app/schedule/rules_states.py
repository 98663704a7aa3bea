"""What has become of an occurrence: its state from plain data and a given `now`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

UNKNOWN_AT_MOST = timedelta(hours=24)
TRIES_WHEN_OCCUPIED = 2


class State(StrEnum):
    """The stored states; `planned` stays until something happens, however late it is (see `Phase`)."""

    PLANNED = "planned"
    IN_WINDOW = "in_window"
    IN_GRACE = "in_grace"
    LATE = "late"
    MISSED = "missed"
    UNABLE = "unable"
    EXEMPT = "exempt"
    VOID = "void"
    UNKNOWN = "unknown"


class Phase(StrEnum):
    """Where the clock stands to a window, whatever was done."""

    AHEAD = "ahead"
    OPEN = "open"
    OVERTIME = "overtime"
    OVER = "over"


DONE = frozenset({State.IN_WINDOW, State.IN_GRACE, State.LATE})
ON_TIME = frozenset({State.IN_WINDOW, State.IN_GRACE})
OUTSIDE_DUE = frozenset({State.EXEMPT, State.VOID})
FILLABLE = frozenset({State.PLANNED, State.UNKNOWN, State.UNABLE, State.MISSED})
"""A missed or not yet known one is corrected by what arrives later; an unable one may still be done (contract)."""


@dataclass(frozen=True)
class Deadlines:
    """The instants of an occurrence that settle it."""

    opens_at: datetime
    grace_end_at: datetime
    expire_at: datetime


@dataclass(frozen=True)
class Unable:
    """The worker's own 无法作业 reports: how many, whether the place was occupied, and the verdict if there is one."""

    tries: int
    occupied: bool
    accepted: bool | None = None


@dataclass(frozen=True)
class Known:
    """What is known about an occurrence; `phones` are the last calls of phones that fetched or claimed it.

    `announced`: a phone has said that it was done, and its record follows (docs/protocol.md, arrivals).
    """

    done: State | None = None
    voided: bool = False
    exempted: bool = False
    unable: Unable | None = None
    phones: Sequence[datetime] = ()
    announced: bool = False


def phase(due: Deadlines, now: datetime) -> Phase:
    """Ahead until start less grace, open to end plus grace, overtime while a late check still fills it, then over."""
    if now < due.opens_at:
        return Phase.AHEAD
    if now <= due.grace_end_at:
        return Phase.OPEN
    return Phase.OVERTIME if now <= due.expire_at else Phase.OVER


def settle(due: Deadlines, known: Known, now: datetime) -> State:
    """The state of an occurrence at `now`: one exempted beforehand stays out of the figures even when it was done

    (rules 2.4); a done one stands; an unable report waits for its verdict; then the clock decides.
    """
    if known.voided:
        return State.VOID
    if known.exempted:
        return State.EXEMPT
    if known.done is not None:
        return known.done
    if _excused(known.unable):
        return State.EXEMPT
    if known.unable is not None and known.unable.accepted is None:
        return State.UNABLE
    return _by_clock(due, known, now)


def may_fill(state: State) -> bool:
    """Whether a check that arrives may still fill the occurrence."""
    return state in FILLABLE


def may_void(due_start_at: datetime, state: State, now: datetime) -> bool:
    """Moving or cancelling an event, or retiring a point, touches only what has neither started nor been done."""
    return state is State.PLANNED and now < due_start_at


def _excused(unable: Unable | None) -> bool:
    """A yes from outside the executing unit; an occupied room needs only a second try (rules MT-3)."""
    if unable is None or unable.accepted is False:
        return False
    return unable.accepted is True or (unable.occupied and unable.tries >= TRIES_WHEN_OCCUPIED)


def _by_clock(due: Deadlines, known: Known, now: datetime) -> State:
    if now <= due.grace_end_at:
        return State.PLANNED
    coming = known.announced or any(last_call <= due.grace_end_at for last_call in known.phones)
    if coming and now <= due.grace_end_at + UNKNOWN_AT_MOST:
        return State.UNKNOWN
    return State.PLANNED if now <= due.expire_at else State.MISSED
