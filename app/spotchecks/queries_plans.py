"""Reads of plans: those that run, for the timer and for those who reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app import db
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.spotchecks.models import Plan
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as pages show it."""

    id: str
    title: str
    kind: str
    mode: str
    method: str
    rhythm: str
    scope: str
    owner_id: str
    implementer_id: str | None
    standard_code: str | None
    area_id: str | None
    from_on: date | None
    to_on: date | None
    size: str
    made_by_id: str
    ended_at: datetime | None
    owner: str
    owner_path: str


_PLAN_FIELDS = list(PlanRow.__dataclass_fields__)
_PLANS = select(
    *(getattr(Plan, name) for name in _PLAN_FIELDS[: _PLAN_FIELDS.index("owner")]), Organisation.name, Organisation.path
).join(Organisation, Organisation.id == Plan.owner_id)


def running_plans() -> list[PlanRow]:
    """Every plan that has not been ended."""
    return [PlanRow(*row) for row in db.rows(_PLANS.where(Plan.ended_at.is_(None)).order_by(Plan.id))]


def plans_of(person: CurrentPerson) -> list[PlanRow]:
    """Running plans of the person's units, of the bureau for those who reach it."""
    scope = scope_of(person)
    mine = [] if scope.units is None else [Plan.owner_id.in_(scope.units)]
    statement = _PLANS.where(Plan.ended_at.is_(None), *mine).order_by(Plan.rhythm, Plan.title)
    return [PlanRow(*row) for row in db.rows(statement)]


def plan_by_id(plan_id: str, person: CurrentPerson) -> PlanRow:
    """A plan in scope. Raises NotFound."""
    scope = scope_of(person)
    mine = [] if scope.units is None else [Plan.owner_id.in_(scope.units)]
    row = db.row(_PLANS.where(Plan.id == plan_id, *mine))
    if row is None:
        raise NotFound(lazy("There is no such plan, or it belongs to another unit."))
    return PlanRow(*row)
