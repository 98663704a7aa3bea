"""Inserts and updates of label codes and reported stickers; a code row moves on, its history is insert-only."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app import db
from app.places.models import LabelCode, LabelEvent, Point, StickerReport
from app.places.rules_stickers import Sticker


def insert_code(code: str, point_id: str, at: datetime) -> None:
    """A fresh current code."""
    db.run(insert(LabelCode).values(code=code, point_id=point_id, issued_at=at))


def supersede_code(code: str, by: str, until: datetime) -> bool:
    """The code gives way to the next one; False when it was no longer current."""
    done = db.run(
        update(LabelCode)
        .where(LabelCode.code == code, LabelCode.replaced_by.is_(None), LabelCode.withdrawn_at.is_(None))
        .values(replaced_by=by, valid_until=until)
    )
    return bool(done.rowcount)


def end_older_codes(point_id: str, code: str, at: datetime) -> list[str]:
    """Replaced codes of the point that still open end now; gives back which."""
    older = (
        LabelCode.point_id == point_id,
        LabelCode.code != code,
        LabelCode.replaced_by.is_not(None),
        LabelCode.withdrawn_at.is_(None),
        LabelCode.valid_until > at,
    )
    ended = update(LabelCode).where(*older).values(valid_until=at).returning(LabelCode.code)
    return [row.code for row in db.run(ended)]


def close_code(code: str, at: datetime, reason: str) -> bool:
    """The code opens nothing from now on; False when it was withdrawn before."""
    done = db.run(
        update(LabelCode)
        .where(LabelCode.code == code, LabelCode.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_reason=reason)
    )
    return bool(done.rowcount)


def note_labels(events: list[dict[str, Any]]) -> None:
    """Insert-only history: code, point_id, kind, by_id, at, reason, data."""
    if events:
        db.run(insert(LabelEvent), events)


def keep_sticker(sticker: Sticker, by_id: str, now: datetime) -> None:
    """A foreign code that somebody reported."""
    db.run(insert(StickerReport).values(**asdict(sticker), by_id=by_id, received_at=now))


def settle_sticker(sticker_id: str, by_id: str, now: datetime) -> bool:
    """Handled; False when it was before, or there is none."""
    waits = (StickerReport.id == sticker_id, StickerReport.handled_at.is_(None))
    done = db.run(update(StickerReport).where(*waits).values(handled_by_id=by_id, handled_at=now))
    return bool(done.rowcount)


def set_proof(point_id: str, asks: str | None, secret: str | None) -> None:
    """What the point asks of its records from now on; records keep their marks."""
    db.run(update(Point).where(Point.id == point_id).values(asks=str(asks) if asks else None, secret=secret))
