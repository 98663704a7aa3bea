"""Making and ending plans; a new plan promises its first draws at once, so that they are sealed before the end."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from app.audit.actions import note
from app.refusals import Conflict, Forbidden, Invalid
from app.spotchecks import writes
from app.spotchecks.actions_draws import draw, promise_all
from app.spotchecks.actions_promises import daily, draws_of_plan
from app.spotchecks.queries_draws import find_draw
from app.spotchecks.queries_plans import PlanRow, plan_by_id, running_plans
from app.spotchecks.queries_units import Looking, bureau_id, choices
from app.spotchecks.rules import Kind, may_look
from app.spotchecks.rules_lots import NEVER_SEALED
from app.spotchecks.rules_plans import PlanForm
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

LOOK_AGAIN = lazy("Please look at these once more")


def owner_of(who: CurrentPerson) -> tuple[str, str]:
    """(unit, its path) whose plans and lists a person makes: inspectors those of the bureau, others the own unit's."""
    if who.role is Role.INSPECTOR:
        return bureau_id(), f"/{who.org_path.strip('/').split('/')[0]}/"
    return who.org_id, who.org_path


def make_plan(form: PlanForm, who: CurrentPerson, now: datetime, zone: tzinfo) -> str:
    """Keep a plan and promise its running period; the same plan again changes nothing. Raises Invalid by field."""
    if form.errors:
        raise Invalid(LOOK_AGAIN, fields=form.errors)
    owner, path = owner_of(who)
    running = running_plans()
    if any(each.id == form.id for each in running):
        return form.id
    offered = choices(path)
    known_of = {"implementer_id": offered.units, "standard_code": offered.standards, "area_id": offered.areas}
    for name, known in known_of.items():
        said = getattr(form, name)
        if said and said not in {key for key, _words in known}:
            raise Invalid(LOOK_AGAIN, fields={name: lazy("This is not one of the possible answers.")})
    if any(_same(each, form, owner) for each in running):
        raise Invalid(LOOK_AGAIN, fields={"title": lazy("There is a plan for this already: one draw for each lot.")})
    values = {name: getattr(form, name) or None for name in ("implementer_id", "standard_code", "area_id")}
    plain = {name: getattr(form, name) for name in ("id", "title", "kind", "mode", "method", "rhythm", "scope", "size")}
    days = {"from_on": form.from_on, "to_on": form.to_on}
    writes.insert_plan({**plain, **values, **days, "owner_id": owner, "made_by_id": who.id, "made_at": now})
    note("setting.changed", by_id=who.id, by_name=who.name, about=f"sampling {form.id}", data={"size": form.size})
    plan = plan_by_id(form.id, who)
    promise_all(draws_of_plan(plan, now.astimezone(zone).date()), now, zone, who.id)
    return form.id


def end_plan(plan_id: str, who: CurrentPerson, now: datetime) -> None:
    """No further period is promised; what was promised is drawn all the same. Ended before: nothing changes."""
    plan = plan_by_id(plan_id, who)
    if not may_look(who, plan.owner_path, Kind.SPOT):
        raise Forbidden(lazy("A plan is ended by those who made it: the unit's supervisors, or the inspectors."))
    if plan.ended_at is None:
        writes.end_plan(plan.id, now)
        note("setting.changed", by_id=who.id, by_name=who.name, about=f"sampling {plan.id}", data={"ended": True})


def draw_day(day: date, who: CurrentPerson, now: datetime, zone: tzinfo) -> str:
    """生成今日抽查: draw the unit's promised list of a day; gives back the draw. A list drawn before is just shown.

    Raises Conflict for a day that nobody promised a draw for before it ended.
    """
    promised = daily(day, [Looking(who.org_id)], [])[0]
    row = find_draw(promised.id)
    if row is None:
        raise Conflict(NEVER_SEALED, problem="not-promised")
    if row.drawn_at is None:
        draw(row.id, now, zone, who.id)
    return row.id


_SAME = ("kind", "mode", "method", "rhythm", "scope", "implementer_id", "standard_code", "area_id", "from_on", "to_on")


def _same(plan: PlanRow, form: PlanForm, owner: str) -> bool:
    """The same records drawn in the same way: its lots have their draws."""
    return plan.owner_id == owner and all((getattr(plan, name) or "") == (getattr(form, name) or "") for name in _SAME)
