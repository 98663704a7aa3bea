"""The records behind a figure or a problem of a bulletin, read through the eyes of the unit that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import select

from app.checks.models import Answer, Check
from app.checks.rules import Result
from app.days import begins, next_month
from app.feedback.models import FeedbackItem
from app.feedback.rules_public import Kind as Said
from app.feedback.rules_ratings import FACE_WORDS, SATISFIED, Excluded, Face
from app.organisations.queries import scope_of, within
from app.papers.queries_problems import judged_in
from app.papers.queries_reach import About
from app.papers.rules import Key
from app.places.models import Point
from app.stats.queries_beside import ItemsPage, page_of_items
from app.stats.queries_cut import cut
from app.stats.rules_beside import Item
from app.tallies.queries import Asked
from app.tallies.rules_rates import Rate
from app.web.filters import local_stamp

STEP, MISSED = "step", "missed"


@dataclass(frozen=True)
class Wanted:
    """A page of which figure; `step` is (edition, step) for the problem of a step."""

    figure: str
    step: tuple[str, str] = ("", "")
    page: int = 1


def behind(whom: About, wanted: Wanted, first: date, now: datetime, zone: tzinfo) -> ItemsPage:
    """Of figures that are not made of windows; those that the figure counts are marked. Two or three queries."""
    asked = Asked(first, now, zone, scope_of(whom.reader))
    if wanted.figure == STEP:
        return _answers(asked, wanted)
    if wanted.figure == Key.SATISFIED:
        return _ratings(asked, wanted.page)
    return page_of_items(wanted.figure, whom.reader, asked, wanted.page)


def _answers(asked: Asked, wanted: Wanted) -> ItemsPage:
    """Every answer to the step, fails first, the newest first."""
    edition, step_id = wanted.step
    statement = (
        select(Check.id, Check.effective_at, Point.name, (Answer.result == Result.FAIL).label("hit"))
        .join(Answer, Answer.check_id == Check.id)
        .join(Point, Point.id == Check.point_id)
        .where(*judged_in(asked), Check.edition == edition, Answer.step_id == step_id)
        .order_by(Answer.result, Check.effective_at.desc(), Check.id)
    )
    found = cut(statement, wanted.page)
    items = [Item(row.name, local_stamp(row.effective_at), f"/checks/{row.id}", bool(row.hit)) for row in found.rows]
    return ItemsPage(items, Rate(found.hits, found.whole), wanted.page)


def _ratings(asked: Asked, page: int) -> ItemsPage:
    liked = FeedbackItem.face.in_(sorted(SATISFIED))
    first, end = begins(asked.first, asked.zone), min(begins(next_month(asked.first), asked.zone), asked.now)
    statement = (
        select(FeedbackItem.id, FeedbackItem.at, FeedbackItem.face, Point.name, liked.label("hit"))
        .outerjoin(Point, Point.id == FeedbackItem.point_id)
        .where(*within(asked.scope, FeedbackItem.implementer_id, FeedbackItem.responsible_id))
        .where(FeedbackItem.kind == Said.RATING, FeedbackItem.excluded == Excluded.COUNTS)
        .where(FeedbackItem.face.is_not(None), FeedbackItem.at >= first, FeedbackItem.at < end)
        .order_by(FeedbackItem.at.desc(), FeedbackItem.id)
    )
    found = cut(statement, page)
    items = [
        Item(row.name or "—", f"{FACE_WORDS[Face(row.face)]} {local_stamp(row.at)}", "", bool(row.hit))
        for row in found.rows
    ]
    return ItemsPage(items, Rate(found.hits, found.whole), page)
