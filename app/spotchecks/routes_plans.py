"""Plans of spot checks: the form, keeping one, ending one."""

from __future__ import annotations

import uuid
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.spotchecks import rules_words as words
from app.spotchecks.actions_plans import end_plan, make_plan, owner_of
from app.spotchecks.forms_plans import parse_plan
from app.spotchecks.queries_units import choices
from app.spotchecks.rules_plans import PlanForm
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("spotcheck_plans", __name__, url_prefix="/spotchecks/plans")
PLANNERS = (Role.SUPERVISOR, Role.INSPECTOR)


@bp.get("/new")
@guarded(*PLANNERS)
def new() -> ResponseReturnValue:
    return _page(None)


@bp.post("")
@guarded(*PLANNERS)
def make() -> ResponseReturnValue:
    who, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    form = parse_plan(request.form, now.astimezone(zone).date())
    try:
        atomically(lambda: make_plan(form, who, now, zone))
    except Invalid as refused:
        return _page(form, dict(refused.fields)), 422
    flash(_("The plan is kept. Its draws are promised and sealed."), "ok")
    return redirect(url_for("spotchecks.index"), 303)


@bp.post("/<uuid:plan_id>/end")
@guarded(*PLANNERS)
def end(plan_id: UUID) -> ResponseReturnValue:
    who, now = person(), clock.now()
    atomically(lambda: end_plan(str(plan_id), who, now))
    flash(_("The plan has ended. What was promised is still drawn."), "ok")
    return redirect(url_for("spotchecks.index"), 303)


def _page(form: PlanForm | None, errors: dict[str, object] | None = None) -> str:
    path = owner_of(person())[1]
    return render_template(
        "spotchecks/plan.html",
        form=form,
        errors=errors or {},
        plan_id=form.id if form and form.id else str(uuid.uuid4()),
        offered=choices(path),
        words=words,
    )
