"""Reads of rotas: shifts, the rounds that are published, drafts, history, absences and the minutes of the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.places.queries import points_within
from app.refusals import NotFound
from app.schedule.models import Crew as CrewTable
from app.schedule.models import Round, Shift
from app.schedule.models_rota import Rota, RotaChange, Walk
from app.schedule.queries_plan import EVERYWHERE
from app.schedule.rules_days import DayType
from app.schedule.rules_rota import DAY, RoundPlan, ShiftPlan, Walking
from app.web.current import HANDS, CurrentPerson
from app.web.words import lazy

ROUND_FIELDS = ("id", "name", "org_id", "crew_id", "shift_id", "person_id", "points", "windows")


@dataclass(frozen=True)
class Draft:
    """A rota in work: the whole text of a unit's rounds, with the number of its last change."""

    id: str
    org_id: str
    revision: int
    rounds: tuple[RoundPlan, ...]
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Change:
    """A line of a rota's history."""

    kind: str
    round_id: str | None
    by: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """Something with a name to choose from."""

    id: str
    name: str


def shift_plans() -> dict[str, ShiftPlan]:
    """All shifts by id, by their start."""
    columns = (Shift.id, Shift.name, Shift.starts, Shift.ends, Shift.end_day_offset, Shift.day_types)
    return {
        row.id: ShiftPlan(
            row.id,
            row.name,
            _minute(row.starts),
            _minute(row.ends) + DAY * row.end_day_offset,
            frozenset(map(DayType, row.day_types)),
        )
        for row in db.rows(select(*columns).order_by(Shift.starts, Shift.id))
    }


def published_rounds(org_ids: Iterable[str] | None = None) -> list[RoundPlan]:
    """The rounds that rows are made from."""
    columns = [getattr(Round, name) for name in ROUND_FIELDS]
    clauses = [] if org_ids is None else [Round.org_id.in_(list(org_ids))]
    found = db.rows(select(*columns).where(Round.active, *clauses).order_by(Round.id))
    return [round_plan(dict(zip(ROUND_FIELDS, row, strict=True))) for row in found]


def round_homes(ids: Sequence[str]) -> dict[str, str]:
    """Round id to the unit that it belongs or belonged to."""
    return {row.id: row.org_id for row in db.rows(select(Round.id, Round.org_id).where(Round.id.in_(ids)))}


def round_plan(told: Mapping[str, Any]) -> RoundPlan:
    """A round as stored, in its own table or in the text of a rota."""
    values = {name: told[name] for name in ROUND_FIELDS}
    return RoundPlan(**{**values, "points": tuple(values["points"]), "windows": tuple(values["windows"])})


def draft_of(org_id: str) -> Draft | None:
    """The unit's rota in work."""
    columns = (Rota.id, Rota.org_id, Rota.revision, Rota.rounds, Person.name, Rota.made_at)
    statement = select(*columns).outerjoin(Person, Person.id == Rota.made_by_id)
    row = db.row(statement.where(Rota.org_id == org_id, Rota.state == "draft"))
    if row is None:
        return None
    return Draft(row.id, row.org_id, row.revision, tuple(map(round_plan, row.rounds)), row.name or "", row.made_at)


def rota_state(rota_id: str) -> str | None:
    """draft, published or dropped; None where there is no such rota."""
    found = db.row(select(Rota.state).where(Rota.id == rota_id))
    return found.state if found else None


def drafts_open() -> set[str]:
    """Units with a rota in work."""
    return {row.org_id for row in db.rows(select(Rota.org_id).where(Rota.state == "draft"))}


def changes_of(org_id: str, most: int = 40) -> list[Change]:
    """What was done to the unit's rotas, newest first."""
    statement = (
        select(RotaChange.kind, RotaChange.round_id, Person.name, RotaChange.at, RotaChange.data)
        .join(Rota, Rota.id == RotaChange.rota_id)
        .outerjoin(Person, Person.id == RotaChange.by_id)
        .where(Rota.org_id == org_id)
        .order_by(RotaChange.id.desc())
        .limit(most)
    )
    return [Change(row.kind, row.round_id, row.name or "", row.at, row.data or {}) for row in db.rows(statement)]


def walking() -> Walking:
    """The newest setting, else the usual minutes."""
    newest = select(Walk.same_floor, Walk.same_building, Walk.elsewhere).order_by(Walk.id.desc()).limit(1)
    found = db.row(newest)
    return Walking(*found) if found else Walking()


def places() -> dict[str, tuple[str, str]]:
    """Point to its building and floor."""
    return {point.id: (point.building_id, point.floor) for point in points_within(EVERYWHERE)}


def units_in_reach(person: CurrentPerson) -> list[Named]:
    """Units with a crew whose rota this person may look after, in tree order."""
    scope = scope_of(person)
    reach = [] if scope.units is None else [Organisation.id.in_(scope.units)]
    with_crew = select(CrewTable.org_id)
    statement = select(Organisation.id, Organisation.name).where(Organisation.id.in_(with_crew), *reach)
    return [Named(*row) for row in db.rows(statement.order_by(Organisation.path))]


def unit_in_reach(person: CurrentPerson, org_id: str) -> Named:
    """One of them; raises NotFound outside."""
    found = next((each for each in units_in_reach(person) if each.id == org_id), None)
    if found is None:
        raise NotFound(lazy("There is no such unit in your reach."))
    return found


def crews_of(org_id: str) -> list[Named]:
    """The crews of a unit."""
    columns = (CrewTable.id, CrewTable.name)
    return [Named(*row) for row in db.rows(select(*columns).where(CrewTable.org_id == org_id).order_by(CrewTable.id))]


def hands_of(org_id: str) -> list[Named]:
    """Who works at points in the unit, by name."""
    clauses = (Person.org_id == org_id, Person.active, Person.role.in_([*HANDS]))
    return [Named(*row) for row in db.rows(select(Person.id, Person.name).where(*clauses).order_by(Person.name))]


def names_of(person_ids: Sequence[str]) -> dict[str, str]:
    """People by id."""
    return {row.id: row.name for row in db.rows(select(Person.id, Person.name).where(Person.id.in_(person_ids)))}


def _minute(clock: str) -> int:
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute
