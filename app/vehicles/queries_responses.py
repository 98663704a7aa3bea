"""Reads of calls for vehicles: every order of a time with when it was given and when somebody departed by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.schedule.models import ScheduleEvent, ScheduleEventChange
from app.schedule.rules_events import EventKind
from app.vehicles.models import VehicleTrip
from app.vehicles.queries_orders import KINDS
from app.vehicles.rules_response import Called, is_own_start


def calls_between(point_ids: Collection[str], since: datetime, until: datetime) -> list[Called]:
    """Orders for these vehicles wanted in this time, newest first; trips that began without an order are none."""
    given = func.min(ScheduleEventChange.at, type_=ScheduleEventChange.at.type).label("given_at")
    first = select(ScheduleEventChange.event_id, given).where(ScheduleEventChange.kind == "put")
    put = first.group_by(ScheduleEventChange.event_id).subquery()
    columns = (
        ScheduleEvent.id, ScheduleEvent.kind, ScheduleEvent.point_id, ScheduleEvent.starts_at, ScheduleEvent.facts,
        ScheduleEvent.cancelled_at, put.c.given_at, VehicleTrip.id.label("trip_id"), VehicleTrip.started_at,
        VehicleTrip.number, Person.name,
    )  # fmt: skip
    statement = (
        select(*columns)
        .outerjoin(put, put.c.event_id == ScheduleEvent.id)
        .outerjoin(VehicleTrip, VehicleTrip.event_id == ScheduleEvent.id)
        .outerjoin(Person, Person.id == VehicleTrip.driver_id)
        .where(ScheduleEvent.point_id.in_(point_ids), ScheduleEvent.kind.in_(KINDS))
        .where(ScheduleEvent.starts_at >= since, ScheduleEvent.starts_at < until)
        .order_by(ScheduleEvent.starts_at.desc(), ScheduleEvent.id, VehicleTrip.started_at)
    )
    found: dict[str, Called] = {}
    for row in db.rows(statement):
        unknown_start = row.trip_id is not None and row.started_at is None
        if row.id not in found and not unknown_start and not is_own_start(row.given_at, row.started_at):
            found[row.id] = _called(row)
    return list(found.values())


def _called(row: db.AnyRow) -> Called:
    facts = row.facts or {}
    return Called(
        row.id, row.point_id, row.number or str(facts.get("dispatch.number", "")),
        str(facts.get("dispatch.purpose", "")), row.name or "", row.kind == EventKind.URGENT_DISPATCH, row.starts_at,
        row.given_at, row.started_at, row.cancelled_at,
    )  # fmt: skip
