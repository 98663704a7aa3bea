"""Second opinions as figures of agreement count them (rules MT-22, MT-23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from app import db
from app.checks.models import Answer
from app.organisations.queries import scope_of, within
from app.organisations.rules import Scope
from app.places.models import Point
from app.spotchecks.models import Draw, Item, Review, ReviewState, ReviewStep
from app.spotchecks.queries_reviews import reached_by
from app.spotchecks.rules import Entered, Kind, Method
from app.spotchecks.rules_agreement import Opinion, Outcome
from app.spotchecks.rules_hearing import State
from app.spotchecks.rules_review import Verdict
from app.tallies.rules_rates import Rate
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


# Opinion.is_random and Opinion.counts, told by the database.
IN_SAMPLE = (
    Draw.method == Method.SIMPLE,
    Item.entered == Entered.DRAWN,
    Review.outcome != Outcome.POINT,
    or_(ReviewState.state.is_(None), ReviewState.state != State.WITHDRAWN),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Second opinions on records drawn simply at random (SP-7): of which reach and time."""

    reach: Sequence[ColumnElement[bool]]
    from_at: datetime
    before: datetime

    @property
    def statement(self) -> Select[Any]:
        return _between(self.reach, self.from_at, self.before).where(*IN_SAMPLE)


def sampled(sample: Sample, skip: int = 0, most: int | None = None) -> list[Opinion]:
    """Those that MT-22 counts, the newest first; `most` of them from `skip` on. One query."""
    found = db.rows(sample.statement.order_by(Review.at.desc(), Review.id).offset(skip).limit(most))
    return [_opinion(row) for row in found]


def sampled_rate(sample: Sample) -> Rate:
    """MT-22 of them, counted and not read. One query."""
    among = sample.statement.subquery()
    conforming = func.coalesce(func.sum(case((among.c.failed == 0, 1), else_=0)), 0)
    found = db.row(select(conforming, func.count()).select_from(among))
    return Rate(*map(int, found or (0, 0)))


def opinions(person: CurrentPerson, from_at: datetime, before: datetime, unit: str | None = None) -> list[Opinion]:
    """Second opinions of a time in the person's reach; crews' own ones are not among them.

    With a `unit` for the figures of that unit, or of all in reach when it is empty: what the person looked at
    elsewhere is then left out.
    """
    reach = reached_by(person) if unit is None else in_reach(person, unit)
    return [_opinion(row) for row in db.rows(_between(reach, from_at, before))]


def _opinion(row: db.AnyRow) -> Opinion:
    return Opinion(row[0], row[1], not row[2], not row[3], *row[4:])


def _between(reach: Sequence[ColumnElement[bool]], from_at: datetime, before: datetime) -> Select[Any]:
    said_no = select(func.count()).where(Answer.check_id == Review.check_id, Answer.result == "fail").scalar_subquery()
    columns = (
        Draw.method, Item.entered, FAILED.label("failed"), said_no.label("said_no"), Review.outcome, ReviewState.state,
        Review.id, Point.name,
    )  # fmt: skip
    return (
        select(*columns)
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


def in_reach(person: CurrentPerson, unit: str) -> list[ColumnElement[bool]]:
    """As figures count: of own records for hands, of the scope for others, held to a unit where one is asked."""
    if person.role in (Role.WORKER, Role.DRIVER):
        return reached_by(person)
    return in_scope(scope_of(person), unit)


def in_scope(scope: Scope, unit: str) -> list[ColumnElement[bool]]:
    """Of any reach, held to a unit where one is asked: also for programs that read with a key."""
    reach = within(scope, Review.implementer_id, Review.responsible_id)
    return [*reach, *([Review.implementer_id == unit] if unit else [])]
