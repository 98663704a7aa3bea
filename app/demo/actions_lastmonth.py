"""A day at the end of each of the last two months, of one contractor's restrooms: two months to compare."""

import multiprocessing
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.pool import Pool

from sqlalchemy import delete

from app import clock
from app.days import ONE_DAY
from app.db import atomically, run
from app.demo.actions_arrivals import Arrival, Site, arrivals
from app.demo.actions_history import People, record_batch, subject
from app.demo.pictures import drawn
from app.demo.queries_history import windows_behind
from app.schedule.actions_rows import make_rows
from app.schedule.actions_settle import settle_states
from app.schedule.models import Occurrence
from app.schedule.queries_plan import calendar
from app.schedule.rules_days import is_workday

COMPANY, STANDARD = "ctr-clean", "JGSW05003.01"
LATER = timedelta(days=2)


def play_last_month(days: int, site: Site, now: datetime) -> int:
    """The last workday of each, unless the history reaches back that far. How many checks."""
    midnight = now.astimezone(site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    this = midnight.replace(day=1)
    ends = [_last_workday(first) for first in ((this - ONE_DAY).replace(day=1), this)]
    begins = midnight - timedelta(days=days)
    return sum(_play(day, site) for day in ends if day + LATER < begins)


def _last_workday(first: datetime) -> datetime:
    """Before the first of a month."""
    day, known = first - ONE_DAY, calendar()
    while not is_workday(day.date(), known):
        day -= ONE_DAY
    return day


def _play(day: datetime, site: Site) -> int:
    ends = day + ONE_DAY
    with clock.at(ends):
        atomically(lambda: _plan(site, day, ends))
        coming = [each for each in arrivals(windows_behind(ends), site.zone, ends) if is_plain(each)]
        keep_arrivals(coming, site)
    with clock.at(ends + LATER):
        atomically(lambda: settle_states(ends + LATER))
    return len(coming)


def _plan(site: Site, day: datetime, ends: datetime) -> None:
    """The rows of that day; those of others and what starts after it are taken out again."""
    make_rows(site.zone, ends - timedelta(seconds=1), days=0, since=day - timedelta(seconds=1))
    others = (Occurrence.implementer_id != COMPANY) | (Occurrence.standard_code != STANDARD)
    run(delete(Occurrence).where(Occurrence.start_at >= day, Occurrence.start_at < ends, others))


def is_plain(one: Arrival) -> bool:
    """Done and in order: what was found weeks ago would have been put right since."""
    short = any("缺货" in str(answer.get("choice")) for answer in one.body["answers"])
    return one.body["outcome"] == "done" and one.due.planned and not one.seen.fails and not short


def keep_arrivals(coming: list[Arrival], site: Site) -> None:
    """Every check of a day long ago with its pictures, in one transaction."""
    people: People = {}
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pictures = _drawn(pool, coming, site)
        atomically(partial(record_batch, coming, site, dict(pictures), people))


def _drawn(pool: Pool, coming: list[Arrival], site: Site) -> Iterator[tuple[str, bytes]]:
    shots = [(one, shot) for one in coming for shot in one.shots]
    bodies = pool.imap(drawn, [subject(one, shot, site.zone) for one, shot in shots], chunksize=16)
    for (_one, shot), body in zip(shots, bodies, strict=True):
        yield shot.id, body
