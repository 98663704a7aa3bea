"""Whose round a point is on now: the shifts that run, their rounds, cover applied; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.days import ONE_DAY
from app.schedule.rules_days import Calendar, DayType, day_type
from app.schedule.rules_rounds import Cover, Round, person_on


@dataclass(frozen=True)
class ShiftTimes:
    """A shift in local time; with `end_day_offset` 1 it ends on the next day."""

    starts: time
    ends: time
    end_day_offset: int
    day_types: frozenset[DayType]


@dataclass(frozen=True)
class Post:
    """A round with its unit, crew and shift."""

    round: Round
    org_id: str
    crew_id: str
    shift: ShiftTimes


@dataclass(frozen=True)
class OnDuty:
    """Who has a point now, in which crew, and until when the shift runs."""

    person_id: str
    crew_id: str
    until: datetime


def runs_at(shift: ShiftTimes, now: datetime, zone: ZoneInfo, calendar: Calendar) -> tuple[date, datetime] | None:
    """The business date of the shift that runs now and its end; None outside. A night shift began yesterday."""
    today = now.astimezone(zone).date()
    for on in (today, today - ONE_DAY):
        begins = datetime.combine(on, shift.starts, zone)
        ends = datetime.combine(on + shift.end_day_offset * ONE_DAY, shift.ends, zone)
        if begins <= now < ends and day_type(on, calendar) in shift.day_types:
            return on, ends
    return None


def on_duty_at(
    posts: Iterable[Post], point_id: str, code: str, now: datetime, zone: ZoneInfo, calendar: Calendar,
    covers: Sequence[Cover],
) -> OnDuty | None:  # fmt: skip
    """Who does this standard at this point on the shift that runs; where shifts overlap, who stays longest."""
    found = []
    for post in posts:
        running = runs_at(post.shift, now, zone, calendar)
        if running is None or point_id not in post.round.points:
            continue
        if any(window.split("/")[0] == code for window in post.round.windows):
            on, ends = running
            found.append((ends, post.round.id, OnDuty(person_on(post.round, on, covers), post.crew_id, ends)))
    return max(found, key=lambda each: each[:2])[2] if found else None
