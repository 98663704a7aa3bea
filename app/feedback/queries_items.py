"""Reads of single items: whether one was sent before, and the levels of the walls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import db
from app.feedback.models import FeedbackItem


@dataclass(frozen=True)
class Item:
    """One thing said, as the page after it shows it."""

    id: str
    point_id: str | None
    kind: str
    need: str
    face: int | None
    call_id: str | None
    at: datetime


_ITEM = (
    FeedbackItem.id,
    FeedbackItem.point_id,
    FeedbackItem.kind,
    FeedbackItem.need,
    FeedbackItem.face,
    FeedbackItem.call_id,
    FeedbackItem.at,
)


def item_by_id(item_id: str) -> Item | None:
    """One item."""
    found = db.row(select(*_ITEM).where(FeedbackItem.id == item_id))
    return Item(*found) if found else None


def rated_since(point_id: str, device: str, since: datetime) -> datetime | None:
    """When this device rated the point last, if after `since` (rules SA-9)."""
    clauses = (
        FeedbackItem.device == device,
        FeedbackItem.at > since,
        FeedbackItem.point_id == point_id,
        FeedbackItem.kind == "rating",
    )
    at: datetime | None = db.scalar(select(FeedbackItem.at).where(*clauses).order_by(FeedbackItem.at.desc()).limit(1))
    return at
