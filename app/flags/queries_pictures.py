"""Reads of pictures for the rules: those of a record, and those of 90 days that are the same or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, union

from app import db
from app.checks.models import Check
from app.flags.models import LikePicture, LikePiece
from app.flags.rules import PhotoSeen
from app.flags.rules_pictures import distance, is_plain
from app.flags.rules_pieces import REACH, pieces, probes
from app.photos.models import Photo, Picture
from app.photos.rules import PICTURE_TYPES, Part, State

BACK = timedelta(days=90)
# What people send as evidence; reference pictures, findings and memos are none.
EVIDENCE = (Part.EVIDENCE, Part.AFTER, Part.CHECK, Part.RETAKE)
_FIELDS = (
    Photo.id, Photo.check_id, Photo.point_id, Photo.person_id, Photo.received_sha256, Picture.phash, Photo.received_at,
    Photo.source, Photo.taken_at, Photo.part, Check.submitted_at, Check.phone_offset_ms,
)  # fmt: skip
_PICTURES = (
    select(*_FIELDS)
    .join(Picture, Picture.sha256 == Photo.sha256)
    .outerjoin(Check, Check.id == Photo.check_id)
    .where(Photo.part.in_(EVIDENCE), Photo.media_type.in_(PICTURE_TYPES))
)


def pictures_of(check_id: str) -> tuple[PhotoSeen, ...]:
    """The pictures of one record in order of arrival."""
    found = db.rows(_PICTURES.where(Photo.check_id == check_id).order_by(Photo.received_at, Photo.id))
    return tuple(_seen(row) for row in found)


def near(photos: Sequence[PhotoSeen]) -> tuple[PhotoSeen, ...]:
    """Earlier pictures of other records with the same bytes, or within REACH of a hash. Three queries a record."""
    if not photos:
        return ()
    last, first = max(each.sent_at for each in photos), min(each.sent_at for each in photos)
    known = [each.bits for each in photos if each.bits is not None and not is_plain(each.bits)]
    hashes = {found for bits in known for found in hashes_near(bits)}
    # By two indexes and never by one scan: an OR over two tables would read every picture of 90 days.
    same = _between(first - BACK, last).where(Photo.received_sha256.in_({each.sha256 for each in photos}))
    alike = _between(first - BACK, last).where(Photo.sha256.in_(_pictures_with(hashes))) if hashes else None
    found = db.rows(union(same, alike) if alike is not None else same)
    return tuple(_seen(row) for row in found if row.check_id != photos[0].check)


def hashes_near(bits: int, reach: int = REACH) -> list[int]:
    """Every kept hash within `reach` bits of this one, at most REACH; exact. One query on the index of pieces."""
    statement = select(LikePiece.phash).where(LikePiece.piece.in_(probes(bits))).distinct()
    return [row.phash for row in db.rows(statement) if distance(row.phash, bits) <= reach]


def not_yet_kept(check_ids: Iterable[str]) -> list[tuple[int, str]]:
    """(hash, picture) of these records' pictures that say something, for the index of likeness."""
    statement = (
        select(Picture.phash, Picture.sha256)
        .join(Photo, Photo.sha256 == Picture.sha256)
        .where(Photo.check_id.in_(list(check_ids)), Photo.part.in_(EVIDENCE), Picture.phash.is_not(None))
        .distinct()
    )
    return [(row.phash, row.sha256) for row in db.rows(statement) if not is_plain(row.phash)]


def rows_of_pieces(hashes: Iterable[int]) -> list[dict[str, int]]:
    """Four rows a hash."""
    return [{"piece": piece, "phash": bits} for bits in hashes for piece in pieces(bits)]


def hashes_of(photo_ids: Iterable[str]) -> dict[str, str]:
    """Photo id -> the hash under which it is served."""
    found = db.rows(select(Photo.id, Photo.sha256).where(Photo.id.in_(list(photo_ids))))
    return {row.id: row.sha256 for row in found}


def waits_for_pictures() -> Any:
    """Of records with a picture that is not decoded yet."""
    return (
        select(Photo.check_id)
        .join(Picture, Picture.sha256 == Photo.sha256)
        .where(Photo.check_id == Check.id, Picture.state == State.QUEUED)
        .exists()
    )


def _between(since: datetime, until: datetime) -> Any:
    return _PICTURES.where(Photo.received_at.between(since, until))


def _pictures_with(hashes: Iterable[int]) -> list[str]:
    statement = select(LikePicture.sha256).where(LikePicture.phash.in_(sorted(hashes)))
    return [row.sha256 for row in db.rows(statement)]


def _seen(row: Any) -> PhotoSeen:
    return PhotoSeen(
        photo=row.id,
        check=row.check_id,
        point=row.point_id,
        person=row.person_id,
        sha256=row.received_sha256,
        bits=row.phash,
        sent_at=row.received_at,
        source=row.source,
        taken_at=row.taken_at,
        retake=row.part == Part.RETAKE,
        visited_at=row.submitted_at and row.submitted_at + timedelta(milliseconds=row.phone_offset_ms),
    )
