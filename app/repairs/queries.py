"""Reads of repair orders that other rooms ask for: by place, by report, and the trade on duty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.nonconformities.models import Finding
from app.nonconformities.rules import STANDING
from app.places.models import Point, PointStandard
from app.repairs.models import RepairEvent, RepairOrder, RepairTrade
from app.repairs.rules import DOERS, UNFINISHED, Opened, OrderEventKind, OrderState, Trade

_TRADE = (
    RepairTrade.id,
    RepairTrade.name,
    RepairTrade.name_en,
    RepairTrade.org_id,
    RepairTrade.point_kinds,
    RepairTrade.words,
    RepairTrade.crew_id,
    RepairTrade.person_id,
)


@dataclass(frozen=True)
class OpenOrder:
    """An unfinished order as the next scanner and a visitor hear of it."""

    id: str
    number: str
    text: str
    state: OrderState
    trade: str
    trade_en: str
    opened_at: datetime
    finding_id: str | None


@dataclass(frozen=True)
class Place:
    """Name and kind of a point and the units that a fault there concerns."""

    name: str
    kind: str
    implementer_id: str
    responsible_id: str


def trades() -> list[Trade]:
    """All trades in the order that decides between them."""
    found = db.rows(select(*_TRADE).order_by(RepairTrade.position, RepairTrade.id))
    return [_trade(row) for row in found]


def open_orders_at(point_id: str) -> list[OpenOrder]:
    """What is reported and not finished at a point, oldest first."""
    return open_orders_at_points([point_id]).get(point_id, [])


def open_orders_at_points(point_ids: list[str]) -> dict[str, list[OpenOrder]]:
    """The same for several points, by point."""
    columns = (RepairOrder.id, RepairOrder.number, RepairOrder.text, RepairOrder.state, RepairTrade.name)
    more = (RepairTrade.name_en, RepairOrder.opened_at, RepairOrder.finding_id, RepairOrder.point_id)
    statement = (
        select(*columns, *more)
        .join(RepairTrade, RepairTrade.id == RepairOrder.trade_id)
        .where(RepairOrder.point_id.in_(point_ids), RepairOrder.state.in_(UNFINISHED))
        .order_by(RepairOrder.opened_at, RepairOrder.id)
    )
    found: dict[str, list[OpenOrder]] = {}
    for row in db.rows(statement):
        order = OpenOrder(row[0], row[1], row[2], OrderState(row[3]), *row[4:8])
        found.setdefault(row.point_id, []).append(order)
    return found


def order_of_report(report_id: str) -> Opened | None:
    """Where a report with this client's number went before."""
    statement = (
        select(RepairOrder.id, RepairOrder.number, RepairEvent.kind)
        .join(RepairEvent, RepairEvent.order_id == RepairOrder.id)
        .where(RepairEvent.report_id == report_id)
    )
    found = db.row(statement)
    return Opened(found.id, found.number, found.kind != "opened") if found else None


def order_with_key(key: str) -> tuple[str, str] | None:
    """Id and number of the open order under this key."""
    found = db.row(select(RepairOrder.id, RepairOrder.number).where(RepairOrder.open_key == key))
    return (found.id, found.number) if found else None


def reported(order_id: str, person_id: str) -> bool:
    """Whether this person is among those who reported it."""
    kinds = (OrderEventKind.OPENED, OrderEventKind.JOINED, OrderEventKind.REOPENED)
    statement = select(RepairEvent.id).where(RepairEvent.order_id == order_id, RepairEvent.by_id == person_id)
    return db.row(statement.where(RepairEvent.kind.in_(kinds)).limit(1)) is not None


def reporters_of(order_id: str) -> list[str]:
    """Everybody signed in who reported it, once."""
    kinds = (OrderEventKind.OPENED, OrderEventKind.JOINED, OrderEventKind.REOPENED)
    statement = select(RepairEvent.by_id).where(RepairEvent.order_id == order_id, RepairEvent.kind.in_(kinds))
    return sorted({row.by_id for row in db.rows(statement) if row.by_id})


def people_on_duty(trade: Trade) -> list[str]:
    """Whom an order of this trade is told: the person named, else the crew, else the hands and leaders of the unit."""
    people = select(Person.id).where(Person.active, Person.org_id == trade.org_id, Person.role.in_(DOERS))
    if trade.person_id:
        return [trade.person_id]
    if trade.crew_id:
        people = people.where(Person.crew_id == trade.crew_id)
    return [row.id for row in db.rows(people.order_by(Person.id))]


def states_of_findings(finding_ids: Collection[str]) -> dict[str, str]:
    """Finding -> state of its newest order, for those that have one."""
    columns = (RepairOrder.finding_id, RepairOrder.state)
    found = db.rows(select(*columns).where(RepairOrder.finding_id.in_(finding_ids)).order_by(RepairOrder.opened_at))
    return {row.finding_id: row.state for row in found}


def finished_at(point_id: str, fault: str, since: datetime) -> str | None:
    """The newest order of this fault that was finished since then; its finding has not been closed."""
    ended = func.coalesce(RepairOrder.repaired_at, RepairOrder.opened_at, type_=RepairOrder.opened_at.type)
    statement = (
        select(RepairOrder.id)
        .join(Finding, Finding.id == RepairOrder.finding_id)
        .where(RepairOrder.point_id == point_id, RepairOrder.fault == fault, Finding.state.in_(STANDING))
        .where(RepairOrder.open_key.is_(None), ended >= since)
        .order_by(RepairOrder.opened_at.desc())
    )
    found: str | None = db.scalar(statement.limit(1))
    return found


def finished_of_findings(finding_ids: Collection[str]) -> list[str]:
    """Orders of these findings that count as repaired or declined."""
    ended = (OrderState.REPAIRED, OrderState.DECLINED)
    statement = select(RepairOrder.id).where(RepairOrder.finding_id.in_(finding_ids), RepairOrder.state.in_(ended))
    return [row.id for row in db.rows(statement.order_by(RepairOrder.opened_at, RepairOrder.id))]


def place_of(point_id: str, standard_code: str = "") -> Place | None:
    """The point's kind with the units of this standard there, else of its first one."""
    statement = (
        select(Point.name, Point.kind, PointStandard.implementer_id, PointStandard.responsible_id)
        .outerjoin(PointStandard, PointStandard.point_id == Point.id)
        .where(Point.id == point_id)
        .order_by(PointStandard.standard_code != standard_code, PointStandard.standard_code)
        .limit(1)
    )
    found = db.row(statement)
    return Place(found[0], found[1], found[2] or "", found[3] or "") if found else None


def _trade(row: db.AnyRow) -> Trade:
    return Trade(row[0], row[1], row[2], row[3], tuple(row[4]), tuple(row[5]), row[6], row[7])
