"""The crew's day in figures: where each duty stands, how far a round is, and which round needs a hand first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.schedule.rules_states import Deadlines, Phase, State, phase

# A night shift works through midnight: until four in the morning the crew's day is still yesterday.
DAY_TURNS_AFTER = timedelta(hours=4)


class Standing(StrEnum):
    """What people see of a duty: its state, and for a planned one where the clock stands."""

    AHEAD = "ahead"
    OPEN = "open"
    OVERTIME = "overtime"
    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"
    UNABLE = "unable"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


OF_STATE = {
    State.IN_WINDOW: Standing.ON_TIME,
    State.IN_GRACE: Standing.ON_TIME,
    State.LATE: Standing.LATE,
    State.MISSED: Standing.MISSED,
    State.UNABLE: Standing.UNABLE,
    State.EXEMPT: Standing.EXEMPT,
    State.UNKNOWN: Standing.UNKNOWN,
}
OF_PHASE = {
    Phase.AHEAD: Standing.AHEAD,
    Phase.OPEN: Standing.OPEN,
    Phase.OVERTIME: Standing.OVERTIME,
    # Past expiry and not settled yet: the timer's next look makes it missed.
    Phase.OVER: Standing.MISSED,
}


STILL_TO_DO = (Standing.AHEAD, Standing.OPEN, Standing.OVERTIME, Standing.UNKNOWN)


@dataclass(frozen=True)
class Duty:
    """An occurrence on a round's day, with the words that a crew leader reads."""

    round_id: str
    point: str
    label: str
    start_at: datetime
    end_at: datetime
    due: Deadlines
    state: State
    done_at: datetime | None

    def standing(self, now: datetime) -> Standing:
        """What people see of it at `now`."""
        return OF_STATE.get(self.state) or OF_PHASE[phase(self.due, now)]


@dataclass(frozen=True)
class Progress:
    """How far a round is: `done` of `due`, exempt ones outside; `left` can still be done, so it can change hands."""

    due: int
    done: int
    overtime: int
    missed: int
    unable: int
    unknown: int
    left: int

    @property
    def trouble(self) -> tuple[int, int, int, int]:
        """What makes a round stand first, the greater the earlier: what can still be saved before what is lost."""
        return self.overtime, self.missed, self.unknown, self.unable


def progress(duties: Iterable[Duty], now: datetime) -> Progress:
    """Count the duties of one round, one person or the whole crew."""
    seen = Counter(duty.standing(now) for duty in duties)
    return Progress(
        due=sum(seen.values()) - seen[Standing.EXEMPT],
        done=seen[Standing.ON_TIME] + seen[Standing.LATE],
        overtime=seen[Standing.OVERTIME],
        missed=seen[Standing.MISSED],
        unable=seen[Standing.UNABLE],
        unknown=seen[Standing.UNKNOWN],
        left=sum(seen[each] for each in STILL_TO_DO),
    )


def crew_today(now: datetime, zone: ZoneInfo) -> date:
    """The business date that a crew is working on."""
    return (now - DAY_TURNS_AFTER).astimezone(zone).date()
