"""Pages of people per day: who is there and who is away, leave with cover, and how the work is spread."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.schedule.actions_absences import put_absence, take_absence_back
from app.schedule.actions_rota import Call
from app.schedule.forms import parse_day
from app.schedule.forms_rota import parse_absence
from app.schedule.queries_days import away, hands_in_reach, home_of, overload, week_of
from app.schedule.queries_rota import published_rounds, units_in_reach
from app.schedule.queries_workload import unit_load
from app.schedule.routes_fit import Unfit, assert_fit
from app.schedule.rules_absences import AbsenceForm
from app.schedule.rules_rota_words import ABSENCES, DAY_TYPES
from app.schedule.rules_sheet import sheet_bytes
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("rota_people", __name__, url_prefix="/rounds")
ENTERING = (Role.CREW_LEADER, Role.SUPERVISOR, Role.STANDARDS)
READERS = (*ENTERING, Role.MANAGER, Role.INSPECTOR, Role.LEADER, Role.AUDITOR)
WEEK = timedelta(days=7)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/people")
@guarded(*READERS)
def people() -> ResponseReturnValue:
    return _people(AbsenceForm(str(uuid4()), "", None, None, "", "", ""))


@bp.post("/absences")
@guarded(*ENTERING)
def keep_absence() -> ResponseReturnValue:
    form, who, call = parse_absence(request.form), person(), _call()
    if form.errors:
        return _people(form, form.errors), 422

    def deed() -> None:
        if put_absence(who, form, call):
            _assert_cover_fits(form, call)

    try:
        atomically(deed)
    except Unfit as refusal:
        return _people(form, unfit=refusal.refusals), 422
    except Invalid as refusal:
        return _people(form, {"cover": refusal.sentence}), 422
    flash(_("Kept. The tasks of these days follow."), "ok")
    _warn(form, call)
    return redirect(url_for("rota_people.people", day=form.from_on.isoformat() if form.from_on else None), 303)


@bp.post("/absences/end")
@guarded(*ENTERING)
def end_absence() -> ResponseReturnValue:
    who, call, absence_id = person(), _call(), request.form.get("absence", "")[:36]
    atomically(lambda: take_absence_back(who, absence_id, call))
    flash(_("Taken back. The tasks ahead follow."), "ok")
    return redirect(url_for("rota_people.people"), 303)


@bp.get("/workload")
@guarded(*READERS)
def workload() -> ResponseReturnValue:
    call = _call()
    loads = [unit_load(unit, _today(call), call.zone) for unit in units_in_reach(person())]
    return render_template("schedule/workload.html", loads=[each for each in loads if each.people])


@bp.get("/workload.xlsx")
@guarded(*READERS)
@exported("workload by person")
def workload_file() -> ResponseReturnValue:
    call = _call()
    loads = [unit_load(unit, _today(call), call.zone) for unit in units_in_reach(person())]
    lines = [
        (load.unit.name, each.name, each.person_id, each.minutes, "、".join(each.rounds))
        for load in loads
        for each in load.people
    ]
    head = [_("Unit"), _("Person"), _("Number"), _("Minutes a week"), _("Rounds")]
    body = sheet_bytes(_("Workload"), head, lines, call.at)
    named = f'attachment; filename="workload-{_today(call)}.xlsx"'
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": named})


def _people(form: AbsenceForm, errors: dict[str, object] | None = None, unfit: Sequence[Invalid] = ()) -> str:
    call, who = _call(), person()
    first = parse_day(request.args.get("day", "")) or _today(call)
    return render_template(
        "schedule/people.html",
        week=week_of(who, first, call.zone),
        first=first,
        one_week=WEEK,
        form=form,
        errors=errors or {},
        unfit=unfit,
        typed=request.form,
        hands=hands_in_reach(who) if who.role in ENTERING else [],
        away=away(who, _today(call) - WEEK),
        kinds=ABSENCES,
        day_types=DAY_TYPES,
        may_enter=who.role in ENTERING,
        today=_today(call),
    )


def _assert_cover_fits(form: AbsenceForm, call: Call) -> None:
    """Who stands in is qualified for the rounds on the first and on the last day: papers run out meanwhile."""
    if not form.cover_id or form.from_on is None or form.to_on is None:
        return
    held = [each for each in published_rounds([home_of(form.person_id)]) if each.person_id == form.person_id]
    first = max(form.from_on, _today(call))
    for day in sorted({day for day in (first, form.to_on) if first <= day <= form.to_on}):
        assert_fit([replace(each, person_id=form.cover_id) for each in held], day)


def _warn(form: AbsenceForm, call: Call) -> None:
    """A stand-in who then has two rounds at once is told of it; the crew leader decides."""
    if form.cover_id and form.from_on:
        words = overload(home_of(form.cover_id), form.cover_id, form.from_on, call.zone, call.at)
        if words:
            flash(_("On two rounds at once: %(what)s", what=words), "due")


def _today(call: Call) -> date:
    return call.at.astimezone(call.zone).date()


def _call() -> Call:
    return Call(clock.now(), current_app.extensions["settings"].zone)
