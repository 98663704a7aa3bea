"""Reads of patrol routes, their points, and the runs of some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.queries import scope_of, within
from app.patrols.models import PatrolRoute
from app.patrols.rules import Route, Run, Visit, judged
from app.places.models import Point, PointStandard
from app.places.queries import current_codes
from app.schedule.models import Occurrence
from app.schedule.rules_states import State
from app.standards.models import Standard
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class Place:
    """A point of a route."""

    id: str
    code: str
    name: str
    label: str | None


@dataclass(frozen=True)
class Choice:
    """A standard with the points where it can be walked."""

    code: str
    title: str
    points: tuple[Place, ...]


_FIELDS = ("id", "name", "org_id", "standard_code", "points", "ordered", "least_minutes", "most_minutes", "retired_at")
_COLUMNS = [getattr(PatrolRoute, name) for name in _FIELDS]


def routes_of(person: CurrentPerson) -> list[Route]:
    """The routes that the person reaches and that are walked, by name."""
    reach = _reach(person)
    statement = select(*_COLUMNS).where(PatrolRoute.retired_at.is_(None)).order_by(PatrolRoute.name, PatrolRoute.id)
    return [route for row in db.rows(statement) if _reached(route := _route(row), reach)]


def route_for(person: CurrentPerson, route_id: str) -> Route | None:
    """One route within reach, retired or not."""
    found = db.row(select(*_COLUMNS).where(PatrolRoute.id == route_id))
    route = _route(found) if found else None
    return route if route and _reached(route, _reach(person)) else None


def route_by_id(route_id: str) -> Route | None:
    """One route, whoever asks."""
    found = db.row(select(*_COLUMNS).where(PatrolRoute.id == route_id))
    return _route(found) if found else None


def places(point_ids: Sequence[str]) -> dict[str, Place]:
    """Names and labels of points by id."""
    labels = current_codes(point_ids)
    statement = select(Point.id, Point.code, Point.name).where(Point.id.in_(point_ids))
    return {row.id: Place(row.id, row.code, row.name, labels.get(row.id)) for row in db.rows(statement)}


def choices(person: CurrentPerson) -> list[Choice]:
    """Standards and the active points in reach where each holds: what a route can be made of."""
    statement = (
        select(Standard.code, Standard.title, Point.id, Point.code.label("point_code"), Point.name)
        .join(PointStandard, PointStandard.standard_code == Standard.code)
        .join(Point, Point.id == PointStandard.point_id)
        .where(Point.active, *within(scope_of(person), PointStandard.implementer_id, PointStandard.responsible_id))
        .order_by(Standard.code, Point.code)
    )
    found: dict[str, tuple[str, list[Place]]] = {}
    for row in db.rows(statement):
        found.setdefault(row.code, (row.title, []))[1].append(Place(row.id, row.point_code, row.name, None))
    return [Choice(code, title, tuple(points)) for code, (title, points) in found.items()]


def runs_of(route: Route, first: date, last: date) -> list[Run]:
    """Each time the route is walked from first to last, by start; a window at several points is one run."""
    columns = (
        Occurrence.point_id, Occurrence.state, Occurrence.start_at, Occurrence.grace_end_at, Occurrence.expire_at,
        Occurrence.done_at, Person.name, Occurrence.check_id,
    )  # fmt: skip
    statement = (
        select(Occurrence.business_on, Occurrence.window_key, Occurrence.label, *columns)
        .outerjoin(Person, Person.id == Occurrence.done_by_id)
        .where(Occurrence.standard_code == route.standard_code, Occurrence.point_id.in_(route.points))
        .where(Occurrence.business_on.between(first, last))
        .order_by(Occurrence.start_at, Occurrence.window_key)
    )
    groups: dict[tuple[date, str], tuple[str, list[Visit]]] = {}
    for row in db.rows(statement):
        group = groups.setdefault((row.business_on, row.window_key.split("/", 1)[1]), (row.label, []))
        group[1].append(Visit(row[3], State(row[4]), row[5], row[6], row[7], row[8], row[9] or "", row[10]))
    return [judged(route, on, window, label, visits) for (on, window), (label, visits) in groups.items()]


def implementer_at(point_id: str, code: str) -> str | None:
    """The unit that does a standard at a point."""
    statement = select(PointStandard.implementer_id).where(PointStandard.point_id == point_id)
    found: str | None = db.scalar(statement.where(PointStandard.standard_code == code))
    return found


def _reach(person: CurrentPerson) -> frozenset[tuple[str, str]]:
    clauses = within(scope_of(person), PointStandard.implementer_id, PointStandard.responsible_id)
    found = db.rows(select(PointStandard.point_id, PointStandard.standard_code).where(*clauses))
    return frozenset((row.point_id, row.standard_code) for row in found)


def _reached(route: Route, reach: frozenset[tuple[str, str]]) -> bool:
    return all((point_id, route.standard_code) in reach for point_id in route.points)


def _route(row: Any) -> Route:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Route(**(values | {"points": tuple(row.points)}))
