"""The page of events entered by hand: rain or snow, a warning lifted, a print job."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Conflict, Invalid
from app.schedule.actions_byhand import EventWish, call_off, enter
from app.schedule.forms_events import EventForm, parse_event
from app.schedule.queries_listeners import entered_since, listeners
from app.schedule.rules_events import BY_HAND, EventKind
from app.schedule.rules_words import EVENT_WORDS, LEVELS
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import ngettext

bp = Blueprint("events", __name__, url_prefix="/events")
WHO = (Role.CREW_LEADER, Role.SUPERVISOR)
SHOWN_DAYS = 14


@bp.get("")
@guarded(*WHO)
def index() -> ResponseReturnValue:
    return _page(None)


@bp.post("")
@guarded(*WHO)
def make() -> ResponseReturnValue:
    who, now, zone = person(), clock.now(), _zone()
    form = parse_event(request.form, request.form.getlist("place"), zone)
    if form.errors or form.kind is None or form.starts_at is None:
        return _page(form), 422
    wish = EventWish(form.id, form.kind, form.starts_at, form.places, form.level, form.rain_mm)
    try:
        count = atomically(lambda: enter(wish, who, zone, now))
    except (Invalid, Conflict) as refused:
        form.errors.update(refused.fields or {"kind": refused.sentence})
        return _page(form), refused.status
    flash(ngettext("Entered; %(num)d point has its task.", "Entered; %(num)d points have their tasks.", count), "ok")
    return redirect(url_for("events.index"), 303)


@bp.post("/<uuid:group_id>/off")
@guarded(*WHO)
def off(group_id: uuid.UUID) -> ResponseReturnValue:
    who, now, zone = person(), clock.now(), _zone()
    count = atomically(lambda: call_off(str(group_id), who, zone, now))
    flash(ngettext("Called off at %(num)d point.", "Called off at %(num)d points.", count), "ok")
    return redirect(url_for("events.index"), 303)


def _page(form: EventForm | None) -> str:
    who, now = person(), clock.now()
    waiting = {kind: found for kind in BY_HAND if (found := listeners(who, EventKind(kind)))}
    chosen = form.kind if form and form.kind else request.args.get("kind", "")
    kind = EventKind(chosen) if chosen in waiting else next(iter(waiting), None)
    points = {point.id for found in waiting.values() for point in found}
    return render_template(
        "schedule/events.html",
        kinds=list(waiting),
        kind=kind,
        points=waiting.get(kind, []) if kind else [],
        words=EVENT_WORDS,
        levels=LEVELS,
        entered=entered_since(now - timedelta(days=SHOWN_DAYS), points),
        errors=form.errors if form else {},
        typed=request.form,
        starts=now.astimezone(_zone()).strftime("%Y-%m-%dT%H:%M"),
        fresh_id=str(uuid.uuid4()),
    )


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
