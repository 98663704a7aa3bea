"""The start page by role, a person's own page, and the choices of language and text size."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.queries_people import sessions_of
from app.checks.queries import retakes_for
from app.checks.queries_proof import own_proof
from app.checks.queries_record import unsigned_for
from app.config_values import LOCALES
from app.days import begins
from app.db import atomically
from app.feedback.queries import praise_for, vouched_for
from app.feedback.queries_calls import calls_for
from app.nonconformities.queries_board import own_todo
from app.pages.queries import shift_of, tasks_of
from app.pages.rules_day import day_of
from app.pages.writes import keep_preferences
from app.repairs.queries_list import orders_waiting
from app.stats.queries_month import own_figures, own_help
from app.web.current import CurrentPerson, Role, maybe_person, person
from app.web.guards import guarded, public
from app.web.paths import own_path

bp = Blueprint("home", __name__)
# How long praise stands on the start page, and on the own page.
FRESH, REMEMBERED = timedelta(days=3), timedelta(days=90)
# Where a role begins its day (contract, Addresses); workers and drivers begin with their own round.
STARTS = {
    Role.CREW_LEADER: "/rounds",
    Role.SUPERVISOR: "/log",
    Role.MANAGER: "/log",
    Role.INSPECTOR: "/log",
    Role.STANDARDS: "/standards",
    Role.LEADER: "/stats",
    Role.AUDITOR: "/stats",
    Role.ADMIN: "/people",
}


@bp.get("/")
@guarded(external=True)
def start() -> ResponseReturnValue:
    me = person()
    wanted = "/inspections" if me.external else STARTS.get(me.role)
    if wanted and "all" not in request.args and _exists(wanted):
        return redirect(wanted, 303)
    return render_template("pages/home.html", **_own_day(me, clock.now()))


@bp.get("/me")
@guarded(external=True)
def own_page() -> ResponseReturnValue:
    me = person()
    zone = current_app.extensions["settings"].zone
    month = (me.id, clock.today(zone).replace(day=1), clock.now(), zone)
    return render_template(
        "pages/me.html",
        me=me,
        month=own_figures(*month),
        helped=own_help(*month),
        proof=own_proof(me.id, begins(month[1], zone)) if me.is_hands else None,
        shift=shift_of(me.shift_id),
        sessions=sessions_of(me.id, me.session_id),
        praise=praise_for(me.id, clock.now() - REMEMBERED),
        vouched=vouched_for(me.id, clock.now() - REMEMBERED),
    )


@bp.post("/preferences")
@public
def preferences() -> ResponseReturnValue:
    locale, large = request.form.get("locale"), request.form.get("large_text")
    chosen: dict[str, Any] = {}
    if locale in LOCALES:
        chosen["locale"] = locale
    if large in ("0", "1"):
        chosen["large_text"] = large == "1"
    me = maybe_person()
    if me and chosen:
        atomically(lambda: keep_preferences(me.id, chosen))
    session.update(chosen)
    return redirect(own_path(request.form.get("next")), 303)


def _own_day(me: CurrentPerson, now: datetime) -> dict[str, Any]:
    zone = current_app.extensions["settings"].zone
    today = clock.today(zone)
    return {
        "me": me,
        "today": today,
        "day": day_of(tasks_of(me.id, today, now), now, today),
        "shift": shift_of(me.shift_id),
        "month": own_figures(me.id, today.replace(day=1), now, zone),
        "retakes": retakes_for(me.id, now),
        "praise": praise_for(me.id, now - FRESH) if me.is_hands else [],
        "visitor_calls": calls_for(me) if me.is_hands else [],
        "unsigned": unsigned_for(me) if me.is_hands else [],
        "repairs": orders_waiting(me) if me.is_hands else 0,
        "todo_findings": own_todo(me.id, me.org_id, today) if me.is_hands else 0,
    }


def _exists(path: str) -> bool:
    return any(rule.rule.rstrip("/") == path for rule in current_app.url_map.iter_rules())
