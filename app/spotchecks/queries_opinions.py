"""Second opinions as figures of agreement count them (rules MT-22, MT-23)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app import db
from app.checks.models import Answer
from app.organisations.queries import scope_of, within
from app.organisations.rules import Scope
from app.places.models import Point
from app.spotchecks.models import Draw, Item, Review, ReviewState, ReviewStep
from app.spotchecks.queries_reviews import reached_by
from app.spotchecks.rules import Kind
from app.spotchecks.rules_agreement import Opinion
from app.spotchecks.rules_review import Verdict
from app.web.current import CurrentPerson, Role

FAILED = (
    select(func.count()).where(ReviewStep.review_id == Review.id, ReviewStep.verdict == Verdict.FAILS)
).scalar_subquery()  # fmt: skip
"""How many steps of the record the second person failed."""
UNSAID = (
    select(func.count())
    .where(ReviewStep.review_id == Review.id, ReviewStep.verdict == Verdict.FAILS, ReviewStep.said != "fail")
    .scalar_subquery()
)
"""How many of them the record had not failed itself (rules NC-15)."""


def opinions(person: CurrentPerson, from_at: datetime, before: datetime, unit: str | None = None) -> list[Opinion]:
    """Second opinions of a time in the person's reach; crews' own ones are not among them.

    With a `unit` for the figures of that unit, or of all in reach when it is empty: what the person looked at
    elsewhere is then left out.
    """
    return _opinions(from_at, before, reached_by(person) if unit is None else _in_reach(person, unit))


def opinions_in(scope: Scope, from_at: datetime, before: datetime, unit: str = "") -> list[Opinion]:
    """The same for any reach, held to a unit where one is asked: for programs that read with a key."""
    return _opinions(from_at, before, _in_scope(scope, unit))


def _opinions(from_at: datetime, before: datetime, reach: list[ColumnElement[bool]]) -> list[Opinion]:
    said_no = select(func.count()).where(Answer.check_id == Review.check_id, Answer.result == "fail").scalar_subquery()
    statement = (
        select(Draw.method, Item.entered, FAILED, said_no, Review.outcome, ReviewState.state, Review.id, Point.name)
        .select_from(Review)
        .join(Point, Point.id == Review.point_id)
        .outerjoin(Item, Item.id == Review.item_id)
        .outerjoin(Draw, Draw.id == Item.draw_id)
        .outerjoin(ReviewState, ReviewState.review_id == Review.id)
        .where(
            Review.at >= from_at,
            Review.at < before,
            Review.kind != Kind.SELF,
            *reach,
        )
    )
    return [Opinion(row[0], row[1], not row[2], not row[3], *row[4:]) for row in db.rows(statement)]


def _in_reach(person: CurrentPerson, unit: str) -> list[ColumnElement[bool]]:
    """As figures count: of own records for hands, of the scope for others, held to a unit where one is asked."""
    if person.role in (Role.WORKER, Role.DRIVER):
        return reached_by(person)
    return _in_scope(scope_of(person), unit)


def _in_scope(scope: Scope, unit: str) -> list[ColumnElement[bool]]:
    reach = within(scope, Review.implementer_id, Review.responsible_id)
    return [*reach, *([Review.implementer_id == unit] if unit else [])]
