"""Reads of the repair pages: lists within reach, one order with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, true

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.places.models import Area, Building, Point
from app.refusals import NotFound
from app.repairs.models import RepairEvent, RepairOrder, RepairTrade
from app.repairs.rules import UNFINISHED, OrderEventKind, OrderState
from app.web.current import CurrentPerson
from app.web.words import lazy

SHOWN = 200
A_PAGE = 50
_NAMES = (
    "id", "number", "point_id", "trade_id", "org_id", "implementer_id", "responsible_id", "fault", "text",
    "finding_id", "check_id", "feedback_id", "opened_at", "opened_by_id", "accepted_at", "accepted_by_id",
    "arrived_at", "repaired_at", "repaired_by_id", "reopened", "state",
)  # fmt: skip


@dataclass(frozen=True)
class OrderRow:
    """An order with the words that pages show; `org_path` is the repairing unit's."""

    id: str
    number: str
    point_id: str
    trade_id: str
    org_id: str
    implementer_id: str
    responsible_id: str
    fault: str
    text: str
    finding_id: str | None
    check_id: str | None
    feedback_id: str | None
    opened_at: datetime
    opened_by_id: str | None
    accepted_at: datetime | None
    accepted_by_id: str | None
    arrived_at: datetime | None
    repaired_at: datetime | None
    repaired_by_id: str | None
    reopened: int
    state: OrderState
    trade: str
    trade_en: str
    org: str
    org_path: str
    point: str
    floor: str
    zone: str
    photo_allowed: bool
    building: str

    @property
    def is_open(self) -> bool:
        return self.state in UNFINISHED


@dataclass(frozen=True)
class OrderEvent:
    """A line of an order's history; no name means the public or the program."""

    kind: str
    at: datetime
    by_id: str | None
    by: str | None
    text: str
    data: Mapping[str, Any]


_ROW = (
    select(
        *(getattr(RepairOrder, name) for name in _NAMES),
        RepairTrade.name.label("trade"),
        RepairTrade.name_en,
        Organisation.name.label("org"),
        Organisation.path,
        Point.name.label("point"),
        Point.floor,
        Point.zone,
        Point.photo_allowed & Area.photo_allowed,
        Building.name.label("building"),
    )
    .join(RepairTrade, RepairTrade.id == RepairOrder.trade_id)
    .join(Organisation, Organisation.id == RepairOrder.org_id)
    .join(Point, Point.id == RepairOrder.point_id)
    .join(Area, Area.id == Point.area_id)
    .join(Building, Building.id == Point.building_id)
)


def visible(person: CurrentPerson) -> ColumnElement[bool]:
    """Own reports, orders for the own unit or one above it, and those at places of the own units."""
    units = scope_of(person).units
    if units is None:
        return true()
    reached = [*units, *person.org_path.strip("/").split("/")]
    return or_(
        RepairOrder.org_id.in_(reached),
        RepairOrder.implementer_id.in_(units),
        RepairOrder.responsible_id.in_(units),
        RepairOrder.opened_by_id == person.id,
    )


def orders_for(
    person: CurrentPerson, *, only: ColumnElement[bool] | None = None, most: int = SHOWN, after: int = 0
) -> Sequence[OrderRow]:
    """Within reach: unfinished first, the oldest first; then what is done, the newest first; `most` from `after` on."""
    open_first = case((RepairOrder.state.in_(UNFINISHED), 0), else_=1)
    age = case((RepairOrder.state.in_(UNFINISHED), RepairOrder.opened_at))
    statement = _ROW.where(visible(person), *(() if only is None else (only,)))
    ordered = statement.order_by(open_first, age, RepairOrder.opened_at.desc(), RepairOrder.id)
    return [_row(row) for row in db.rows(ordered.limit(most).offset(after))]


def page_of(person: CurrentPerson, page: int, *, reported: bool) -> tuple[Sequence[OrderRow], int]:
    """A page of fifty of all within reach, or of what this person reported, and how many pages there are."""
    only = RepairOrder.opened_by_id == person.id if reported else true()
    whole = select(func.count()).select_from(RepairOrder).where(visible(person), only)
    pages = max(1, -(-int(db.scalar(whole) or 0) // A_PAGE))
    return orders_for(person, only=only, most=A_PAGE, after=(min(page, pages) - 1) * A_PAGE), pages


def to_do(person: CurrentPerson) -> Sequence[OrderRow]:
    """Unfinished orders for the unit of this person or one above it."""
    above = person.org_path.strip("/").split("/")
    return orders_for(person, only=RepairOrder.org_id.in_(above) & RepairOrder.state.in_(UNFINISHED))


def orders_waiting(person: CurrentPerson) -> int:
    """How many unfinished orders there are for the unit of this person or one above it. One query."""
    above = person.org_path.strip("/").split("/")
    waiting = (RepairOrder.org_id.in_(above), RepairOrder.open_key.is_not(None))
    return int(db.scalar(select(func.count()).select_from(RepairOrder).where(*waiting)) or 0)


def order_for(person: CurrentPerson, order_id: str) -> OrderRow:
    """One order within reach; raises NotFound."""
    found = db.row(_ROW.where(RepairOrder.id == order_id, visible(person)))
    if found is None:
        raise NotFound(lazy("There is no such repair order, or it belongs to another unit."))
    return _row(found)


def order_seen(order_id: str) -> OrderRow:
    """One order whoever asks, for what a check sets going; raises NotFound."""
    found = db.row(_ROW.where(RepairOrder.id == order_id))
    if found is None:
        raise NotFound(lazy("There is no such repair order, or it belongs to another unit."))
    return _row(found)


def history_of(order_id: str) -> Sequence[OrderEvent]:
    """All reports and steps, oldest first."""
    columns = (RepairEvent.kind, RepairEvent.at, RepairEvent.by_id, Person.name, RepairEvent.text, RepairEvent.data)
    statement = select(*columns).outerjoin(Person, Person.id == RepairEvent.by_id)
    found = db.rows(statement.where(RepairEvent.order_id == order_id).order_by(RepairEvent.id))
    return [OrderEvent(row[0], row[1], row[2], row[3], row[4], row[5] or {}) for row in found]


def openings(order_id: str) -> int:
    """How often it has come to a trade anew: opened again or handed over."""
    anew = (RepairEvent.order_id == order_id, RepairEvent.kind.in_((OrderEventKind.REOPENED, OrderEventKind.HANDED)))
    return int(db.scalar(select(func.count()).select_from(RepairEvent).where(*anew)) or 0)


def _row(row: db.AnyRow) -> OrderRow:
    values = list(row)
    place = len(_NAMES) - 1
    values[place] = OrderState(values[place])
    return OrderRow(*values)
