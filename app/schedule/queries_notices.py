"""Reads for notices: windows that end soon, windows that nothing has come for, yesterday in numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.days import ONE_DAY
from app.organisations.models import Organisation
from app.places.models import Point
from app.schedule.models import Occurrence, Round
from app.schedule.rules_notices import HEARD_FOR, MOST_AHEAD, Tally
from app.schedule.rules_states import State
from app.standards.models import Standard
from app.web.current import Role

_Worker, _Holder = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Window:
    """A window that somebody should hear of; `person_id` is who has claimed it, else whose round it is."""

    id: int
    point: str
    task: str
    end_at: datetime
    grace_end_at: datetime
    responsible_id: str
    implementer_id: str
    crew_id: str | None
    person_id: str | None
    person: str | None


@dataclass(frozen=True)
class Reader:
    """A crew leader or supervisor who gets yesterday's numbers."""

    id: str
    role: Role
    crew_id: str | None
    org_path: str


_WINDOW = (
    select(
        Occurrence.id,
        Point.name,
        Standard.title,
        Occurrence.end_at,
        Occurrence.grace_end_at,
        Occurrence.responsible_id,
        Occurrence.implementer_id,
        func.coalesce(Round.crew_id, _Holder.crew_id, _Worker.crew_id),
        func.coalesce(_Holder.id, _Worker.id),
        func.coalesce(_Holder.name, _Worker.name),
    )
    .join(Point, Point.id == Occurrence.point_id)
    .join(Standard, Standard.code == Occurrence.standard_code)
    .outerjoin(Round, Round.id == Occurrence.round_id)
    .outerjoin(_Worker, _Worker.id == Occurrence.assignee_id)
    .outerjoin(_Holder, _Holder.id == Occurrence.claimed_by_id)
    .where(Occurrence.check_id.is_(None), Occurrence.unable_reason.is_(None), Occurrence.announced_at.is_(None))
    .order_by(Occurrence.end_at, Occurrence.id)
)


def ending_soon(today: date, now: datetime) -> list[Window]:
    """Windows under way that nothing has come for and that end within the longest time anybody may choose."""
    near = (Occurrence.start_at <= now, Occurrence.end_at > now, Occurrence.end_at <= now + MOST_AHEAD)
    return _windows(_WINDOW.where(*_around(today), *near, Occurrence.state == State.PLANNED))


def not_done(today: date, now: datetime) -> list[Window]:
    """Windows whose time and grace ran out lately without anything; what may still come from a phone is not among."""
    lately = (Occurrence.grace_end_at < now, Occurrence.grace_end_at >= now - HEARD_FOR)
    return _windows(_WINDOW.where(*_around(today), *lately, Occurrence.state.in_((State.PLANNED, State.MISSED))))


def tallies_of(day: date) -> list[Tally]:
    """Windows of a business date by crew, units and state; one query."""
    columns = (Round.crew_id, Occurrence.implementer_id, Occurrence.responsible_id, Occurrence.state)
    statement = select(*columns, func.count().label("n")).outerjoin(Round, Round.id == Occurrence.round_id)
    found = db.rows(statement.where(Occurrence.business_on == day).group_by(*columns))
    return [Tally(row.crew_id, (row.implementer_id, row.responsible_id), State(row.state), row.n) for row in found]


def digest_readers() -> list[Reader]:
    """All crew leaders and supervisors."""
    statement = select(Person.id, Person.role, Person.crew_id, Organisation.path).join(
        Organisation, Organisation.id == Person.org_id
    )
    wanted = or_(Person.role == Role.SUPERVISOR, (Person.role == Role.CREW_LEADER) & Person.crew_id.is_not(None))
    found = db.rows(statement.where(Person.active, wanted).order_by(Person.id))
    return [Reader(row.id, Role(row.role), row.crew_id, row.path) for row in found]


def _around(today: date) -> tuple[Any, ...]:
    """The business dates that can be under way; their index finds the few rows."""
    return (Occurrence.business_on.in_((today - ONE_DAY, today, today + ONE_DAY)),)


def _windows(statement: Any) -> list[Window]:
    return [Window(*row) for row in db.rows(statement)]
