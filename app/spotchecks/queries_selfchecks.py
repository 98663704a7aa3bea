"""Reads of self-checks: how far the crews within reach are on a day, and the record that a scanned label leads to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.places.models import LabelCode, PointStandard
from app.schedule.models import Crew, Occurrence
from app.schedule.rules_states import DONE, OUTSIDE_DUE
from app.spotchecks.models import Draw, Item, Result, Review
from app.spotchecks.models_review import ReviewSheet, SheetUndo
from app.spotchecks.rules import Kind
from app.spotchecks.rules_agreement import Outcome
from app.spotchecks.rules_selfchecks import CrewDay
from app.web.current import CurrentPerson, Role


def crew_days(person: CurrentPerson, day: date) -> list[CrewDay]:
    """The self-checks of a day of every crew within reach that has a leader. Three queries."""
    led = select(Person.crew_id).where(Person.active, Person.role == Role.CREW_LEADER)
    drawn = and_(Draw.crew_id == Crew.id, Draw.kind == Kind.SELF, Draw.from_on == day)
    statement = (
        select(Crew.id, Crew.name, Organisation.name, Draw.id, Result.drawn_at)
        .join(Organisation, Organisation.id == Crew.org_id)
        .outerjoin(Draw, drawn)
        .outerjoin(Result, Result.draw_id == Draw.id)
        .where(Crew.id.in_(led), *_reach(person))
        .order_by(Organisation.path, Crew.id)
    )
    found = db.rows(statement)
    counts = _counts([row[3] for row in found if row[4]])
    tasks = _tasks(day, [row[0] for row in found])
    return [
        CrewDay(
            row[0], row[1], row[2], day, row[3], row[4], *counts.get(row[3], (0, 0, 0, 0)), *tasks.get(row[0], (0, 0))
        )
        for row in found
    ]


def leaders() -> list[str]:
    """One leader of each crew."""
    statement = select(func.min(Person.id)).where(Person.active, Person.role == Role.CREW_LEADER)
    return [row[0] for row in db.rows(statement.where(Person.crew_id.is_not(None)).group_by(Person.crew_id))]


def item_at(label: str, draw_id: str) -> str | None:
    """The record on a list at the point of a label, the one not yet looked at first."""
    looked = select(Review.item_id).where(Review.item_id.is_not(None))
    statement = (
        select(Item.id)
        .join(LabelCode, LabelCode.point_id == Item.point_id)
        .where(Item.draw_id == draw_id, LabelCode.code == label)
        .order_by(Item.id.in_(looked), Item.rank)
    )
    found = db.scalar(statement)
    return str(found) if found else None


def _counts(draw_ids: list[str]) -> Mapping[str, tuple[int, int, int, int]]:
    """Listed, looked at, handed in, found not up to standard; nobody looks at a leader's own work (SP-13)."""
    led = select(Person.id).where(Person.role == Role.CREW_LEADER)
    standing = select(ReviewSheet.item_id).where(ReviewSheet.id.not_in(select(SheetUndo.sheet_id)))
    looked = or_(Review.id.is_not(None), Item.id.in_(standing))
    statement = (
        select(
            Item.draw_id,
            func.count(),
            func.sum(case((looked, 1), else_=0)),
            func.count(Review.id),
            func.sum(case((Review.outcome == Outcome.DIFFERS, 1), else_=0)),
        )
        .outerjoin(Review, Review.item_id == Item.id)
        .where(Item.draw_id.in_(draw_ids), Item.executor_id.not_in(led))
        .group_by(Item.draw_id)
    )
    return (
        {row[0]: (int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in db.rows(statement)} if draw_ids else {}
    )


def _tasks(day: date, crews: list[str]) -> Mapping[str, tuple[int, int]]:
    """Crew -> due and done of the day, by whose round it is."""
    statement = (
        select(Person.crew_id, func.count(), func.sum(case((Occurrence.state.in_(DONE), 1), else_=0)))
        .join(Occurrence, Occurrence.assignee_id == Person.id)
        .where(Person.crew_id.in_(crews), Occurrence.business_on == day, Occurrence.state.not_in(OUTSIDE_DUE))
        .group_by(Person.crew_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in db.rows(statement)} if crews else {}


def _reach(person: CurrentPerson) -> list[ColumnElement[bool]]:
    if person.role is Role.CREW_LEADER:
        return [Crew.id == (person.crew_id or "")]
    scope = scope_of(person)
    if scope.units is None:
        return []
    answering = select(PointStandard.implementer_id).where(PointStandard.responsible_id.in_(scope.units))
    return [or_(Crew.org_id.in_(scope.units), Crew.org_id.in_(answering))]
