"""Reads of dispatch orders (派车单): events of vehicles that are on, with what became of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.schedule.models import ScheduleEvent
from app.schedule.rules_events import EventKind
from app.vehicles.models import VehicleTrip
from app.web.current import HANDS

KINDS = (EventKind.DISPATCH, EventKind.URGENT_DISPATCH)


@dataclass(frozen=True, slots=True)
class Order:
    """An order for a vehicle; `trip_id` once somebody departed by it."""

    id: str
    kind: str
    point_id: str
    starts_at: datetime
    ends_at: datetime | None
    facts: Mapping[str, Any]
    cancelled_at: datetime | None
    trip_id: str | None
    returned_at: datetime | None

    @property
    def is_urgent(self) -> bool:
        return self.kind == EventKind.URGENT_DISPATCH

    @property
    def driver_id(self) -> str:
        return str(self.facts.get("dispatch.driver", ""))

    @property
    def purpose(self) -> str:
        return str(self.facts.get("dispatch.purpose", ""))

    @property
    def number(self) -> str:
        return str(self.facts.get("dispatch.number", ""))

    @property
    def waits(self) -> bool:
        """Nobody has departed by it yet."""
        return self.trip_id is None and self.cancelled_at is None


def orders_between(point_ids: Collection[str], since: datetime, until: datetime) -> list[Order]:
    """Orders of these vehicles that begin in this time, in time order."""
    columns = (
        ScheduleEvent.id, ScheduleEvent.kind, ScheduleEvent.point_id, ScheduleEvent.starts_at, ScheduleEvent.ends_at,
        ScheduleEvent.facts, ScheduleEvent.cancelled_at, VehicleTrip.id, VehicleTrip.returned_at,
    )  # fmt: skip
    statement = (
        select(*columns)
        .outerjoin(VehicleTrip, VehicleTrip.event_id == ScheduleEvent.id)
        .where(ScheduleEvent.point_id.in_(point_ids), ScheduleEvent.kind.in_(KINDS))
        .where(ScheduleEvent.starts_at >= since, ScheduleEvent.starts_at < until)
        .order_by(ScheduleEvent.starts_at, ScheduleEvent.id)
    )
    return [_order(row) for row in db.rows(statement)]


def order_by_id(order_id: str) -> Order | None:
    """One order, whoever's it is."""
    columns = (
        ScheduleEvent.id, ScheduleEvent.kind, ScheduleEvent.point_id, ScheduleEvent.starts_at, ScheduleEvent.ends_at,
        ScheduleEvent.facts, ScheduleEvent.cancelled_at, VehicleTrip.id, VehicleTrip.returned_at,
    )  # fmt: skip
    statement = select(*columns).outerjoin(VehicleTrip, VehicleTrip.event_id == ScheduleEvent.id)
    found = db.row(statement.where(ScheduleEvent.id == order_id, ScheduleEvent.kind.in_(KINDS)))
    return _order(found) if found else None


def drivers(unit_ids: Collection[str]) -> list[tuple[str, str]]:
    """(id, name) of the hands of these units: who may be sent."""
    statement = (
        select(Person.id, Person.name)
        .join(Organisation, Organisation.id == Person.org_id)
        .where(Person.active, Person.role.in_(HANDS), Person.org_id.in_(unit_ids))
        .order_by(Person.id)
    )
    return [(row.id, row.name) for row in db.rows(statement)]


def _order(row: db.AnyRow) -> Order:
    values = list(row)
    values[5] = values[5] or {}
    return Order(*values)
