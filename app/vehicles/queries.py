"""Reads of the vehicles within reach: points of their kind with the attributes of their file."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from app import db
from app.organisations.queries import scope_of
from app.organisations.rules import Scope
from app.places.models import PointStandard
from app.places.queries import PlacedPoint, current_codes, points_within
from app.refusals import NotFound
from app.vehicles.rules import VEHICLE, Vehicle
from app.web.current import CurrentPerson
from app.web.words import lazy

EVERYWHERE = Scope(None, answering=True)


def vehicles_within(person: CurrentPerson) -> list[Vehicle]:
    """The vehicles that this person reaches, in the order of their codes. Four queries at most."""
    return _vehicles(points_within(scope_of(person)))


def all_vehicles() -> list[Vehicle]:
    """Every vehicle, for the timer."""
    return _vehicles(points_within(EVERYWHERE))


def vehicle_for(person: CurrentPerson, point_id: str) -> Vehicle:
    """One vehicle within reach; raises NotFound."""
    found = next((each for each in vehicles_within(person) if each.point_id == point_id), None)
    if found is None:
        raise NotFound(lazy("There is no such vehicle, or it belongs to another unit."))
    return found


def anything_driven() -> bool:
    """Whether there is a vehicle at all: a cheap look before the timer works."""
    return bool(all_vehicles())


def codes_at(point_ids: Collection[str]) -> dict[str, list[str]]:
    """The standards that hold at each point."""
    columns = (PointStandard.point_id, PointStandard.standard_code)
    found: dict[str, list[str]] = {}
    statement = select(*columns).where(PointStandard.point_id.in_(point_ids)).order_by(*columns)
    for row in db.rows(statement):
        found.setdefault(row.point_id, []).append(row.standard_code)
    return found


def _vehicles(points: Iterable[PlacedPoint]) -> list[Vehicle]:
    placed = [point for point in points if point.kind == VEHICLE]
    ids = [point.id for point in placed]
    if not ids:
        return []
    labels, units = current_codes(ids), _units(ids)
    return [
        Vehicle(
            point.id, point.name, labels.get(point.id), point.photo_allowed, *units.get(point.id, ("", "")),
            attrs=point.attrs.get("vehicle") or {},
        )
        for point in placed
    ]  # fmt: skip


def _units(ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Implementer and responsible department of the first standard at each point."""
    columns = (PointStandard.point_id, PointStandard.implementer_id, PointStandard.responsible_id)
    newest_first = select(*columns).where(PointStandard.point_id.in_(ids)).order_by(PointStandard.standard_code.desc())
    return {row.point_id: (row.implementer_id, row.responsible_id) for row in db.rows(newest_first)}
