"""What counts beside the windows of a month: second opinions, findings, ratings, complaints, exams, as plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, func, or_, select

from app import db
from app.accounts.models import Person
from app.contractors.queries import Standing
from app.days import ONE_DAY, begins, month_span
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.rules_complaints import Class
from app.feedback.rules_public import Kind as Said
from app.feedback.rules_ratings import Excluded
from app.nonconformities.models import Finding
from app.places.models import Point
from app.spotchecks.models import Draw, Item, Review, ReviewState
from app.spotchecks.queries_opinions import FAILED, UNSAID
from app.spotchecks.rules import Kind as Check
from app.training.models import Attempt

EXAM_MONTHS = timedelta(days=365)


@dataclass(frozen=True)
class Span:
    """A month as instants, and the instant of asking."""

    first: datetime
    before: datetime
    now: datetime


def span(month: date, now: datetime, zone: tzinfo) -> Span:
    first, before = month_span(month, zone)
    return Span(first, before, now)


def reviews(when: Span) -> list[db.AnyRow]:
    """Second opinions of the month but the crews' own; `failed` steps, of which `unsaid` were not failed before."""
    statement = (
        select(
            Review.id, Review.at, Review.implementer_id, Review.point_id, Review.standard_code, Review.executor_id,
            Review.outcome, Point.name.label("point"), Draw.method, Item.entered, ReviewState.state,
            FAILED.label("failed"), UNSAID.label("unsaid"),
        )
        .join(Point, Point.id == Review.point_id)
        .outerjoin(Item, Item.id == Review.item_id)
        .outerjoin(Draw, Draw.id == Item.draw_id)
        .outerjoin(ReviewState, ReviewState.review_id == Review.id)
        .where(Review.at >= when.first, Review.at < when.before, Review.kind != Check.SELF)
        .order_by(Review.at, Review.id)
    )  # fmt: skip
    return list(db.rows(statement))


def findings(when: Span) -> list[db.AnyRow]:
    """Findings found in the month, or whose limit lies in it."""
    columns = (
        Finding.id, Finding.number, Finding.text, Finding.implementer_id, Finding.point_id, Finding.standard_code,
        Finding.rectifier_id, Finding.found_by_id, Finding.source, Finding.severity, Finding.cause, Finding.fail_action,
        Finding.state, Finding.found_at, Finding.due_at, Finding.rectified_at, Finding.closed_at,
        Finding.failed_rechecks, Finding.fixed_on_spot, Person.org_id.label("finder_org"), Point.name.label("point"),
    )  # fmt: skip
    in_month = [(column >= when.first) & (column < when.before) for column in (Finding.found_at, Finding.due_at)]
    statement = (
        select(*columns)
        .outerjoin(Person, Person.id == Finding.found_by_id)
        .outerjoin(Point, Point.id == Finding.point_id)
    )
    return list(db.rows(statement.where(or_(*in_month)).order_by(Finding.found_at, Finding.id)))


def rated(when: Span) -> list[ColumnElement[bool]]:
    """The ratings that count."""
    return [
        FeedbackItem.kind == Said.RATING, FeedbackItem.excluded == Excluded.COUNTS, FeedbackItem.face.is_not(None),
        FeedbackItem.at >= when.first, FeedbackItem.at < when.before,
    ]  # fmt: skip


def rated_for(org_id: str, contract: Standing | None, when: Span, zone: tzinfo) -> list[ColumnElement[bool]]:
    """Those of a unit; of a contractor those of its contract's days, and its standards where one is named (CT-8)."""
    mine = [*rated(when), FeedbackItem.implementer_id == org_id]
    if contract is None:
        return mine
    first, last = (each.astimezone(zone).date() for each in (when.first, when.before - ONE_DAY))
    days = (max(first, contract.from_on), min(last, contract.to_on))
    mine += [FeedbackItem.at >= begins(days[0], zone), FeedbackItem.at < begins(days[1] + ONE_DAY, zone)]
    return [*mine, FeedbackItem.standard_code.in_(["", *contract.standards])]


def ratings(clauses: Sequence[ColumnElement[bool]]) -> list[db.AnyRow]:
    """(unit, point, standard, face, how many) of them."""
    keys = (FeedbackItem.implementer_id, FeedbackItem.point_id, FeedbackItem.standard_code, FeedbackItem.face)
    statement = select(*keys, func.count().label("n")).where(*clauses).group_by(*keys)
    return list(db.rows(statement))


def complaints(when: Span) -> list[db.AnyRow]:
    """Valid complaints received in the month, or whose limit lies in it."""
    columns = (
        FeedbackCase.item_id, FeedbackCase.number, FeedbackCase.implementer_id, FeedbackCase.point_id,
        FeedbackCase.received_at, FeedbackCase.close_due_at, FeedbackCase.closed_at, FeedbackItem.standard_code,
    )  # fmt: skip
    in_month = [
        (column >= when.first) & (column < when.before)
        for column in (FeedbackCase.received_at, FeedbackCase.close_due_at)
    ]
    statement = select(*columns).join(FeedbackItem, FeedbackItem.id == FeedbackCase.item_id)
    statement = statement.where(FeedbackCase.classified == Class.VALID, or_(*in_month))
    return list(db.rows(statement.order_by(FeedbackCase.received_at, FeedbackCase.item_id)))


def exams(when: Span, person_id: str | None = None) -> list[db.AnyRow]:
    """The last attempt of each person at each edition in the twelve months until the end of the month (TR-6)."""
    statement = select(Attempt.person_id, Attempt.edition, Attempt.score, Attempt.at).where(
        Attempt.at >= when.before - EXAM_MONTHS, Attempt.at < min(when.before, when.now)
    )
    if person_id is not None:
        statement = statement.where(Attempt.person_id == person_id)
    newest: dict[tuple[str, str], db.AnyRow] = {}
    for row in db.rows(statement.order_by(Attempt.at)):
        newest[row.person_id, row.edition] = row
    return list(newest.values())
