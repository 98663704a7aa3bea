"""Reads of leases: whether a timed job is worth asking for."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app import db
from app.schedule.models import Lease
from app.schedule.rules_leases import is_free


def lease_free(name: str, now: datetime, every: timedelta, hold: timedelta) -> bool:
    """Nobody holds it and its time has come; taking it decides (writes_leases)."""
    found = db.row(select(Lease.until_at, Lease.done_at).where(Lease.name == name))
    if found is None:
        return True
    return is_free(found.until_at, found.done_at, now, every=every, hold=hold)


def last_done_at(name: str) -> datetime | None:
    """When a job was last done: the doctor's question."""
    found: datetime | None = db.scalar(select(Lease.done_at).where(Lease.name == name))
    return found


def held(now: datetime) -> list[tuple[str, str]]:
    """(job, holder) of every job that somebody holds."""
    found = db.rows(select(Lease.name, Lease.holder).where(Lease.until_at > now, Lease.holder != ""))
    return [(each.name, each.holder) for each in found]
