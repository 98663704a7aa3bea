"""Reads behind the figures of complaints and satisfaction; each figure keeps the cases that it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import func, select

from app import db
from app.feedback.models import FeedbackCase, FeedbackEvent, FeedbackItem
from app.feedback.queries_complaints import reached
from app.feedback.rules_complaints import DESK, CallBack, called_back
from app.feedback.rules_handled import CaseFacts, Figure, Tally, tallies
from app.feedback.rules_ratings import Satisfaction, satisfaction
from app.organisations.queries import scope_of, within
from app.web.current import CurrentPerson

_FACTS = (
    FeedbackCase.item_id,
    FeedbackCase.kind,
    FeedbackCase.classified,
    FeedbackCase.reply_due_at,
    FeedbackCase.replied_at,
    FeedbackCase.close_due_at,
    FeedbackCase.closed_at,
    FeedbackCase.call_back,
)


def figures(person: CurrentPerson, first: datetime, end: datetime, now: datetime, zone: tzinfo) -> dict[Figure, Tally]:
    """The figures over the cases received in this time, in reach. Two queries."""
    statement = select(*_FACTS).where(FeedbackCase.received_at >= first, FeedbackCase.received_at < end)
    found = db.rows(statement.where(*reached(person)).order_by(FeedbackCase.received_at))
    tried = _tries([row.item_id for row in found if row.call_back == CallBack.UNREACHED], zone)
    return tallies([_facts(row, tried.get(row.item_id, [])) for row in found], now)


def satisfied(person: CurrentPerson, first: datetime, end: datetime) -> Satisfaction:
    """Ratings that count, of this time and in reach, by face."""
    statement = (
        select(FeedbackItem.face, func.count())
        .where(FeedbackItem.kind == "rating", FeedbackItem.excluded == "", FeedbackItem.face.is_not(None))
        .where(FeedbackItem.at >= first, FeedbackItem.at < end)
        .group_by(FeedbackItem.face)
    )
    if DESK not in person.grants:
        statement = statement.where(*within(scope_of(person), FeedbackItem.implementer_id, FeedbackItem.responsible_id))
    return satisfaction((row[0], row[1]) for row in db.rows(statement))


def _facts(row: db.AnyRow, tried: list[date]) -> CaseFacts:
    values: Mapping[str, Any] = dict(row._mapping)  # noqa: SLF001
    return CaseFacts(**values, called_back=called_back(row.call_back, tried))


def _tries(item_ids: list[str], zone: tzinfo) -> dict[str, list[date]]:
    """Local days on which a call-back reached nobody."""
    found: dict[str, list[date]] = defaultdict(list)
    if item_ids:
        statement = select(FeedbackEvent.subject_id, FeedbackEvent.at, FeedbackEvent.data).where(
            FeedbackEvent.subject_id.in_(item_ids), FeedbackEvent.kind == "called_back"
        )
        for row in db.rows(statement):
            if (row.data or {}).get("result") == CallBack.UNREACHED:
                found[row.subject_id].append(row.at.astimezone(zone).date())
    return found
