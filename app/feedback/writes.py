"""Writes that several deeds share: the history, and how many calls stand at a point."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, update

from app.db import run
from app.feedback.models import FeedbackCall, FeedbackEvent
from app.places.models import Point


def note(subject_id: str, kind: str, by_id: str | None, at: datetime, data: dict[str, Any] | None = None) -> None:
    """A line of the history of an item, its case or a call."""
    run(insert(FeedbackEvent), {"subject_id": subject_id, "kind": kind, "by_id": by_id, "at": at, "data": data})


def count_open(point_id: str) -> None:
    """Let the point know how many calls stand there; counted anew each time, so that it cannot drift."""
    standing = FeedbackCall.__table__.select().with_only_columns(func.count())
    counted = standing.where(FeedbackCall.point_id == point_id, FeedbackCall.ended_at.is_(None)).scalar_subquery()
    run(update(Point).where(Point.id == point_id).values(calls_open=counted))
