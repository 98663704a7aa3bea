"""Reads of calls: what stands at a point, what is mine, what a desk sees, whom the next rung is due for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from app import db
from app.accounts.models import Person
from app.feedback.models import FeedbackCall, FeedbackItem
from app.feedback.rules_calls import OPEN, CallState, Need
from app.organisations.models import Organisation
from app.organisations.queries import scope_of, within
from app.places.models import Building, LabelCode, Point, PointStandard
from app.standards.models import Standard
from app.web.current import CurrentPerson, Role

SHOWN_AFTER = timedelta(minutes=45)
MOST_SHOWN = 200


@dataclass(frozen=True)
class Call:
    """A call as pages show it; `code` is the label to scan there."""

    id: str
    point_id: str
    point: str
    building: str
    floor: str
    zone: str
    code: str | None
    need: Need
    state: CallState
    taps: int
    first_at: datetime
    due_at: datetime
    told_id: str | None
    told: str | None
    rung: int
    accepted_by_id: str | None
    accepted_by: str | None
    accepted_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    implementer_id: str
    responsible_id: str
    repair_id: str | None


@dataclass(frozen=True)
class Target:
    """Whom a call at a point is for: the standard, its units, and what the contract says."""

    standard_code: str
    implementer_id: str
    responsible_id: str
    implementer_path: str
    profile: dict[str, Any] | None
    public: bool


@dataclass(frozen=True)
class Seen:
    """A call as everybody at the point may see it."""

    id: str
    need: Need
    state: CallState
    taps: int
    first_at: datetime
    due_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Rising:
    """An open call whose next one is to be told."""

    id: str
    point_id: str
    point: str
    need: Need
    state: CallState
    rung: int
    first_at: datetime
    due_at: datetime
    told_id: str | None
    implementer_id: str
    responsible_id: str


_TOLD, _TAKER = Person.__table__.alias("told"), Person.__table__.alias("taker")
_CURRENT = (LabelCode.point_id == Point.id, LabelCode.replaced_by.is_(None), LabelCode.withdrawn_at.is_(None))


def _calls() -> Select[Any]:
    call = FeedbackCall
    columns = (
        call.id, call.point_id, Point.name, Building.name, Point.floor, Point.zone, LabelCode.code, call.need,
        call.state, call.taps, call.first_at, call.due_at, call.told_id, _TOLD.c.name, call.rung, call.accepted_by_id,
        _TAKER.c.name, call.accepted_at, call.arrived_at, call.ended_at, call.implementer_id, call.responsible_id,
        call.repair_id,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Point, Point.id == call.point_id)
        .join(Building, Building.id == Point.building_id)
        .outerjoin(LabelCode, (_CURRENT[0]) & _CURRENT[1] & _CURRENT[2])
        .outerjoin(_TOLD, _TOLD.c.id == call.told_id)
        .outerjoin(_TAKER, _TAKER.c.id == call.accepted_by_id)
    )


def call_by_id(call_id: str) -> Call | None:
    """One call."""
    found = db.row(_calls().where(FeedbackCall.id == call_id))
    return _call(found) if found else None


def open_calls_at(point_id: str) -> list[Call]:
    """What stands at a point, oldest first."""
    statement = _calls().where(FeedbackCall.point_id == point_id, FeedbackCall.ended_at.is_(None))
    return [_call(row) for row in db.rows(statement.order_by(FeedbackCall.first_at))]


def calls_for(person: CurrentPerson) -> list[Call]:
    """Open calls of the unit's hands: those told to or taken by this person, a crew leader sees all of the unit."""
    clauses: list[Any] = [FeedbackCall.ended_at.is_(None)]
    if person.role is Role.CREW_LEADER:
        clauses += within(scope_of(person), FeedbackCall.implementer_id, FeedbackCall.responsible_id)
    else:
        clauses.append(or_(FeedbackCall.told_id == person.id, FeedbackCall.accepted_by_id == person.id))
    return [_call(row) for row in db.rows(_calls().where(*clauses).order_by(FeedbackCall.first_at).limit(MOST_SHOWN))]


def calls_within(person: CurrentPerson, since: datetime) -> list[Call]:
    """For the desk: all open ones within reach, oldest first, then those that ended since, newest first."""
    statement = _calls().where(or_(FeedbackCall.ended_at.is_(None), FeedbackCall.ended_at >= since), *_reach(person))
    ordered = statement.order_by(FeedbackCall.ended_at.isnot(None), FeedbackCall.first_at.desc())
    return [_call(row) for row in db.rows(ordered.limit(MOST_SHOWN))]


_AT_POINT = db.Prepared(
    select(
        FeedbackCall.id, FeedbackCall.need, FeedbackCall.state, FeedbackCall.taps, FeedbackCall.first_at,
        FeedbackCall.due_at, FeedbackCall.ended_at,
    )
    .where(FeedbackCall.point_id == bindparam("point_id"), FeedbackCall.first_at > bindparam("since"))
    .order_by(FeedbackCall.first_at)
)  # fmt: skip


def seen_at(point_id: str, now: datetime) -> dict[Need, Seen]:
    """What visitors see at a point: the newest call of each need that is open or ended a short while ago."""
    found = db.rows(_AT_POINT, {"point_id": point_id, "since": now - timedelta(days=1)})
    shown = [Seen(row[0], Need(row[1]), CallState(row[2]), *row[3:]) for row in found]
    return {each.need: each for each in shown if each.ended_at is None or each.ended_at > now - SHOWN_AFTER}


def targets_at(point_id: str) -> list[Target]:
    """The standards of a point with their units, in number order."""
    statement = (
        select(
            PointStandard.standard_code, PointStandard.implementer_id, PointStandard.responsible_id, Organisation.path,
            Organisation.profile, Standard.public,
        )
        .join(Organisation, Organisation.id == PointStandard.implementer_id)
        .join(Standard, Standard.code == PointStandard.standard_code)
        .where(PointStandard.point_id == point_id)
        .order_by(PointStandard.standard_code)
    )  # fmt: skip
    return [Target(*row) for row in db.rows(statement)]


def standing_call(point_id: str, need: Need) -> Call | None:
    """The open call of this need at a point, which another tap joins."""
    clauses = (FeedbackCall.point_id == point_id, FeedbackCall.need == need, FeedbackCall.ended_at.is_(None))
    found = db.row(_calls().where(*clauses))
    return _call(found) if found else None


def tapped_before(call_id: str, device: str) -> bool:
    """Whether this device has tapped for the call already."""
    clauses = (FeedbackItem.call_id == call_id, FeedbackItem.device == device)
    return bool(db.scalar(select(func.count()).select_from(FeedbackItem).where(*clauses)))


def rising(now: datetime) -> list[Rising]:
    """Calls whose next rung is due."""
    call = FeedbackCall
    statement = (
        select(
            call.id, call.point_id, Point.name, call.need, call.state, call.rung, call.first_at, call.due_at,
            call.told_id, call.implementer_id, call.responsible_id,
        )
        .join(Point, Point.id == call.point_id)
        .where(call.next_rung_at <= now, call.ended_at.is_(None))
        .order_by(call.next_rung_at, call.id)
    )  # fmt: skip
    found = (tuple(row) for row in db.rows(statement))
    return [Rising(*row[:3], Need(row[3]), CallState(row[4]), *row[5:]) for row in found]  # type: ignore[call-arg]


def given_up(before: datetime) -> list[tuple[str, str]]:
    """Id and point of open calls that began before."""
    clauses = (FeedbackCall.ended_at.is_(None), FeedbackCall.first_at < before)
    return [tuple(row) for row in db.rows(select(FeedbackCall.id, FeedbackCall.point_id).where(*clauses))]


def anything_rising(now: datetime) -> bool:
    """A cheap look before the job."""
    due = or_(FeedbackCall.next_rung_at <= now, FeedbackCall.first_at < now - timedelta(days=1))
    return db.scalar(select(FeedbackCall.id).where(FeedbackCall.ended_at.is_(None), due).limit(1)) is not None


def _reach(person: CurrentPerson) -> Sequence[ColumnElement[bool]]:
    return within(scope_of(person), FeedbackCall.implementer_id, FeedbackCall.responsible_id)


def _call(row: db.AnyRow) -> Call:
    plain: tuple[Any, ...] = tuple(row)
    return Call(*plain[:7], Need(plain[7]), CallState(plain[8]), *plain[9:])  # type: ignore[call-arg]


def is_open(call: Call) -> bool:
    """Somebody has still to see to it."""
    return call.state in OPEN
