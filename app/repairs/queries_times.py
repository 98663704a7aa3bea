"""Reads of response times: the courses of the orders of a half-year, and the orders behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import db
from app.repairs.models import RepairOrder
from app.repairs.queries_list import OrderRow, orders_for, visible
from app.repairs.rules_times import Course
from app.web.current import CurrentPerson


def courses(person: CurrentPerson, first: datetime, last: datetime) -> list[Course]:
    """Orders within reach that were opened in this time."""
    columns = (RepairOrder.trade_id, RepairOrder.opened_at, RepairOrder.accepted_at, RepairOrder.arrived_at)
    statement = select(*columns, RepairOrder.repaired_at).where(visible(person), *_opened(first, last))
    return [Course(*row) for row in db.rows(statement)]


def orders_opened(
    person: CurrentPerson, first: datetime, last: datetime, trade_id: str, phase: str
) -> Sequence[OrderRow]:
    """The orders behind a figure: of a trade, and those only that reached a phase."""
    wanted = _opened(first, last)
    if trade_id:
        wanted.append(RepairOrder.trade_id == trade_id)
    if phase in ("accepted", "arrived", "repaired"):
        wanted.append(getattr(RepairOrder, f"{phase}_at").is_not(None))
    clause = wanted[0]
    for each in wanted[1:]:
        clause = clause & each
    return orders_for(person, only=clause)


def _opened(first: datetime, last: datetime) -> list:  # type: ignore[type-arg]
    return [RepairOrder.opened_at >= first, RepairOrder.opened_at < last]
