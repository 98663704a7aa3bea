"""Reads of the calendar of other rhythms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.halfyear.models import HalfyearMark
from app.halfyear.rules_calendar import Mark


def marks_of(year: int) -> dict[tuple[str, str], Mark]:
    """(item, period) -> the newest mark, where it was not taken back. One query."""
    columns = (
        HalfyearMark.item, HalfyearMark.period, HalfyearMark.done, HalfyearMark.on, HalfyearMark.note,
        HalfyearMark.link, HalfyearMark.by_name,
    )  # fmt: skip
    statement = select(*columns).where(HalfyearMark.period.startswith(str(year)))
    newest = {(row[0], row[1]): Mark(*row[2:]) for row in db.rows(statement.order_by(HalfyearMark.at, HalfyearMark.id))}
    return {key: mark for key, mark in newest.items() if mark.done}


def mark_is_kept(mark_id: str) -> bool:
    return db.scalar(select(HalfyearMark.id).where(HalfyearMark.id == mark_id)) is not None


def newest_at(item: str, period: str) -> datetime | None:
    """When this item was last marked or taken back."""
    same = (HalfyearMark.item == item, HalfyearMark.period == period)
    return db.scalar(select(func.max(HalfyearMark.at)).where(*same))
