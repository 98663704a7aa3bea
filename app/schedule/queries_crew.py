"""Reads for the crew's day: rounds within reach, their duties, who is on them and who could stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.places.models import Point
from app.refusals import NotFound
from app.schedule.models import Cover, Occurrence, Round, Shift
from app.schedule.rules_crew import Duty
from app.schedule.rules_rounds import Cover as CoverOf
from app.schedule.rules_rounds import Round as RoundOf
from app.schedule.rules_rounds import person_on
from app.schedule.rules_states import Deadlines, State
from app.web.current import HANDS, CurrentPerson, Role
from app.web.words import lazy


@dataclass(frozen=True)
class RoundRow:
    """A round with its shift and unit; times are local HH:MM."""

    id: str
    name: str
    org_id: str
    org_name: str
    crew_id: str
    shift: str
    starts: str
    ends: str
    person_id: str


@dataclass(frozen=True)
class Member:
    """Somebody who works at points."""

    id: str
    name: str
    org_id: str
    crew_id: str | None
    active: bool


_ROUND = (
    select(
        Round.id,
        Round.name,
        Round.org_id,
        Organisation.name.label("org_name"),
        Round.crew_id,
        Shift.name.label("shift"),
        Shift.starts,
        Shift.ends,
        Round.person_id,
    )
    .join(Organisation, Organisation.id == Round.org_id)
    .join(Shift, Shift.id == Round.shift_id)
    .where(Round.active)
    .order_by(Organisation.path, Shift.starts, Round.id)
)
_MEMBER = select(Person.id, Person.name, Person.org_id, Person.crew_id, Person.active)


def rounds_within(person: CurrentPerson) -> list[RoundRow]:
    """A crew leader's own crew; for others every round of the units in their subtree (contract, Roles)."""
    return [RoundRow(*row) for row in db.rows(_ROUND.where(*_reach(person)))]


def round_within(person: CurrentPerson, round_id: str) -> RoundRow:
    """One round; raises NotFound when there is none or it is out of reach."""
    found = db.row(_ROUND.where(Round.id == round_id, *_reach(person)))
    if found is None:
        raise NotFound(lazy("There is no such round in your crew."))
    return RoundRow(*found)


def duties_on(round_ids: Iterable[str], day: date) -> list[Duty]:
    """The occurrences of these rounds on a business date by start; void ones are none."""
    names = ("round_id", "start_at", "end_at", "open_at", "grace_end_at", "expire_at", "state", "label", "done_at")
    columns = [getattr(Occurrence, name) for name in names]
    statement = (
        select(*columns, Point.name.label("point"))
        .join(Point, Point.id == Occurrence.point_id)
        .where(Occurrence.round_id.in_(list(round_ids)), Occurrence.business_on == day, Occurrence.state != State.VOID)
        .order_by(Occurrence.start_at, Point.code)
    )
    return [
        Duty(
            row.round_id,
            row.point,
            row.label,
            row.start_at,
            row.end_at,
            Deadlines(row.open_at, row.grace_end_at, row.expire_at),
            State(row.state),
            row.done_at,
        )
        for row in db.rows(statement)
    ]


def on_duty(rounds: Iterable[RoundRow], day: date) -> dict[str, str]:
    """Round id to the person who does it that day, cover applied."""
    found = db.rows(select(Cover.id, Cover.round_id, Cover.on, Cover.person_id).where(Cover.on == day))
    covers = [CoverOf(*row) for row in found]
    nothing: frozenset[str] = frozenset()
    return {each.id: person_on(RoundOf(each.id, each.person_id, nothing, nothing), day, covers) for each in rounds}


def members(ids: Iterable[str]) -> dict[str, Member]:
    """People by id, whoever they are."""
    return {row.id: Member(*row) for row in db.rows(_MEMBER.where(Person.id.in_(list(ids))))}


def stand_ins(org_ids: Iterable[str]) -> list[Member]:
    """Who could take a round: active people of these units who work at points, by crew and name."""
    clauses = (Person.org_id.in_(list(org_ids)), Person.active, Person.role.in_([*HANDS]))
    return [Member(*row) for row in db.rows(_MEMBER.where(*clauses).order_by(Person.crew_id, Person.name))]


def covers_on(round_id: str, day: date) -> int:
    """How many cover rows a round has on a day: its history that day."""
    return int(db.scalar(select(func.count()).where(Cover.round_id == round_id, Cover.on == day)))


def _reach(person: CurrentPerson) -> list[ColumnElement[bool]]:
    column: Any = Round.org_id
    if person.role is Role.CREW_LEADER:
        return [Round.crew_id == (person.crew_id or "")]
    scope = scope_of(person)
    return [] if scope.units is None else [column.in_(scope.units)]
