"""Reads of the public's voice for other rooms: records that a complaint contests, praise for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import db
from app.checks.models import Check
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.rules_complaints import Contest, State, Voice
from app.places.models import Point

MOST_PRAISE = 20


@dataclass(frozen=True, slots=True)
class Contested:
    """A record that a complaint spoke against while its `valid_minutes` ran; it always enters the next draw."""

    item_id: str
    occurrence_id: int | None
    check_id: str
    contest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Praised:
    """Praise that was passed on to a person."""

    item_id: str
    words: str
    point: str | None
    at: datetime


def contested_occurrences(since: datetime | None = None, until: datetime | None = None) -> list[Contested]:
    """Records contested in this time, settled or not, oldest first."""
    columns = (FeedbackCase.item_id, FeedbackCase.occurrence_id, FeedbackCase.check_id, FeedbackCase.contest)
    statement = select(*columns, FeedbackCase.received_at).where(
        FeedbackCase.contest != "", FeedbackCase.check_id.is_not(None)
    )
    if since is not None:
        statement = statement.where(FeedbackCase.received_at >= since)
    if until is not None:
        statement = statement.where(FeedbackCase.received_at < until)
    return [Contested(*row) for row in db.rows(statement.order_by(FeedbackCase.received_at))]


def praise_for(person_id: str, since: datetime) -> list[Praised]:
    """What was passed on to this person, newest first; one indexed statement."""
    statement = (
        select(FeedbackCase.item_id, FeedbackItem.words, Point.name, FeedbackCase.closed_at)
        .join(FeedbackItem, FeedbackItem.id == FeedbackCase.item_id)
        .outerjoin(Point, Point.id == FeedbackCase.point_id)
        .where(FeedbackCase.handler_id == person_id, FeedbackCase.kind == Voice.PRAISE)
        .where(FeedbackCase.state == State.CLOSED, FeedbackCase.closed_at >= since)
        .order_by(FeedbackCase.closed_at.desc())
        .limit(MOST_PRAISE)
    )
    return [Praised(*row) for row in db.rows(statement)]


def vouched_for(person_id: str, since: datetime) -> list[Contested]:
    """Records of this person that refuted a complaint, newest first (这条记录替您作证)."""
    columns = (FeedbackCase.item_id, FeedbackCase.occurrence_id, FeedbackCase.check_id, FeedbackCase.contest)
    statement = (
        select(*columns, FeedbackCase.received_at)
        .join(Check, Check.id == FeedbackCase.check_id)
        .where(Check.person_id == person_id, FeedbackCase.contest == Contest.REFUTED)
        .where(FeedbackCase.received_at >= since)
        .order_by(FeedbackCase.received_at.desc())
    )
    return [Contested(*row) for row in db.rows(statement.limit(MOST_PRAISE))]
