"""How the site stands just now, for the doctor and for machines that watch: a handful of cheap reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from app import db
from app.checks.models import Check
from app.messages.models import Delivery
from app.photos.models import Picture
from app.photos.rules import State
from app.schedule.models import Lease, Occurrence


@dataclass(frozen=True)
class Standing:
    """Jobs by name with the time of their last end, queues in number, the newest submission, the last row ahead."""

    jobs: dict[str, datetime | None]
    pictures_queued: int
    pictures_failed: int
    oldest_picture_at: datetime | None
    messages_queued: int
    newest_check_at: datetime | None
    rows_until: datetime | None


def standing() -> Standing:
    """Seven statements, each by an index or on a small table."""
    jobs = {each.name: each.done_at for each in db.rows(select(Lease.name, Lease.done_at))}
    queued = db.row(select(func.count(), func.min(Picture.queued_at)).where(Picture.state == State.QUEUED))
    failed = db.scalar(select(func.count()).select_from(Picture).where(Picture.state == State.FAILED))
    messages = db.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == "queued"))
    return Standing(
        jobs=jobs,
        pictures_queued=queued[0] if queued else 0,
        pictures_failed=failed or 0,
        oldest_picture_at=queued[1] if queued else None,
        messages_queued=messages or 0,
        newest_check_at=db.scalar(select(func.max(Check.received_at))),
        rows_until=db.scalar(select(func.max(Occurrence.grace_end_at))),
    )


def places_of_pictures(limit: int | None = None) -> Sequence[str]:
    """Where kept bytes should lie: all, or the newest."""
    found = select(Picture.place).where(Picture.state != State.FAILED).order_by(Picture.queued_at.desc())
    return [each.place for each in db.rows(found.limit(limit) if limit else found)]


def database_now() -> datetime | None:
    """The clock of a database that is a machine of its own; None where it is a file of this one."""
    if db.db.engine.dialect.name == "sqlite":
        return None
    found: datetime = db.scalar(text("SELECT clock_timestamp()"))
    return found
