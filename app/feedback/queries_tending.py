"""Reads of the timer: communicative complaints past their limit, praise that may rest, contacts to be wiped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from app import db
from app.feedback.models import FeedbackCase, FeedbackContact
from app.feedback.rules_complaints import Class, State, Voice

_UNANSWERED = (State.RECEIVED, State.REPLIED)


def up_for_review(now: datetime) -> list[str]:
    """Communicative complaints whose limit has passed without an answer (rules SA-6)."""
    return _ids(_overdue(now))


def resting_praise(now: datetime) -> list[str]:
    """Praise that nobody has taken up for as long as a question may take."""
    return _ids(_resting(now))


def late_cases(now: datetime) -> list[str]:
    """Open cases without a first reply past two hours, or unanswered past their limit."""
    late = or_(
        (FeedbackCase.state == State.RECEIVED) & (FeedbackCase.reply_due_at <= now),
        (FeedbackCase.state != State.CLOSED) & (FeedbackCase.close_due_at <= now),
    )
    return _ids((FeedbackCase.kind != Voice.PRAISE) & late)


def contacts_to_wipe() -> list[str]:
    """Contacts of closed cases that still stand in the table."""
    return [row.item_id for row in db.rows(_TO_WIPE)]


def anything_to_tend(now: datetime) -> bool:
    """A cheap look before: two indexed questions."""
    tended = select(FeedbackCase.item_id).where(
        (FeedbackCase.state != State.CLOSED) & or_(FeedbackCase.close_due_at <= now, FeedbackCase.reply_due_at <= now)
    )
    return bool(db.scalar(select(or_(exists(tended), exists(_TO_WIPE)))))


def _overdue(now: datetime) -> ColumnElement[bool]:
    return (
        (FeedbackCase.kind == Voice.COMPLAINT)
        & (FeedbackCase.classified == Class.COMMUNICATIVE)
        & FeedbackCase.state.in_(_UNANSWERED)
        & (FeedbackCase.close_due_at <= now)
    )


def _resting(now: datetime) -> ColumnElement[bool]:
    return (
        (FeedbackCase.kind == Voice.PRAISE) & (FeedbackCase.state != State.CLOSED) & (FeedbackCase.close_due_at <= now)
    )


def _ids(clause: ColumnElement[bool]) -> list[str]:
    statement = select(FeedbackCase.item_id).where(clause).order_by(FeedbackCase.item_id)
    return [row.item_id for row in db.rows(statement)]


_TO_WIPE = (
    select(FeedbackContact.item_id)
    .join(FeedbackCase, FeedbackCase.item_id == FeedbackContact.item_id)
    .where(FeedbackCase.state == State.CLOSED, FeedbackContact.wiped_at.is_(None))
)
