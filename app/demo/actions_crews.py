"""What goes on around the checks of the demo's history: bookings, cover (顶班), and claims on what is open now."""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert

from app.accounts.queries import person_by_id
from app.checks.actions import Call
from app.checks.actions_claims import ClaimWish, claim
from app.db import run
from app.demo.actions_arrivals import SEED, Site
from app.demo.queries_history import crew_leaders, hands_by_unit, windows_behind
from app.demo.rules_bookings import bookings
from app.schedule.actions_cover import Moment, cover_round
from app.schedule.models import ScheduleEvent
from app.schedule.queries_crew import duties_on, rounds_within
from app.schedule.queries_plan import calendar
from app.schedule.rules_days import is_workday

COVERED_DAYS = 0.45
MOST_CLAIMS = 3
BEFORE_WORK = time(5, 40)


def play_bookings(days: int, site: Site, now: datetime) -> None:
    """Meetings and trips of the workdays behind, and of today."""
    listed = calendar()
    made = [row for day in _days(days, site, now) if is_workday(day, listed) for row in bookings(day, site.zone)]
    if made:
        run(insert(ScheduleEvent), made)


def play_covers(days: int, site: Site, now: datetime) -> None:
    """On many a day somebody is away, and the crew leader gives the round to a colleague."""
    for day in _days(days, site, now):
        chance = Random(f"{SEED}:cover:{day}")  # noqa: S311  believable, not secret
        at = datetime.combine(day, BEFORE_WORK, site.zone)
        if chance.random() < COVERED_DAYS and at < now:
            _cover(day, at, chance)


def _cover(day: date, at: datetime, chance: Random) -> None:
    leader = person_by_id(chance.choice(crew_leaders()))
    if leader is None:
        return
    rounds = {each.id: each for each in rounds_within(leader)}
    busy = sorted({duty.round_id for duty in duties_on(rounds, day)})
    hands = [one for one in hands_by_unit().get(leader.org_id, ()) if one != leader.id]
    if not busy or len(hands) < 2:
        return
    away = rounds[chance.choice(busy)]
    stand_in = chance.choice([one for one in hands if one != away.person_id])
    cover_round(leader, away.id, day, to_id=stand_in, was=away.person_id, at=Moment(at, day))


def play_claims(site: Site, now: datetime) -> None:
    """A few have just begun with what is open."""
    open_now = [due for due in windows_behind(now) if due.assignee_id and due.times.grace_end_at > now]
    chance = Random(f"{SEED}:claims:{now:%Y-%m-%d}")  # noqa: S311
    for due in chance.sample(open_now, min(MOST_CLAIMS, len(open_now))):
        who = person_by_id(due.assignee_id or "")
        at = max(due.times.start_at, now - timedelta(minutes=chance.uniform(1, 9)))
        wish = ClaimWish(
            str(UUID(int=chance.getrandbits(128), version=4)), due.label, due.edition, due.window_key, None
        )
        if who:
            claim(wish, who, Call(at, at, site.zone, site.store, sync=False))


def _days(days: int, site: Site, now: datetime) -> list[date]:
    today = now.astimezone(site.zone).date()
    return [today - timedelta(days=back) for back in range(days, -1, -1)]
