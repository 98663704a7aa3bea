"""What became of a window, in the words and shapes of the log; and the parts of the outcome bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.schedule.rules_states import DONE, Deadlines, Phase, State, phase
from app.stats.rules import REPORTED, Counts
from app.web.words import lazy

PATROLLED = frozenset({"parking", "plant_room"})
"""Kinds of points whose windows are patrols: a missed one is 漏巡."""


class Look(StrEnum):
    """The states that a person tells apart on the board, worst first."""

    MISSED = "missed"
    FAIL = "fail"
    OVER = "over"
    UNKNOWN = "unknown"
    UNABLE = "unable"
    LATE = "late"
    NOW = "now"
    OPEN = "open"
    OK = "ok"
    DUE = "due"


WORDS = {
    Look.MISSED: lazy("Missed"),
    Look.FAIL: lazy("With a nonconformity"),
    Look.OVER: lazy("Past its time, not done"),
    Look.UNKNOWN: lazy("Not yet synced"),
    Look.UNABLE: lazy("Could not be done"),
    Look.LATE: lazy("Made up late"),
    Look.NOW: lazy("In progress"),
    Look.OPEN: lazy("Open now"),
    Look.OK: lazy("On time, up to standard"),
    Look.DUE: lazy("Not due yet"),
}
SHORT = WORDS | {Look.OVER: lazy("Overtime"), Look.UNKNOWN: lazy("Unsynced"), Look.UNABLE: lazy("Not possible")}
"""The same, short enough for a bar of the board."""
MISSED_PATROL = lazy("Patrol missed")
FILLS = {
    Look.MISSED: "missed", Look.FAIL: "fail", Look.OVER: "over", Look.UNKNOWN: "unknown", Look.UNABLE: "unable",
    Look.LATE: "late", Look.NOW: "now", Look.OPEN: "open", Look.OK: "ok", Look.DUE: "due",
}  # fmt: skip
ICONS = {
    Look.MISSED: "circle-dashed", Look.FAIL: "triangle-alert", Look.OVER: "hourglass", Look.UNKNOWN: "wifi-off",
    Look.UNABLE: "door-closed", Look.LATE: "history", Look.NOW: "user", Look.OPEN: "clock", Look.OK: "check",
    Look.DUE: "clock",
}  # fmt: skip
CHIPS = {
    Look.MISSED: "bad", Look.FAIL: "bad", Look.OVER: "due", Look.UNKNOWN: "info", Look.UNABLE: "mute",
    Look.LATE: "due", Look.NOW: "info", Look.OPEN: "info", Look.OK: "ok", Look.DUE: "mute",
}  # fmt: skip
SEVERITY = {look: position for position, look in enumerate(Look)}


def look_of(state: State, due: Deadlines, now: datetime, *, failed: bool, claimed: bool) -> Look:
    """How a window looks at `now`; void ones are not shown."""
    if state in DONE:
        if failed:
            return Look.FAIL
        return Look.LATE if state is State.LATE else Look.OK
    if state in REPORTED:
        return Look.UNABLE
    if state in (State.MISSED, State.UNKNOWN):
        return Look(state.value)
    return _waiting(phase(due, now), claimed=claimed)


def _waiting(stands: Phase, *, claimed: bool) -> Look:
    if stands in (Phase.OVERTIME, Phase.OVER):
        return Look.OVER
    if claimed:
        return Look.NOW
    return Look.OPEN if stands is Phase.OPEN else Look.DUE


@dataclass(frozen=True, slots=True)
class Outcome:
    """A part of the outcome bar: which windows, how many, in which fill and word."""

    key: str
    fill: str
    word: object
    states: tuple[State, ...]
    of: Callable[[Counts], int]


OUTCOMES = (
    Outcome("on_time", "ok", lazy("On time"), (State.IN_WINDOW, State.IN_GRACE), lambda n: n.on_time),
    Outcome("late", "late", lazy("Made up late"), (State.LATE,), lambda n: n.late),
    Outcome("unable", "unable", lazy("Could not be done"), (State.UNABLE, State.EXEMPT), lambda n: n.reported),
    Outcome("missed", "missed", lazy("Missed"), (State.MISSED,), lambda n: n.missed),
    Outcome("unknown", "unknown", lazy("Not yet synced"), (State.UNKNOWN,), lambda n: n.unknown),
    Outcome("waiting", "over", lazy("May still be made up"), (State.PLANNED,), lambda n: n.waiting),
)
