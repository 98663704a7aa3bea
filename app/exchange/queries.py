"""What stands now, as workbooks show it: lists to choose from and the rows of each sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.exchange.rules import Choices, Kind, Values
from app.exchange.rules_content import (
    ABSENCE_NAMES,
    DAY_TYPE_NAMES,
    EVIDENCE_NAMES,
    KIND_NAMES,
    PLACE_NAMES,
    PROFILE_NAMES,
    REPEAT_NAMES,
    ROLE_NAMES,
    ZONES,
)
from app.exchange.rules_sheets import AWAY, HERE, PEOPLE, POINTS, ROUNDS, SHEETS
from app.organisations.models import Organisation
from app.places.models import Area, Building, Point
from app.places.queries import all_standards_here
from app.schedule.models import Crew, Shift
from app.schedule.models_rota import Absence
from app.schedule.queries_rota import draft_of, published_rounds, units_in_reach
from app.schedule.rules_rota import RoundPlan
from app.schedule.rules_rota_words import ABSENCES
from app.standards.queries import standards
from app.standards.queries_projects import candidates, projects_for
from app.standards.rules_phases import OVER
from app.web.current import HANDS, CurrentPerson, Role

Current = Mapping[str, Mapping[tuple[str, ...], Values]]


@dataclass(frozen=True)
class Known:
    """Lists to choose from, and the rows that stand by sheet and key."""

    choices: Choices
    current: Current


def known(kind: Kind, person: CurrentPerson) -> Known:
    """Within what this person reaches."""
    return _KNOWN[kind](person)


def _points(_person: CurrentPerson) -> Known:
    found = list(db.rows(select(Point.__table__).order_by(Point.code)))
    kinds = {**KIND_NAMES, **{row.kind: row.kind for row in found if row.kind not in KIND_NAMES}}
    codes = {row.id: row.code for row in found}
    lists = {
        "kinds": {label: kind for kind, label in kinds.items()},
        "buildings": _named(db.rows(select(Building.id, Building.name).order_by(Building.code))),
        "areas": _named(db.rows(select(Area.id, Area.name).order_by(Area.building_id, Area.name))),
        "zones": {label: str(zone) for zone, label in ZONES.items()},
        "units": _units(),
        "standards": {f"{each.code} {each.title}": each.code for each in standards()},
    }
    here: dict[tuple[str, ...], Values] = {
        (codes[each.point_id], each.standard_code): {
            "point": codes[each.point_id],
            "standard": each.standard_code,
            "implementer": each.implementer_id,
            "responsible": each.responsible_id,
        }
        for each in all_standards_here()
    }
    return Known(Choices(lists), {POINTS.name: {(row.code,): _point(row) for row in found}, HERE.name: here})


def _point(row: Any) -> Values:
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "kind": row.kind,
        "building": row.building_id,
        "floor": row.floor,
        "area": row.area_id,
        "zone": row.zone,
        "risk": row.risk,
        "photo_allowed": row.photo_allowed,
        "open_on_restday": row.attrs.get("open_on_restday") is True,
        "open_on_holiday": row.attrs.get("open_on_holiday") is True,
        "active": row.active,
    }


def _people(_person: CurrentPerson) -> Known:
    """Accounts of the organisation; checkers from outside are invited, not imported."""
    found = db.rows(select(Person.__table__).where(Person.external_of.is_(None)).order_by(Person.id))
    lists = {
        "roles": {label: str(role.value) for role, label in ROLE_NAMES.items()},
        "units": _units(),
        "crews": _named(db.rows(select(Crew.id, Crew.name).order_by(Crew.id))),
        "shifts": _named(db.rows(select(Shift.id, Shift.name).order_by(Shift.starts, Shift.id))),
    }
    current: dict[tuple[str, ...], Values] = {
        (row.id,): {
            "id": row.id,
            "name": row.name,
            "role": row.role,
            "unit": row.org_id,
            "crew": row.crew_id or "",
            "shift": row.shift_id or "",
            "active": row.active,
        }
        for row in found
    }
    return Known(Choices(lists), {PEOPLE.name: current})


def _rounds(person: CurrentPerson) -> Known:
    reach = units_in_reach(person)
    units = [each.id for each in reach]
    codes = {row.id: row.code for row in db.rows(select(Point.id, Point.code).where(Point.active))}
    hands = (Person.org_id.in_(units), Person.active, Person.role.in_([*HANDS]))
    lists = {
        "crew_units": _named([(each.id, each.name) for each in reach]),
        "crews": _named(db.rows(select(Crew.id, Crew.name).where(Crew.org_id.in_(units)).order_by(Crew.id))),
        "shifts": _named(db.rows(select(Shift.id, Shift.name).order_by(Shift.starts, Shift.id))),
        "hands": _named(db.rows(select(Person.id, Person.name).where(*hands).order_by(Person.name))),
        "points": {code: point_id for point_id, code in codes.items()},
        "absences": {ABSENCE_NAMES[each]: each for each in ABSENCES},
    }
    rounds: dict[tuple[str, ...], Values] = {
        (each.id,): {
            "id": each.id,
            "name": each.name,
            "unit": each.org_id,
            "shift": each.shift_id,
            "crew": each.crew_id,
            "person": each.person_id,
            "points": each.points,
            "windows": each.windows,
        }
        for unit in units
        for each in _latest(unit)
    }
    return Known(Choices(lists), {ROUNDS.name: rounds, AWAY.name: _away(units)})


def _standards(_person: CurrentPerson) -> Known:
    """New standards only: none stands here already."""
    words = {
        "evidence": EVIDENCE_NAMES, "day_types": DAY_TYPE_NAMES, "profiles": PROFILE_NAMES, "repeats": REPEAT_NAMES,
        "places": PLACE_NAMES,
    }  # fmt: skip
    lists = {
        **{name: {label: one for one, label in known_as.items()} for name, known_as in words.items()},
        "units": _units(),
        "leaders": _named([(each.id, each.name) for each in candidates()]),
    }
    return Known(Choices(lists), {plan.name: {} for plan in SHEETS[Kind.STANDARDS]})


def titles_taken(person: CurrentPerson) -> frozenset[str]:
    """Titles of standards and of projects that are not over."""
    running = {each.title for each in projects_for(person) if each.state not in OVER}
    return frozenset(running | {each.title for each in standards()})


def _latest(unit: str) -> Sequence[RoundPlan]:
    """The draft, or what is published."""
    draft = draft_of(unit)
    return draft.rounds if draft else published_rounds([unit])


def _away(units: Iterable[str]) -> dict[tuple[str, ...], Values]:
    columns = (Absence.person_id, Absence.from_on, Absence.to_on, Absence.kind, Absence.note)
    statement = select(*columns).join(Person, Person.id == Absence.person_id)
    found = db.rows(statement.where(Person.org_id.in_(list(units)), Absence.ended_at.is_(None)))
    return {
        (row.person_id, row.from_on.isoformat(), row.to_on.isoformat(), row.kind): {
            "person": row.person_id,
            "from_on": row.from_on.isoformat(),
            "to_on": row.to_on.isoformat(),
            "kind": row.kind,
            "cover": "",
            "note": row.note,
        }
        for row in found
    }


def point_ids() -> dict[str, tuple[str, dict[str, Any]]]:
    """Point code to its id and attributes."""
    return {row.code: (row.id, dict(row.attrs)) for row in db.rows(select(Point.code, Point.id, Point.attrs))}


def areas_of_buildings() -> dict[str, str]:
    """Area to its building."""
    return {row.id: row.building_id for row in db.rows(select(Area.id, Area.building_id))}


def units_of_crews() -> dict[str, str]:
    """Crew to its unit."""
    return {row.id: row.org_id for row in db.rows(select(Crew.id, Crew.org_id))}


def first_of(roles: Iterable[Role]) -> str | None:
    """The first account by id with the first of these roles that anybody has, for commands."""
    for role in roles:
        clauses = (Person.role == role.value, Person.active, Person.external_of.is_(None))
        found = db.row(select(Person.id).where(*clauses).order_by(Person.id).limit(1))
        if found:
            return str(found.id)
    return None


_KNOWN = {Kind.POINTS: _points, Kind.PEOPLE: _people, Kind.ROUNDS: _rounds, Kind.STANDARDS: _standards}


def _units() -> dict[str, str]:
    return _named(db.rows(select(Organisation.id, Organisation.name).order_by(Organisation.path)))


def _named(rows: Iterable[Any]) -> dict[str, str]:
    """Label to id; a name that stands twice is told apart by its id."""
    pairs = [(row[0], row[1]) for row in rows]
    names = [name for _, name in pairs]
    return {name if names.count(name) == 1 else f"{name}（{one}）": one for one, name in pairs}
