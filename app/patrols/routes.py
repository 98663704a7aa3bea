"""Pages of patrols: today's runs with the next point, the sheet of some nights, a new route."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.days import ONE_DAY
from app.db import atomically
from app.patrols.actions import RouteWish, lay_out, retire
from app.patrols.forms import parse_id, parse_minutes, parse_order
from app.patrols.queries import choices, places, route_for, routes_of, runs_of
from app.patrols.rules_words import MARK_WORDS
from app.refusals import Conflict, Invalid, NotFound
from app.web.current import EVERYBODY, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("patrols", __name__, url_prefix="/patrols")
PLANNERS = (Role.CREW_LEADER, Role.SUPERVISOR)
NIGHTS = 7
MONTHS = 200


@bp.get("")
@guarded(*EVERYBODY)
def index() -> ResponseReturnValue:
    now, who, today = clock.now(), person(), _today()
    routes = routes_of(who)
    runs = {route.id: [run for run in runs_of(route, today - ONE_DAY, today) if _near(run.ends_at)] for route in routes}
    return render_template(
        "patrols/index.html",
        routes=routes,
        runs=runs,
        places=places([point for route in routes for point in route.points]),
        words=MARK_WORDS,
        at=now,
        may_plan=who.role in PLANNERS,
    )


@bp.get("/new")
@guarded(*PLANNERS)
def new() -> ResponseReturnValue:
    return _new_page({}, request.args)


@bp.post("")
@guarded(*PLANNERS)
def make() -> ResponseReturnValue:
    form, who, now = request.form, person(), clock.now()
    try:
        wish = RouteWish(
            parse_id(form.get("id", "")),
            form.get("name", "").strip()[:80],
            form.get("standard", "").strip()[:20],
            parse_order(form),
            form.get("ordered") == "1",
            parse_minutes(form.get("least", "")),
            parse_minutes(form.get("most", "")),
        )
        atomically(lambda: lay_out(wish, who, now))
    except (Invalid, Conflict) as refused:
        return _new_page(refused.fields or {"name": refused.sentence}, form), refused.status
    flash(_("The route stands."), "ok")
    return redirect(url_for("patrols.show", route_id=wish.id), 303)


@bp.get("/<uuid:route_id>")
@guarded(*EVERYBODY)
def show(route_id: UUID) -> ResponseReturnValue:
    route = route_for(person(), str(route_id))
    if route is None:
        raise NotFound(lazy("There is no such route in your reach."))
    today = _today()
    long = request.args.get("view") == "long"
    runs = runs_of(route, today - (MONTHS if long else NIGHTS) * ONE_DAY, today)
    return render_template(
        "patrols/show.html",
        route=route,
        runs=[run for run in runs if run.starts_at and run.starts_at <= clock.now()],
        places=places(route.points),
        words=MARK_WORDS,
        at=clock.now(),
        long=long,
        may_plan=person().role in PLANNERS,
    )


@bp.post("/<uuid:route_id>/retire")
@guarded(*PLANNERS)
def end(route_id: UUID) -> ResponseReturnValue:
    who, now = person(), clock.now()
    atomically(lambda: retire(str(route_id), who, now))
    flash(_("The route is walked no longer. Its sheets stay."), "ok")
    return redirect(url_for("patrols.index"), 303)


def _new_page(errors: Mapping[str, object], typed: Mapping[str, str]) -> str:
    return render_template(
        "patrols/new.html", choices=choices(person()), errors=errors, typed=typed, fresh_id=str(uuid.uuid4())
    )


def _near(ends_at: object) -> bool:
    """Runs of the day, and what of last night has ended in the last twelve hours."""
    return ends_at is not None and ends_at > clock.now() - timedelta(hours=12)  # type: ignore[operator]


def _today() -> date:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return clock.today(zone)
