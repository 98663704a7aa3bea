"""Reads for events entered by hand: which points wait for a kind of event, and what was entered lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.organisations.queries import scope_of, within
from app.places.models import Area, Point, PointStandard
from app.schedule.models import Occurrence, ScheduleEvent, ScheduleEventChange
from app.schedule.queries_plan import edition_plans
from app.schedule.rules_events import ANCHORS, BY_HAND, EventKind
from app.schedule.rules_states import DONE
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class Listener:
    """A point that waits for a kind of event."""

    id: str
    name: str
    area_id: str
    area: str


@dataclass(frozen=True)
class Entered:
    """An event entered by hand for several points; `group` is the id that its form had."""

    group: str
    kind: EventKind
    starts_at: datetime
    level: str
    by: str
    points: tuple[str, ...]
    event_ids: tuple[str, ...]
    due: int
    done: int
    cancelled: bool


def listeners(person: CurrentPerson, kind: EventKind) -> list[Listener]:
    """Points in reach with a standard that waits for this kind, in code order."""
    statement = (
        select(Point.id, Point.name, Area.id, Area.name, Point.code)
        .join(PointStandard, PointStandard.point_id == Point.id)
        .join(Area, Area.id == Point.area_id)
        .where(Point.active, PointStandard.standard_code.in_(_waiting(kind)))
        .where(*within(scope_of(person), PointStandard.implementer_id, PointStandard.responsible_id))
        .order_by(Point.code)
        .distinct()
    )
    return [Listener(*row[:4]) for row in db.rows(statement)]


def entered_since(since: datetime, point_ids: Collection[str]) -> list[Entered]:
    """Events by hand since then at these points, the newest first."""
    statement = (
        select(
            ScheduleEvent.id,
            ScheduleEvent.kind,
            ScheduleEvent.starts_at,
            ScheduleEvent.facts,
            ScheduleEvent.cancelled_at,
            Point.name,
            Person.name.label("by"),
        )
        .join(Point, Point.id == ScheduleEvent.point_id)
        .outerjoin(
            ScheduleEventChange,
            (ScheduleEventChange.event_id == ScheduleEvent.id) & (ScheduleEventChange.kind == "put"),
        )
        .outerjoin(Person, Person.id == ScheduleEventChange.by_id)
        .where(ScheduleEvent.kind.in_(BY_HAND), ScheduleEvent.starts_at >= since, ScheduleEvent.point_id.in_(point_ids))
        .order_by(ScheduleEvent.starts_at.desc(), ScheduleEvent.id)
    )
    groups: dict[str, list[Any]] = {}
    for row in db.rows(statement):
        groups.setdefault(row.id.rsplit(".", 1)[0], []).append(row)
    counts = _counts([row.id for found in groups.values() for row in found])
    return [_entered(group, found, counts) for group, found in groups.items()]


def events_of(group: str, point_ids: Collection[str]) -> list[str]:
    """The events that a form made at these points."""
    statement = select(ScheduleEvent.id).where(
        ScheduleEvent.id.startswith(f"{group}.", autoescape=True), ScheduleEvent.point_id.in_(point_ids)
    )
    return [row.id for row in db.rows(statement.where(ScheduleEvent.kind.in_(BY_HAND)).order_by(ScheduleEvent.id))]


def _waiting(kind: EventKind) -> frozenset[str]:
    anchors = ANCHORS[kind]
    return frozenset(
        plan.code
        for plan in edition_plans()
        if any(each.trigger is not None and each.trigger.anchor in anchors for each in plan.schedules)
    )


def _counts(event_ids: Collection[str]) -> dict[str, tuple[int, int]]:
    statement = (
        select(Occurrence.event_id, Occurrence.state, func.count().label("number"))
        .where(Occurrence.event_id.in_(event_ids), Occurrence.state != "void")
        .group_by(Occurrence.event_id, Occurrence.state)
    )
    found: dict[str, tuple[int, int]] = {}
    for row in db.rows(statement):
        due, done = found.get(row.event_id, (0, 0))
        found[row.event_id] = (due + row.number, done + (row.number if row.state in DONE else 0))
    return found


def _entered(group: str, rows: list[Any], counts: dict[str, tuple[int, int]]) -> Entered:
    first = rows[0]
    return Entered(
        group,
        EventKind(first.kind),
        first.starts_at,
        str((first.facts or {}).get("weather.level", "")),
        first.by or "",
        tuple(row.name for row in rows),
        tuple(row.id for row in rows),
        sum(counts.get(row.id, (0, 0))[0] for row in rows),
        sum(counts.get(row.id, (0, 0))[1] for row in rows),
        all(row.cancelled_at is not None for row in rows),
    )
