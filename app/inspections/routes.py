"""Inspections of units: the list with its rhythm, planning, and the page of one."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.inspections import rules_words as words
from app.inspections.actions_planning import Plan, begin, cancel, change_plan, plan
from app.inspections.forms import PlanForm, parse_plan
from app.inspections.queries import Head, head_for
from app.inspections.queries_lists import behind_for, held_since, open_for, tallies, units_to_inspect
from app.inspections.queries_people import candidates
from app.inspections.queries_templates import templates
from app.inspections.routes_shown import back_to, inspection_page, tried, zone
from app.inspections.rules import PLANNERS, READERS, Occasion, may_run
from app.inspections.rules_rhythm import Asked, calendar
from app.refusals import Forbidden
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("inspections", __name__, url_prefix="/inspections")
YEAR = timedelta(days=366)
VIEWS = ("open", "behind", "rhythm")


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words and chips of inspections for the templates of this room."""
    named = {name.lower(): value for name, value in vars(words).items() if name.endswith(("_WORDS", "_CHIPS"))}
    state.app.jinja_env.globals["inspection"] = named


@bp.get("")
@guarded(*READERS, external=True)
def index() -> ResponseReturnValue:
    me, view = person(), request.args.get("view", "open")
    view = view if view in VIEWS and not me.external else "open"
    found = behind_for(me) if view == "behind" else open_for(me)
    return render_template(
        "inspections/index.html",
        view=view,
        inspections=found,
        tallies=tallies([each.id for each in found]),
        asked=[] if me.external else _asked(),
        may_plan=me.role in PLANNERS and not me.external,
    )


@bp.get("/new")
@guarded(*PLANNERS)
def new() -> ResponseReturnValue:
    given = {name: request.args.get(name, "")[:40] for name in ("occasion", "unit")}
    occasion = Occasion(given["occasion"]) if given["occasion"] in set(Occasion) else None
    blank = PlanForm(str(uuid4()), occasion, given["unit"], "", "", clock.today(zone()), "", (person().id,), {})
    return _plan_page(blank)


@bp.post("")
@guarded(*PLANNERS)
def add() -> ResponseReturnValue:
    form, now, who = parse_plan(request.form, request.form.getlist("inspectors")), clock.now(), person()
    errors = form.errors or tried(lambda: plan(_plan(form), who, now, zone()))
    if errors:
        return _plan_page(form, errors), 422
    return back_to(UUID(form.id), _("Planned."))


@bp.get("/<uuid:inspection_id>")
@guarded(*READERS, external=True)
def show(inspection_id: UUID) -> ResponseReturnValue:
    return inspection_page(inspection_id)


@bp.get("/<uuid:inspection_id>/plan")
@guarded(*PLANNERS)
def edit(inspection_id: UUID) -> ResponseReturnValue:
    head = head_for(str(inspection_id), person())
    if not may_run(person(), head.subject):
        raise Forbidden(lazy("Only the office and the inspectors of this inspection can do that."))
    named = tuple(each.id for each in head.members if not each.external_of)
    places = (head.unit_id, head.template_id, head.post, head.on, head.basis, named)
    return _plan_page(PlanForm(head.id, head.occasion, *places, {}), head=head)


@bp.post("/<uuid:inspection_id>/plan")
@guarded(*PLANNERS)
def change(inspection_id: UUID) -> ResponseReturnValue:
    head, now, who = head_for(str(inspection_id), person()), clock.now(), person()
    given = {**request.form, "id": head.id, "occasion": head.occasion, "unit": head.unit_id}
    form = parse_plan(given, request.form.getlist("inspectors"))
    errors = form.errors or tried(lambda: change_plan(head, _plan(form), who, now, zone()))
    if errors:
        return _plan_page(form, errors, head), 422
    return back_to(inspection_id)


@bp.post("/<uuid:inspection_id>/begin")
@guarded(*PLANNERS, external=True)
def start(inspection_id: UUID) -> ResponseReturnValue:
    who, now = person(), clock.now()
    errors = tried(lambda: begin(head_for(str(inspection_id), who), who, now))
    if errors:
        return inspection_page(inspection_id, errors), 422
    return redirect(url_for("inspection_items.show", inspection_id=inspection_id, item_no=1), 303)


@bp.post("/<uuid:inspection_id>/cancel")
@guarded(*PLANNERS)
def call_off(inspection_id: UUID) -> ResponseReturnValue:
    who, now, reason = person(), clock.now(), request.form.get("reason", "").strip()
    errors = tried(lambda: cancel(head_for(str(inspection_id), who), reason, who, now))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id, _("Called off."))


def _plan(form: PlanForm) -> Plan:
    if form.occasion is None or form.on is None:
        raise ValueError("a plan with errors")
    return Plan(form.id, form.occasion, form.unit_id, form.template_id, form.post, form.on, form.basis, form.inspectors)


def _plan_page(form: PlanForm, errors: Mapping[str, object] | None = None, head: Head | None = None) -> str:
    known = units_to_inspect()
    return render_template(
        "inspections/plan.html",
        form=form,
        errors=errors or form.errors,
        head=head,
        units=known,
        candidates=candidates(),
        templates=templates(),
        occasions=[each for each in Occasion if _offered(each)],
    )


def _offered(occasion: Occasion) -> bool:
    """A supervisor plans self-checks and the month of a contractor only."""
    return person().role is not Role.SUPERVISOR or occasion in (Occasion.SELF, Occasion.MONTHLY)


def _asked() -> list[Asked]:
    """The rhythm of the units that this person may plan or answers for."""
    me, today = person(), clock.today(zone())
    known = units_to_inspect()
    lines = calendar([(unit.id, unit.name, unit.kind) for unit in known], held_since(today - YEAR), today)
    if me.role is Role.SUPERVISOR:
        near = {unit.id for unit in known if unit.path.startswith(me.org_path)}
    elif me.role in (Role.MANAGER, Role.CREW_LEADER):
        near = {me.org_id}
    else:
        return lines
    return [line for line in lines if line.unit_id in near]
