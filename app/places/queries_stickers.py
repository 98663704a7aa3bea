"""Reads of reported stickers."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.places.models import LabelCode, Point, StickerReport
from app.places.rules_stickers import StickerLine

MOST_SHOWN = 100


def reporter_of(sticker_id: str) -> str | None:
    """Who sent the report with this id."""
    found = db.row(select(StickerReport.by_id).where(StickerReport.id == sticker_id))
    return found[0] if found else None


def sticker_lines(*, handled: bool = False) -> list[StickerLine]:
    """Those that wait, or those that are handled; the newest first, at most a hundred."""
    handler = aliased(Person)
    statement = (
        select(
            StickerReport.id,
            StickerReport.text,
            StickerReport.place,
            Point.name,
            StickerReport.seen_at,
            StickerReport.received_at,
            Person.name,
            StickerReport.handled_at,
            handler.name,
        )
        .join(Person, Person.id == StickerReport.by_id)
        .outerjoin(handler, handler.id == StickerReport.handled_by_id)
        .outerjoin(LabelCode, LabelCode.code == StickerReport.near)
        .outerjoin(Point, Point.id == LabelCode.point_id)
        .where(StickerReport.handled_at.is_not(None) if handled else StickerReport.handled_at.is_(None))
        .order_by(StickerReport.received_at.desc())
        .limit(MOST_SHOWN)
    )
    return [StickerLine(*row) for row in db.rows(statement)]
