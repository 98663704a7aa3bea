"""Reads of boards in lobbies: which buildings have one, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select

from app import db
from app.lobby.rules import KEY, LOOK_AHEAD, LOOK_BACK, Line
from app.places.models import Building, Point, PointStandard
from app.places.rules import NAMED_BELOW
from app.schedule.models import Occurrence
from app.schedule.rules_states import State
from app.standards.models import Standard


@dataclass(frozen=True)
class House:
    """A building; `key` is the address of its board, None without one."""

    id: str
    name: str
    name_en: str
    key: str | None


_HOUSE = (Building.id, Building.name, Building.name_en, Building.board_key)


def houses() -> list[House]:
    """All buildings by their code."""
    return [House(*row) for row in db.rows(select(*_HOUSE).order_by(Building.code))]


def house_by_id(building_id: str) -> House | None:
    """One building."""
    row = db.row(select(*_HOUSE).where(Building.id == building_id))
    return House(*row) if row else None


def house_behind(key: str) -> House | None:
    """The building whose board has this address."""
    row = db.row(select(*_HOUSE).where(Building.board_key == key)) if KEY.fullmatch(key) else None
    return House(*row) if row else None


def lines_of(building_id: str, midnight: datetime, now: datetime) -> list[Line]:
    """What visitors may know (contract, Public page) of each point of a building, by floor; one query.

    Only standards marked public, and no point whose place is kept from strangers.
    """
    near = and_(
        Occurrence.point_id == Point.id,
        Occurrence.standard_code == Standard.code,
        Occurrence.start_at >= now - LOOK_BACK,
        Occurrence.start_at < now + LOOK_AHEAD,
    )
    ahead = and_(Occurrence.start_at > now, Occurrence.state == State.PLANNED)
    last, following = func.max(Occurrence.done_at), func.min(case((ahead, Occurrence.start_at)))
    today = func.count().filter(Occurrence.done_at >= midnight)
    statement = (
        select(Point.name, Point.name_en, Point.floor, Point.kind, Point.zone, last, following, today)
        .join(PointStandard, PointStandard.point_id == Point.id)
        .join(Standard, and_(Standard.code == PointStandard.standard_code, Standard.public))
        .outerjoin(Occurrence, near)
        .where(Point.building_id == building_id, Point.active, Point.risk < NAMED_BELOW)
        .group_by(Point.id, Point.code, Point.name, Point.name_en, Point.floor, Point.kind, Point.zone)
        .order_by(Point.code)
    )
    return [Line(*row) for row in db.rows(statement)]
