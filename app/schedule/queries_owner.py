"""Reads behind the question whose round a point is on now."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import db
from app.days import ONE_DAY
from app.schedule.models import Round, Shift
from app.schedule.queries_plan import calendar, covers
from app.schedule.rules_days import DayType
from app.schedule.rules_owner import OnDuty, Post, ShiftTimes, on_duty_at
from app.schedule.rules_rounds import Round as RoundOf


def on_duty_here(point_id: str, code: str, implementer_id: str, now: datetime, zone: ZoneInfo) -> OnDuty | None:
    """Who of the implementing unit has this standard at this point on the shift that runs; None: nobody does."""
    today = now.astimezone(zone).date()
    columns = (Round.id, Round.person_id, Round.points, Round.windows, Round.org_id, Round.crew_id)
    times = (Shift.starts, Shift.ends, Shift.end_day_offset, Shift.day_types)
    statement = (
        select(*columns, *times)
        .join(Shift, Shift.id == Round.shift_id)
        .where(Round.active, Round.org_id == implementer_id)
    )
    posts = [_post(row) for row in db.rows(statement)]
    return on_duty_at(posts, point_id, code, now, zone, calendar(), covers(today - ONE_DAY, today))


def _post(row: db.AnyRow) -> Post:
    shift = ShiftTimes(
        time.fromisoformat(row.starts),
        time.fromisoformat(row.ends),
        row.end_day_offset,
        frozenset(map(DayType, row.day_types)),
    )
    rounds = RoundOf(row.id, row.person_id, frozenset(row.points), frozenset(row.windows))
    return Post(rounds, row.org_id, row.crew_id, shift)
