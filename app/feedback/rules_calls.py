"""Calls (rules SA-7b): what can be called where, in how many minutes somebody comes, who is told when; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from app.web.words import lazy


class Need(StrEnum):
    """What a visitor calls for."""

    PAPER = "paper"
    WET = "wet"
    SMELL = "smell"
    BROKEN = "broken"


class CallState(StrEnum):
    """`nothing`: somebody went and found nothing; `unanswered`: nobody came within a day."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    DONE = "done"
    NOTHING = "nothing"
    UNANSWERED = "unanswered"


class Rung(StrEnum):
    """Who has been told: the person whose round it is, then the crew leader, then the supervisor."""

    PERSON = "person"
    LEADER = "leader"
    SUPERVISOR = "supervisor"


RUNGS = (Rung.PERSON, Rung.LEADER, Rung.SUPERVISOR)
OPEN = (CallState.WAITING, CallState.ACCEPTED, CallState.ARRIVED)
_ALL = (Need.PAPER, Need.WET, Need.SMELL, Need.BROKEN)
# Which buttons a kind of point has: nobody calls for paper in a car park.
NEEDS_OF: Mapping[str, tuple[Need, ...]] = {
    "restroom": _ALL,
    "pantry": _ALL,
    "lift": (Need.WET, Need.SMELL, Need.BROKEN),
    "common_area": (Need.WET, Need.SMELL, Need.BROKEN),
    "meeting_room": (Need.WET, Need.SMELL, Need.BROKEN),
    "canteen_kitchen": (Need.WET, Need.SMELL, Need.BROKEN),
    "parking": (Need.WET, Need.BROKEN),
    "greenery": (Need.BROKEN,),
    "assembly_point": (Need.BROKEN,),
    "guard_post": (Need.BROKEN,),
    "print_room": (Need.BROKEN,),
}
# A kind of point that nobody has thought of here yet can be broken like any other; visitors have no part in these.
USUAL, SILENT = (Need.BROKEN,), ("vehicle", "plant_room")
NEED_WORDS: Mapping[Need, object] = {
    Need.PAPER: lazy("No paper left"),
    Need.WET: lazy("The floor is wet"),
    Need.SMELL: lazy("It smells"),
    Need.BROKEN: lazy("Something is broken"),
}
NEED_ICONS: Mapping[Need, str] = {
    Need.PAPER: "toilet",
    Need.WET: "droplets",
    Need.SMELL: "wind",
    Need.BROKEN: "wrench",
}
STATE_WORDS: Mapping[CallState, object] = {
    CallState.WAITING: lazy("Told, not yet accepted"),
    CallState.ACCEPTED: lazy("On the way"),
    CallState.ARRIVED: lazy("Somebody is there"),
    CallState.DONE: lazy("Seen to"),
    CallState.NOTHING: lazy("Looked, nothing found"),
    CallState.UNANSWERED: lazy("Nobody came"),
}
DEFAULT_MINUTES = 15
LONGEST_MINUTES = 8 * 60
GIVEN_UP_AFTER = timedelta(days=1)
# The word by which a contract's list of responses names a call for somebody to come (呼叫到场).
CALL_WORD = "呼叫"


@dataclass(frozen=True)
class Standing:
    """What the rules need of a call that stands."""

    state: CallState
    first_at: datetime
    due_at: datetime
    rung: int
    accepted_by_id: str | None


def needs_at(kind: str, risk: int) -> tuple[Need, ...]:
    """The buttons of a point; where people may not know what the place is (risk 4), they call the telephone."""
    return NEEDS_OF.get(kind, USUAL) if risk < 4 and kind not in SILENT else ()


def response_minutes(profile: Mapping[str, Any] | None) -> int:
    """The contract's limit for a call (rules SA-7b: 15 minutes where none is agreed)."""
    for agreed in (profile or {}).get("responses", ()):
        minutes = agreed.get("limit_min")
        if CALL_WORD in agreed.get("event_zh", "") and isinstance(minutes, int) and 0 < minutes <= LONGEST_MINUTES:
            return minutes
    return DEFAULT_MINUTES


def next_rung_at(first_at: datetime, due_at: datetime, rung: int) -> datetime | None:
    """When the next one is told if nobody has accepted: after a third of the time, after two thirds, then no more."""
    if rung + 1 >= len(RUNGS):
        return None
    return first_at + (due_at - first_at) * (rung + 1) / len(RUNGS)


def minutes_left(due_at: datetime, now: datetime) -> int:
    """Whole minutes until somebody should be there, rounded up; below zero it is late."""
    return -int((now - due_at).total_seconds() // 60)


def is_late(state: CallState, due_at: datetime, arrived_at: datetime | None, now: datetime) -> bool:
    """Nobody was there in time."""
    if state is CallState.UNANSWERED:
        return True
    return (arrived_at or now) > due_at


@dataclass(frozen=True)
class CallFigures:
    """How quickly calls were answered: medians in minutes, None without any; in time of how many that were due."""

    n: int
    to_accept: int | None
    to_arrive: int | None
    in_time: int
    due: int


Course = tuple[datetime, datetime | None, datetime | None, datetime]


def call_figures(calls: Iterable[Course], now: datetime) -> CallFigures:
    """Out of (called, accepted, arrived, due): a call is due once somebody came or the time is over."""
    courses = list(calls)
    due = [each for each in courses if each[2] or each[3] <= now]
    return CallFigures(
        n=len(courses),
        to_accept=_minutes([accepted - called for called, accepted, _there, _due in courses if accepted]),
        to_arrive=_minutes([there - called for called, _accepted, there, _due in courses if there]),
        in_time=sum(1 for each in due if each[2] and each[2] <= each[3]),
        due=len(due),
    )


def _minutes(took: list[timedelta]) -> int | None:
    return round(median(each.total_seconds() for each in took) / 60) if took else None
