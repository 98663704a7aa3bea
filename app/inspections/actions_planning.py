"""Plan an inspection, change the plan, begin it, call it off."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import delete, insert, update

from app.db import run
from app.inspections.actions_moves import move, note
from app.inspections.actions_telling import tell_begun, tell_inspectors
from app.inspections.models import Inspection, Inspector, Item
from app.inspections.queries import Head, found_head
from app.inspections.queries_people import Candidate, candidates
from app.inspections.queries_templates import template_by_id
from app.inspections.rules import Deed, Occasion, State, Target, independent, may_inspect, may_plan, may_run
from app.inspections.rules_rhythm import CONTRACTOR
from app.organisations.queries import Unit, unit_by_id
from app.refusals import Conflict, Forbidden, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FAR = timedelta(days=400)
FROM_OUTSIDE = (Occasion.SUPERIOR, Occasion.THIRD_PARTY)
LOOK_AGAIN = lazy("Please look at these once more")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned; `id` is made by the page, `inspectors` are people of the bureau."""

    id: str
    occasion: Occasion
    unit_id: str
    template_id: str
    post: str
    on: date
    basis: str
    inspectors: tuple[str, ...]


def plan(wish: Plan, who: CurrentPerson, now: datetime, zone: tzinfo) -> str:
    """Plan it and give back its id; the same again changes nothing. Raises Forbidden or Invalid."""
    standing = found_head(wish.id)
    if standing:
        if standing.made_by_id != who.id:
            raise Conflict(lazy("Open the page again."))
        return standing.id
    unit = unit_by_id(wish.unit_id)
    if unit is None:
        raise Invalid(LOOK_AGAIN, fields={"unit": lazy("Choose a unit.")})
    if not may_plan(who, wish.occasion, _target(unit)):
        raise Forbidden(lazy("You cannot plan this kind of inspection for this unit."))
    template = template_by_id(wish.template_id)
    named = _named(wish, unit, now.astimezone(zone).date())
    number = "".join(secrets.choice(ALPHABET) for _ in range(5))
    run(
        insert(Inspection).values(
            id=wish.id, number=f"JC{now.astimezone(zone):%y%m%d}-{number}", occasion=wish.occasion, unit_id=unit.id,
            post=wish.post, on=wish.on, basis=wish.basis, template_id=template.id, template_version=template.version,
            template_title=template.title, template_source=template.source, state=State.PLANNED, made_by_id=who.id,
            made_at=now,
        )
    )  # fmt: skip
    _name(wish.id, named)
    note(wish.id, "planned", who.id, now)
    _tell_named(wish.id, who, now)
    return wish.id


def change_plan(head: Head, wish: Plan, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """Another day, post or team while nobody has begun; occasion, unit and checkers from outside stay."""
    if not may_run(who, head.subject):
        raise Forbidden(lazy("Only the office and the inspectors of this inspection can do that."))
    unit = unit_by_id(head.unit_id)
    if unit is None or head.state is not State.PLANNED:
        raise Conflict(lazy("The inspection has begun; its plan stands."))
    named = _named(wish, unit, now.astimezone(zone).date())
    template = template_by_id(wish.template_id)
    values = {"post": wish.post, "on": wish.on, "basis": wish.basis, "template_id": template.id}
    values |= {"template_title": template.title, "template_source": template.source}
    run(update(Inspection).where(Inspection.id == head.id).values(**values, template_version=template.version))
    outside = [each.id for each in head.members if each.external_of]
    run(delete(Inspector).where(Inspector.inspection_id == head.id, Inspector.person_id.not_in(outside)))
    _name(head.id, named)
    note(head.id, "changed", who.id, now)
    _tell_named(head.id, who, now)


def _target(unit: Unit) -> Target:
    return Target(unit.id, unit.path, unit.kind)


def _named(wish: Plan, unit: Unit, today: date) -> list[Candidate]:
    """The inspectors as people; raises Invalid with a sentence a field."""
    faults: dict[str, object] = {}
    known = {each.id: each for each in candidates()}
    named = [known[each] for each in wish.inspectors if each in known]
    if len(named) != len(wish.inspectors) or (not named and wish.occasion not in FROM_OUTSIDE):
        faults["inspectors"] = lazy("Choose who inspects.")
    near = [each.name for each in named if not independent(each.org_path, _target(unit), wish.occasion)]
    if near:
        faults["inspectors"] = lazy("Nobody inspects the own unit: %(names)s", names="、".join(near))
    if wish.occasion is Occasion.MONTHLY and unit.kind != CONTRACTOR:
        faults["unit"] = lazy("The monthly check is for contractors. Choose one.")
    if abs(wish.on - today) > FAR:
        faults["on"] = lazy("Choose a day within a year.")
    if faults:
        raise Invalid(LOOK_AGAIN, fields=faults)
    return named


def _name(inspection_id: str, named: Sequence[Candidate]) -> None:
    rows = [
        {"inspection_id": inspection_id, "person_id": each.id, "name": each.name, "org_name": each.org_name}
        for each in named
    ]
    if rows:
        run(insert(Inspector), rows)


def _tell_named(inspection_id: str, who: CurrentPerson, now: datetime) -> None:
    head = found_head(inspection_id)
    if head:
        tell_inspectors(head, {each.id for each in head.members} - {who.id}, now)


def begin(head: Head, who: CurrentPerson, now: datetime) -> None:
    """Start looking: the items are those of the template as it is now, whatever becomes of it later."""
    if not may_inspect(who, head.subject):
        raise Forbidden(lazy("Only its inspectors fill in this inspection."))
    if head.state is State.UNDER_WAY:
        return
    template = template_by_id(head.template_id)
    move(
        head,
        Deed.BEGIN,
        who.id,
        now,
        begun_at=now,
        template_version=template.version,
        template_title=template.title,
    )
    rows = [
        {"inspection_id": head.id, "no": no, "title": item.title, "content": item.content, "ways": []}
        for no, item in enumerate(template.items, 1)
    ]
    run(insert(Item), rows)
    tell_begun(head, now)


def cancel(head: Head, reason: str, who: CurrentPerson, now: datetime) -> None:
    """Call it off, with a reason; what was found already stays readable."""
    if not may_run(who, head.subject):
        raise Forbidden(lazy("Only the office and the inspectors of this inspection can do that."))
    if head.state is State.CANCELLED:
        return
    if not 3 < len(reason) <= 200:
        raise Invalid(LOOK_AGAIN, fields={"reason": lazy("Say in a few words why it is called off.")})
    move(head, Deed.CANCEL, who.id, now, reason)
