"""Self-checks: the crew leader's list of the day; for others which crews have looked at their own work."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.days import ONE_DAY
from app.db import atomically
from app.spotchecks.actions_selfchecks import draw_own
from app.spotchecks.forms_review import parse_day
from app.spotchecks.queries_selfchecks import crew_days, item_at
from app.spotchecks.rules_selfchecks import CrewDay, wanted
from app.web.current import Role, maybe_person, person
from app.web.guards import guarded
from app.web.words import _
from qr.payload import normalise

bp = Blueprint("selfchecks", __name__, url_prefix="/spotchecks/self")
READERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)


@bp.record_once
def give_card(state: BlueprintSetupState) -> None:
    """The crew leader's board shows how far the self-check of today is."""
    state.app.jinja_env.globals["own_selfcheck"] = own_selfcheck


def own_selfcheck() -> CrewDay | None:
    """Today's self-check of the crew that the person leads."""
    me = maybe_person()
    if me is None or me.role is not Role.CREW_LEADER:
        return None
    return next(iter(crew_days(me, clock.today(current_app.extensions["settings"].zone))), None)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, today = person(), clock.today(current_app.extensions["settings"].zone)
    day = min(parse_day(request.args.get("day", "")) or today, today)
    crews = crew_days(me, day)
    mine = crews[0] if me.role is Role.CREW_LEADER and crews else None
    code = request.args.get("code", "")
    if code and mine and mine.drawn_at:
        found = item_at(normalise(code)[:20], str(mine.draw_id))
        if found:
            return redirect(url_for("reviews.item", item_id=found), 303)
        flash(_("This place is not on today's list."), "info")
    return render_template(
        "spotchecks/selfchecks.html", crews=crews, mine=mine, day=day, today=today, one_day=ONE_DAY, wanted=wanted
    )


@bp.post("/draw")
@guarded(Role.CREW_LEADER)
def draw() -> ResponseReturnValue:
    leader, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    draw_id = atomically(lambda: draw_own(leader, now, zone))
    return redirect(url_for("reviews.listed", draw_id=draw_id), 303)
