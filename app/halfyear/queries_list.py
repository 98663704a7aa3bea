"""The list of reports of a half-year: who has handed in and who owes; and its mutual checks (RP-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.halfyear.queries import THE_WHOLE, Kept, kept_of, reporters
from app.halfyear.rules import CONTRACTOR, Half, Reporter, Standing, may_see, may_write, standing
from app.inspections.models import Inspection
from app.inspections.queries import HEAD, Head, heads
from app.inspections.rules import Occasion, State
from app.inspections.rules import may_see as may_see_inspection
from app.messages.queries_recipients import supervisors_of, with_role
from app.web.current import CurrentPerson, Role


@dataclass(frozen=True)
class Line:
    """One report of the list."""

    unit: Reporter
    standing: Standing
    kept: Kept
    may_write: bool


def lines(who: CurrentPerson, half: Half, today: date) -> list[Line]:
    """Reports within reach, the summary first. Six queries."""
    mine = [unit for unit in (THE_WHOLE, *reporters()) if may_see(who, unit)]
    found = kept_of(half, [unit.id for unit in mine])
    return [Line(unit, standing_of(found[unit.id], half, today), found[unit.id], may_write(who, unit)) for unit in mine]


def standing_of(found: Kept, half: Half, today: date) -> Standing:
    paper = found.paper
    early = paper is not None and paper.freeze_id is None
    begun = any(each.text for each in found.drafts.values())
    return standing(half, today, signed=paper is not None, frozen=not early, begun=begun)


def mutual_checks(who: CurrentPerson, half: Half) -> list[Head]:
    """RP-5: mutual checks and third parties of the half-year, those announced for everybody. Two queries."""
    wanted = Inspection.occasion.in_((Occasion.MUTUAL, Occasion.THIRD_PARTY))
    within = (Inspection.on >= half.first, Inspection.on <= half.last, Inspection.state != State.CANCELLED)
    found = heads(HEAD.where(wanted, *within).order_by(Inspection.on, Inspection.number))
    return [each for each in found if each.state is State.ANNOUNCED or may_see_inspection(who, each.subject)]


def writers_of(unit: Reporter) -> list[str]:
    """Who is reminded: the contractor's managers, else who answers for the unit, else the standards section."""
    if unit.is_whole:
        return with_role(Role.STANDARDS)
    managers = (Person.active, Person.external_of.is_(None), Person.org_id == unit.id, Person.role == Role.MANAGER)
    own = [row.id for row in db.rows(select(Person.id).where(*managers))] if unit.kind == CONTRACTOR else []
    return own or supervisors_of(unit.id) or with_role(Role.STANDARDS)


def owing(half: Half, today: date) -> Sequence[Line]:
    """Reports that nobody has signed yet."""
    every = (*reporters(), THE_WHOLE)
    found = kept_of(half, [unit.id for unit in every])
    return [
        Line(unit, standing_of(found[unit.id], half, today), found[unit.id], may_write=False)
        for unit in every
        if found[unit.id].paper is None
    ]
