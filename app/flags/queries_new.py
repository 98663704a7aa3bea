"""Which records wait to be looked at, and up to when all have been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from app import db
from app.checks.models import Check
from app.flags.models import FlagLook, FlagMark, LikePicture
from app.flags.queries_look import Record
from app.flags.queries_pictures import EVIDENCE, waits_for_pictures
from app.flags.rules_hearing import LATE, WATERMARK
from app.flags.rules_pictures import is_plain
from app.photos.models import Photo, Picture
from app.places.models import Point

# A transaction that began earlier may commit later than one with a later receipt.
OVERLAP = timedelta(minutes=10)
# People are not flagged while they still have the phone in their hand; retakes and signatures follow at once.
SETTLED = timedelta(minutes=2)
PATIENCE = timedelta(hours=1)
"""So long a record waits for its pictures."""
LATEST = timedelta(days=7)
"""So long pictures are waited for that came with it."""
FIRST_BACK = timedelta(days=1)
"""Where a house begins that has records already."""
_COLUMNS = (
    Check.id, Check.point_id, Check.standard_code, Check.person_id, Check.implementer_id, Check.responsible_id,
    Check.business_on, Check.received_at, Point.name,
)  # fmt: skip


def mark(name: str = WATERMARK) -> datetime | None:
    """A watermark."""
    found: datetime | None = db.scalar(select(FlagMark.at).where(FlagMark.name == name))
    return found


def anything_new(now: datetime) -> bool:
    """Whether a record has come in since: a cheap look before the job."""
    since = mark() or now - FIRST_BACK
    due = select(Check.id).where(Check.received_at > since, Check.received_at <= now - SETTLED)
    return db.row(due.limit(1)) is not None


def to_look_at(now: datetime, limit: int) -> Sequence[Record]:
    """The oldest records that nobody has looked at and whose pictures are decoded."""
    patient = or_(Check.received_at < now - PATIENCE, ~waits_for_pictures())
    statement = select(*_COLUMNS).join(Point, Point.id == Check.point_id).where(*_open(now), patient)
    return [Record(*row) for row in db.rows(statement.order_by(Check.received_at, Check.id).limit(limit))]


def records_of(check_ids: Iterable[str]) -> Sequence[Record]:
    """These, looked at or not."""
    statement = select(*_COLUMNS).join(Point, Point.id == Check.point_id).where(Check.id.in_(list(check_ids)))
    return [Record(*row) for row in db.rows(statement.order_by(Check.received_at, Check.id))]


def with_late_pictures(now: datetime) -> tuple[list[str], datetime]:
    """Records whose pictures were decoded after they had been looked at, and until when none of them waits any more."""
    since, until = max(mark(LATE) or now - FIRST_BACK, now - LATEST), now - PATIENCE
    span = Check.received_at.between(since, until)
    kept = and_(LikePicture.phash == Picture.phash, LikePicture.sha256 == Picture.sha256)
    statement = (
        select(Check.id, Picture.phash)
        .join(FlagLook, FlagLook.check_id == Check.id)
        .join(Photo, Photo.check_id == Check.id)
        .join(Picture, Picture.sha256 == Photo.sha256)
        .outerjoin(LikePicture, kept)
        .where(span, Photo.part.in_(EVIDENCE), Picture.phash.is_not(None), LikePicture.sha256.is_(None))
    )
    late = dict.fromkeys(row.id for row in db.rows(statement) if not is_plain(row.phash))
    waiting: datetime | None = db.scalar(select(func.min(Check.received_at)).where(span, waits_for_pictures()))
    return list(late), waiting or until


def all_seen_until(now: datetime) -> datetime:
    """The receipt of the first record that still waits, else the newest that was due."""
    waiting: datetime | None = db.scalar(
        select(Check.received_at).where(*_open(now)).order_by(Check.received_at).limit(1)
    )
    return waiting or now - SETTLED


def _open(now: datetime) -> list[ColumnElement[bool]]:
    since = mark()
    first = since - OVERLAP if since else now - FIRST_BACK
    looked = select(FlagLook.check_id).where(FlagLook.check_id == Check.id).exists()
    return [Check.received_at.between(first, now - SETTLED), ~looked]
