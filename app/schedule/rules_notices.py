"""When a worker, the crew leader and the supervisor hear of a window: pure rules.

The worker some minutes before the end, the crew leader when time and grace are over and nothing has come, the
supervisor half an hour later when still nothing has come. Yesterday in numbers goes out once, in the morning.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.schedule.rules_states import ON_TIME, OUTSIDE_DUE, State

SUPERVISOR_AFTER = timedelta(minutes=30)
# A timer that stood still for so long tells nothing of what came before.
HEARD_FOR = timedelta(hours=3)
MOST_AHEAD = timedelta(minutes=30)
DIGEST_FROM, DIGEST_UNTIL = time(7, 0), time(12, 0)


class Hears(StrEnum):
    """Who is to hear of a window at this instant."""

    NOBODY = "nobody"
    LEADER = "leader"
    SUPERVISOR = "supervisor"


def ends_soon(end_at: datetime, ahead_minutes: int, now: datetime) -> bool:
    """Whether the worker wants to hear now; 0 minutes: never."""
    return ahead_minutes > 0 and now < end_at <= now + timedelta(minutes=ahead_minutes)


def hears(grace_end_at: datetime, now: datetime) -> Hears:
    """Who hears of a window that nothing has come for."""
    over = now - grace_end_at
    if over <= timedelta(0) or over > HEARD_FOR:
        return Hears.NOBODY
    return Hears.SUPERVISOR if over >= SUPERVISOR_AFTER else Hears.LEADER


def is_digest_time(now: datetime, zone: ZoneInfo) -> bool:
    """Whether yesterday's numbers may go out: once, at the first look of the morning."""
    return DIGEST_FROM <= now.astimezone(zone).time() < DIGEST_UNTIL


@dataclass(frozen=True)
class Tally:
    """How many windows of a day, crew and pair of units are in a state; `units` are implementer and responsible."""

    crew_id: str | None
    units: tuple[str, str]
    state: State
    count: int


@dataclass(frozen=True)
class Numbers:
    """A day in numbers."""

    due: int = 0
    done: int = 0
    late: int = 0
    missed: int = 0


def numbers(tallies: Iterable[Tally], crew_id: str | None = None, units: Collection[str] | None = None) -> Numbers:
    """The numbers of a crew, or of the units that somebody answers for."""
    mine = [
        each
        for each in tallies
        if (crew_id is None or each.crew_id == crew_id) and (units is None or set(each.units) & set(units))
    ]

    def of(states: Collection[State]) -> int:
        return sum(each.count for each in mine if each.state in states)

    return Numbers(
        due=sum(each.count for each in mine if each.state not in OUTSIDE_DUE),
        done=of(ON_TIME),
        late=of((State.LATE,)),
        missed=of((State.MISSED,)),
    )
