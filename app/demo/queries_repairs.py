"""Reads for the trades of the demo's history: what is out, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.places.models import Area, Point
from app.repairs.models import RepairEvent, RepairOrder, RepairTrade, Shortage
from app.repairs.rules import UNFINISHED


@dataclass(frozen=True)
class OpenRepair:
    """An unfinished order; `since` is when it was opened last."""

    id: str
    state: str
    trade_id: str
    org_id: str
    duty_id: str | None
    point_id: str
    point: str
    kind: str
    photo_allowed: bool
    since: datetime


@dataclass(frozen=True)
class OpenShortage:
    id: str
    implementer_id: str
    noted_at: datetime


def open_repairs() -> list[OpenRepair]:
    again = select(func.max(RepairEvent.at)).where(
        RepairEvent.order_id == RepairOrder.id, RepairEvent.kind == "reopened"
    )
    since = func.coalesce(again.scalar_subquery(), RepairOrder.opened_at, type_=RepairOrder.opened_at.type)
    statement = (
        select(
            RepairOrder.id, RepairOrder.state, RepairOrder.trade_id, RepairOrder.org_id, RepairTrade.person_id,
            Point.id, Point.name, Point.kind, Point.photo_allowed & Area.photo_allowed, since,
        )
        .join(RepairTrade, RepairTrade.id == RepairOrder.trade_id)
        .join(Point, Point.id == RepairOrder.point_id)
        .join(Area, Area.id == Point.area_id)
        .where(RepairOrder.state.in_(UNFINISHED))
        .order_by(RepairOrder.opened_at, RepairOrder.id)
    )  # fmt: skip
    return [OpenRepair(*row) for row in db.rows(statement)]


def open_shortages() -> list[OpenShortage]:
    columns = (Shortage.id, Shortage.implementer_id, Shortage.noted_at)
    found = db.rows(select(*columns).where(Shortage.delivered_at.is_(None)).order_by(Shortage.noted_at, Shortage.id))
    return [OpenShortage(*row) for row in found]
