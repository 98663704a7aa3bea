"""Leases: who may do a timed job now. One guarded update decides, so two timers do a thing once."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.schedule.models import Lease
from app.schedule.rules_leases import AHEAD

LEASES = cast("Table", Lease.__table__)


def take_lease(name: str, holder: str, now: datetime, *, hold: timedelta, every: timedelta) -> bool:
    """Mine until now + hold, when nobody holds it and it was not done within `every`; False when somebody else may.

    What lies ahead of the clock by more than a hold was written before it was put back, and binds nobody.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(LEASES).values(name=name, holder="", until_at=now)
    run(fresh.on_conflict_do_nothing(index_elements=["name"]))
    free = (
        update(LEASES)
        .where(LEASES.c.name == name)
        .where(or_(LEASES.c.until_at <= now, LEASES.c.until_at > now + hold + AHEAD))
        .where(or_(LEASES.c.done_at.is_(None), LEASES.c.done_at <= now - every, LEASES.c.done_at > now + AHEAD))
    )
    return run(free.values(holder=holder, until_at=now + hold)).rowcount == 1


def end_lease(name: str, holder: str, until_at: datetime, done_at: datetime | None) -> bool:
    """Free from `until_at` on; with `done_at` the job counts as done then. False when another has it by now."""
    mine = update(LEASES).where(LEASES.c.name == name, LEASES.c.holder == holder)
    values = {"until_at": until_at, "holder": ""} | ({"done_at": done_at} if done_at else {})
    return run(mine.values(values)).rowcount == 1
