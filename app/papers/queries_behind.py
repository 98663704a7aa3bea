"""The records behind a figure or a problem of a bulletin, read through the eyes of the unit that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import select

from app import db
from app.checks.models import Answer, Check
from app.days import begins, next_month
from app.feedback.models import FeedbackItem
from app.feedback.rules_public import Kind as Said
from app.feedback.rules_ratings import FACE_WORDS, SATISFIED, Excluded, Face
from app.organisations.queries import scope_of, within
from app.papers.queries_problems import judged_in
from app.papers.queries_reach import About
from app.papers.rules import Key
from app.places.models import Point
from app.stats.queries_beside import items
from app.stats.rules_beside import Item
from app.tallies.queries import Asked
from app.web.filters import local_stamp

MOST = 500
STEP, MISSED = "step", "missed"
BESIDE = (Key.IN_TIME, Key.SPOT)


@dataclass(frozen=True)
class Behind:
    """The records, at most five hundred; those that a figure counts are marked."""

    items: list[Item]
    whole: int
    hits: int


def behind(whom: About, figure: str, step: tuple[str, str], first: date, now: datetime, zone: tzinfo) -> Behind:
    """Of figures that are not made of windows; `step` is (edition, step) for the problem of a step."""
    asked = Asked(first, now, zone, scope_of(whom.reader))
    if figure == STEP:
        return _told(_answers(asked, *step))
    if figure == Key.SATISFIED:
        return _told(_ratings(asked))
    return _told(items(figure, whom.reader, asked))


def _told(found: list[Item]) -> Behind:
    return Behind(found[:MOST], len(found), sum(each.counted for each in found))


def _answers(asked: Asked, edition: str, step_id: str) -> list[Item]:
    """Every answer to the step, fails first, the newest first."""
    statement = (
        select(Check.id, Check.effective_at, Point.name, Answer.result)
        .join(Answer, Answer.check_id == Check.id)
        .join(Point, Point.id == Check.point_id)
        .where(*judged_in(asked), Check.edition == edition, Answer.step_id == step_id)
        .order_by(Answer.result, Check.effective_at.desc(), Check.id)
    )
    return [
        Item(row.name, local_stamp(row.effective_at), f"/checks/{row.id}", row.result == "fail")
        for row in db.rows(statement)
    ]


def _ratings(asked: Asked) -> list[Item]:
    first, end = begins(asked.first, asked.zone), min(begins(next_month(asked.first), asked.zone), asked.now)
    statement = (
        select(FeedbackItem.id, FeedbackItem.at, FeedbackItem.face, Point.name)
        .outerjoin(Point, Point.id == FeedbackItem.point_id)
        .where(*within(asked.scope, FeedbackItem.implementer_id, FeedbackItem.responsible_id))
        .where(FeedbackItem.kind == Said.RATING, FeedbackItem.excluded == Excluded.COUNTS)
        .where(FeedbackItem.face.is_not(None), FeedbackItem.at >= first, FeedbackItem.at < end)
        .order_by(FeedbackItem.at.desc(), FeedbackItem.id)
    )
    return [
        Item(row.name or "—", f"{FACE_WORDS[Face(row.face)]} {local_stamp(row.at)}", "", row.face in SATISFIED)
        for row in db.rows(statement)
    ]
