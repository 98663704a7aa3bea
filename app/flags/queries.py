"""Reads of flags: those of a record, of a person, of a supervisor's scope, and what spot checks weigh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app import db
from app.accounts.models import Person
from app.flags.models import Flag, FlagEvent, FlagLook, FlagState
from app.flags.rules_hearing import WEIGHS, State
from app.organisations.queries import scope_of, within
from app.places.models import Building, Point
from app.refusals import NotFound
from app.standards.models import Standard
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

NO_FLAG = lazy("There is no such notice, or it belongs to another unit.")
A_PAGE, MOST_OWN = 50, 30


@dataclass(frozen=True, slots=True)
class Event:
    """What was said about a flag, or how it was judged."""

    flag_id: str
    kind: str
    reason: str
    words: str
    sha256: str | None
    by_id: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag with its place, people, state and events."""

    id: str
    check_id: str
    kind: str
    subject: str
    person_id: str
    point_id: str
    standard_code: str
    implementer_id: str
    responsible_id: str
    business_on: date
    at: datetime
    weight: int
    numbers: Mapping[str, Any]
    compared: Sequence[str]
    thresholds: Mapping[str, Any]
    state: str
    point: str
    building: str
    title: str
    person: str
    events: tuple[Event, ...] = ()


_FIELDS = [name for name in FlagRow.__dataclass_fields__ if name != "events"]
_ROWS = (
    select(
        *(getattr(Flag, name) for name in _FIELDS[: _FIELDS.index("state")]),
        FlagState.state,
        Point.name,
        Building.name,
        Standard.title,
        func.coalesce(Person.name, Flag.person_id),
    )
    .join(FlagState, FlagState.flag_id == Flag.id)
    .join(Point, Point.id == Flag.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Flag.standard_code)
    .outerjoin(Person, Person.id == Flag.person_id)
)
_WORST = (Flag.business_on.desc(), Flag.weight.desc(), Flag.at.desc(), Flag.id)


def flags_of_check(check_id: str) -> list[FlagRow]:
    """Worst first, with their events; the caller has scoped the record. Two queries, one where there is none."""
    return _with_events(db.rows(_ROWS.where(Flag.check_id == check_id).order_by(*_WORST)))


def looked_at(check_id: str) -> datetime | None:
    """When the rules looked at this record; None while they have not."""
    found: datetime | None = db.scalar(select(FlagLook.at).where(FlagLook.check_id == check_id))
    return found


def flag_by_id(flag_id: str, person: CurrentPerson) -> FlagRow:
    """One that the person reaches: about an own record, or in scope. Raises NotFound."""
    found = _with_events(db.rows(_ROWS.where(Flag.id == flag_id.lower(), _reached(person))))
    if not found:
        raise NotFound(NO_FLAG)
    return found[0]


def own_flags(person_id: str, most: int = MOST_OWN) -> list[FlagRow]:
    """About the person's own records, newest first. Two queries."""
    return _with_events(db.rows(_ROWS.where(Flag.person_id == person_id).order_by(Flag.at.desc(), Flag.id).limit(most)))


def waiting_for(person_id: str) -> int:
    """How many flags about own records nobody has said anything to."""
    statement = select(func.count()).select_from(Flag).join(FlagState, FlagState.flag_id == Flag.id)
    return int(db.scalar(statement.where(Flag.person_id == person_id, FlagState.state == State.OPEN)) or 0)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a supervisor looks for; empty is all. `page` counts from 1."""

    day: date | None = None
    kind: str = ""
    state: str = ""
    unit: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page of flags with how many there are by state and by kind under the other filters."""

    flags: list[FlagRow]
    pages: int
    by_state: Mapping[str, int]
    by_kind: Mapping[str, int]


def page_of(person: CurrentPerson, wanted: Filter) -> Page:
    """By day, worst first within. Five queries."""
    reach = within(scope_of(person), Flag.implementer_id, Flag.responsible_id)
    rest = [
        *reach,
        *([Flag.business_on == wanted.day] if wanted.day else []),
        *([Flag.implementer_id == wanted.unit] if wanted.unit else []),
    ]
    kind = [Flag.kind == wanted.kind] if wanted.kind else []
    state = [FlagState.state == wanted.state] if wanted.state else []
    by_state = _counted(FlagState.state, [*rest, *kind])
    total = by_state.get(wanted.state, 0) if wanted.state else sum(by_state.values())
    pages = max(1, -(-total // A_PAGE))
    page = min(wanted.page, pages)
    statement = _ROWS.where(*rest, *kind, *state).order_by(*_WORST)
    found = db.rows(statement.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return Page(_with_events(found), pages, by_state, _counted(Flag.kind, [*rest, *state]))


def flagged_checks(from_on: date, to_on: date) -> set[str]:
    """Records of these days with a flag that nobody has lifted: they weigh twice in a draw (rules SP-9)."""
    statement = select(Flag.check_id).join(FlagState, FlagState.flag_id == Flag.id).distinct()
    found = db.rows(statement.where(Flag.business_on.between(from_on, to_on), FlagState.state.in_(WEIGHS)))
    return {row.check_id for row in found}


def asked_about(check_id: Any) -> Any:
    """Whether a flag about the record of this column waits for a reason or a judgement, as a column of a statement."""
    waits = select(Flag.id).join(FlagState, FlagState.flag_id == Flag.id).correlate_except(Flag, FlagState)
    return waits.where(Flag.check_id == check_id, FlagState.state.in_((State.OPEN, State.EXPLAINED))).exists()


def lifted_checks(from_on: date, to_on: date) -> set[str]:
    """Records of these days all of whose flags were lifted: their marks weigh nothing either."""
    own = select(Flag.check_id).join(FlagState, FlagState.flag_id == Flag.id)
    days = own.where(Flag.business_on.between(from_on, to_on))
    weighs = days.where(FlagState.state.in_(WEIGHS))
    found = db.rows(days.where(FlagState.state == State.LIFTED, Flag.check_id.not_in(weighs)).distinct())
    return {row.check_id for row in found}


def deed_done(deed_id: str) -> bool:
    """Whether this very deed was kept before."""
    return db.row(select(FlagEvent.id).where(FlagEvent.deed_id == deed_id)) is not None


def units_flagged(person: CurrentPerson) -> list[str]:
    """Executing units in reach that have a flag, for the filter."""
    reach = within(scope_of(person), Flag.implementer_id, Flag.responsible_id)
    return [row[0] for row in db.rows(select(Flag.implementer_id).where(*reach).distinct())]


def _counted(column: Any, clauses: Iterable[Any]) -> dict[str, int]:
    statement = select(column, func.count()).select_from(Flag).join(FlagState, FlagState.flag_id == Flag.id)
    return {row[0]: row[1] for row in db.rows(statement.where(*clauses).group_by(column))}


def _reached(person: CurrentPerson) -> ColumnElement[bool]:
    if person.role in (Role.WORKER, Role.DRIVER, Role.ADMIN) or person.external:
        return Flag.person_id == person.id
    scope = within(scope_of(person), Flag.implementer_id, Flag.responsible_id)
    return or_(Flag.person_id == person.id, *scope) if scope else Flag.id.is_not(None)


def _with_events(found: Sequence[Any]) -> list[FlagRow]:
    flags = [FlagRow(*row) for row in found]
    if not flags:
        return []
    columns = [getattr(FlagEvent, name) for name in Event.__dataclass_fields__]
    statement = select(*columns).where(FlagEvent.flag_id.in_([each.id for each in flags])).order_by(FlagEvent.id)
    said: dict[str, list[Event]] = defaultdict(list)
    for row in db.rows(statement):
        said[row.flag_id].append(Event(*row))
    return [replace(each, events=tuple(said[each.id])) for each in flags]
