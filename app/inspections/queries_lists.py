"""Lists of inspections: what a person has to do, what is behind, and what the rhythm asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, literal, or_, select

from app import db
from app.inspections.models import Inspection, Inspector, Item
from app.inspections.queries import HEAD, Head, heads
from app.inspections.rules import OF_THE_UNIT, OPEN, Occasion, State, may_see
from app.inspections.rules_items import Conclusion, counted
from app.inspections.rules_rhythm import Held
from app.organisations.models import Organisation
from app.organisations.queries import Unit, units
from app.web.current import CurrentPerson, Role

MOST_BEHIND = 200


def open_for(who: CurrentPerson) -> list[Head]:
    """Planned, under way and to be signed, as far as this person may see them; the earliest first."""
    return _seen(who, HEAD.where(Inspection.state.in_(OPEN), *_near(who)).order_by(Inspection.on, Inspection.number))


def behind_for(who: CurrentPerson) -> list[Head]:
    """Closed, announced and called off; the newest first."""
    statement = HEAD.where(Inspection.state.not_in(OPEN), *_near(who))
    return _seen(who, statement.order_by(Inspection.on.desc(), Inspection.number.desc()).limit(MOST_BEHIND))


def _seen(who: CurrentPerson, statement: Any) -> list[Head]:
    return [head for head in heads(statement) if may_see(who, head.subject)]


def _near(who: CurrentPerson) -> list[Any]:
    """A first sieve in the database; the rule itself decides afterwards."""
    mine = Inspection.id.in_(select(Inspector.inspection_id).where(Inspector.person_id == who.id))
    if who.external:
        return [mine]
    if who.role not in OF_THE_UNIT:
        return []
    near = [Organisation.path == who.org_path]
    if who.role is Role.SUPERVISOR:
        near = [
            Organisation.path.startswith(who.org_path, autoescape=True),
            literal(who.org_path).startswith(Organisation.path),
        ]
    return [or_(mine, *near)]


def tallies(ids: list[str]) -> Mapping[str, dict[str, int]]:
    """Inspection -> how many items stand where."""
    statement = (
        select(Item.inspection_id, Item.conclusion, func.count())
        .where(Item.inspection_id.in_(ids))
        .group_by(Item.inspection_id, Item.conclusion)
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: counted(()))
    for inspection_id, conclusion, count in db.rows(statement):
        found[inspection_id][str(Conclusion(conclusion)) if conclusion else "open"] += count
    return found


def held_since(first: date) -> list[Held]:
    """What the rhythm calendar looks at."""
    columns = (Inspection.id, Inspection.occasion, Inspection.unit_id, Inspection.on, Inspection.state)
    found = db.rows(select(*columns).where(Inspection.on >= first).order_by(Inspection.on))
    return [Held(row.id, Occasion(row.occasion), row.unit_id, row.on, State(row.state)) for row in found]


def units_to_inspect() -> list[Unit]:
    """Units that work to standards: centre, sections, contractors; committees and teams steer and are left out."""
    return [unit for unit in units() if unit.kind in ("center", "section", "department", "contractor")]
