"""Reads of shortages: one pick list by building and floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.queries import scope_of, within
from app.places.models import Building, Point
from app.repairs.models import Shortage
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class ShortageRow:
    """Something to bring somewhere."""

    id: str
    text: str
    times: int
    noted_at: datetime
    by: str | None
    point: str
    floor: str
    building: str
    check_id: str | None
    delivered_at: datetime | None


_ROW = (
    select(
        Shortage.id, Shortage.text, Shortage.times, Shortage.noted_at, Person.name.label("by"), Point.name, Point.floor,
        Building.name.label("building"), Shortage.check_id, Shortage.delivered_at,
    )
    .join(Point, Point.id == Shortage.point_id)
    .join(Building, Building.id == Point.building_id)
    .outerjoin(Person, Person.id == Shortage.noted_by_id)
)  # fmt: skip


def shortages_within(person: CurrentPerson) -> Sequence[ShortageRow]:
    """What is missing and not delivered within reach, in the order of walking."""
    reach = within(scope_of(person), Shortage.implementer_id, Shortage.responsible_id)
    statement = _ROW.where(Shortage.delivered_at.is_(None), *reach)
    return [ShortageRow(*row) for row in db.rows(statement.order_by(Building.code, Point.floor, Point.code))]


def delivered_since(person: CurrentPerson, since: datetime) -> Sequence[ShortageRow]:
    """What was ticked since then, the newest first."""
    reach = within(scope_of(person), Shortage.implementer_id, Shortage.responsible_id)
    statement = _ROW.where(Shortage.delivered_at >= since, *reach)
    return [ShortageRow(*row) for row in db.rows(statement.order_by(Shortage.delivered_at.desc()).limit(50))]
