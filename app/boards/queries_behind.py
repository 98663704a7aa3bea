"""Records behind the figures that only dashboards have: windows of a shift or a crew, findings at a step, voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, func, select

from app import db
from app.boards.forms import BehindQuery
from app.boards.queries_crew import crew_rounds
from app.boards.queries_figures import of_steps, of_voices
from app.days import begins, next_month
from app.feedback.models import FeedbackItem
from app.nonconformities.models import Finding
from app.organisations.queries import scope_of
from app.places.models import Point
from app.schedule.models import Occurrence, Round
from app.stats.queries_month import PERSON
from app.tallies.queries import Asked
from app.web.current import CurrentPerson, Role

LINES_A_PAGE = 50
NOBODYS = "-"
"""In the address: windows that lie on nobody's round."""


def own_clauses(who: CurrentPerson, helper: str = "", *, alone: bool = False) -> list[ColumnElement[bool]]:
    """A crew leader reads the own crew's windows, hands their own; others all of their reach. At most one query.

    What hands did as `helper` lies on the rounds of colleagues, and is their own to look at all the same. `alone`: a
    crew leader's own windows, on whoever's round, without those of the crew.
    """
    if who.role is Role.CREW_LEADER and not alone:
        return [Occurrence.round_id.in_(crew_rounds(who))]
    if who.is_hands and helper == who.id:
        return []
    return [PERSON.in_([who.id])] if who.is_hands else []


def of_shift(shift_id: str) -> list[ColumnElement[bool]]:
    """Windows on the rounds of a shift, as they lie today; empty: any."""
    if not shift_id:
        return []
    if shift_id == NOBODYS:
        return [func.coalesce(Occurrence.round_id, "").not_in(select(Round.id))]
    return [Occurrence.round_id.in_(select(Round.id).where(Round.shift_id == shift_id))]


@dataclass(frozen=True, slots=True)
class Behind:
    """A finding or something said, as a line; `face` is that of a rating."""

    title: str
    sub: str
    at: datetime
    href: str
    face: int | None = None


@dataclass(frozen=True, slots=True)
class BehindPage:
    """A page of them; `whole` counts all."""

    lines: Sequence[Behind]
    whole: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.whole // LINES_A_PAGE))


def _asked(who: CurrentPerson, query: BehindQuery, now: datetime, zone: tzinfo) -> Asked:
    return Asked(query.first, now, zone, scope_of(who), {"implementer_id": query.unit} if query.unit else {})


def found_at_step(who: CurrentPerson, query: BehindQuery, now: datetime, zone: tzinfo) -> BehindPage:
    """What checks of the month found at a step, newest first. Two or three queries."""
    clauses = [
        *of_steps(_asked(who, query, now, zone)),
        Finding.standard_code == query.standard,
        Finding.step_id == query.step,
    ]
    whole = db.scalar(select(func.count()).select_from(Finding).where(*clauses)) or 0
    columns = (Finding.text, Finding.step_title, Point.name, Finding.number, Finding.found_at, Finding.id)
    statement = select(*columns).outerjoin(Point, Point.id == Finding.point_id).where(*clauses)
    statement = statement.order_by(Finding.found_at.desc(), Finding.id).offset((query.page - 1) * LINES_A_PAGE)
    rows = db.rows(statement.limit(LINES_A_PAGE))
    lines = [Behind(row[0] or row[1], f"{row[2] or ''} {row[3]}", row[4], f"/nonconformities/{row[5]}") for row in rows]
    return BehindPage(lines, whole)


def said_on_topic(who: CurrentPerson, query: BehindQuery, now: datetime, zone: tzinfo) -> BehindPage:
    """Ratings or complaints of the month on a topic, newest first. Two or three queries."""
    clauses = [
        *of_voices(_asked(who, query, now, zone)),
        FeedbackItem.kind == query.kind,
        FeedbackItem.topic == query.topic,
        FeedbackItem.at >= begins(query.first, zone),
        FeedbackItem.at < min(begins(next_month(query.first), zone), now),
    ]
    if query.kind == "rating":
        clauses.append(FeedbackItem.face.is_not(None))
    whole = db.scalar(select(func.count()).select_from(FeedbackItem).where(*clauses)) or 0
    columns = (Point.name, FeedbackItem.words, FeedbackItem.at, FeedbackItem.id, FeedbackItem.face)
    statement = select(*columns).outerjoin(Point, Point.id == FeedbackItem.point_id).where(*clauses)
    statement = statement.order_by(FeedbackItem.at.desc(), FeedbackItem.id).offset((query.page - 1) * LINES_A_PAGE)
    rows = db.rows(statement.limit(LINES_A_PAGE))
    where = "/feedback/" if query.kind == "complaint" else ""
    lines = [Behind(row[0] or "", row[1], row[2], where and where + row[3], row[4]) for row in rows]
    return BehindPage(lines, whole)
