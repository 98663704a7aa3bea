"""Calls on a worker's phone and at the desk: on my way, there, seen to with the label in hand."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.feedback.actions_calls import accept, arrive, finish
from app.feedback.actions_ratings import look_at_lead
from app.feedback.queries_calls import calls_for, calls_within
from app.feedback.queries_ratings import leads_within, ratings_within
from app.feedback.rules_calls import NEED_ICONS, NEED_WORDS, STATE_WORDS, call_figures, is_late, minutes_left
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS, LEAD_WORDS, TOPIC_WORDS, LeadOutcome
from app.web.current import BUREAU_WIDE, HANDS, Role, person
from app.web.guards import guarded
from app.web.paths import own_path
from app.web.words import _
from qr.payload import BadCode, read_code

bp = Blueprint("calls", __name__, url_prefix="/feedback")
DESK = (Role.SUPERVISOR, Role.MANAGER, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))
SHOWN_DAYS = 30


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words of calls for templates of several rooms."""
    words = {"needs": NEED_WORDS, "icons": NEED_ICONS, "states": STATE_WORDS, "left": minutes_left, "late": is_late}
    state.app.jinja_env.globals.update(call_words=words, calls_waiting=lambda: len(calls_for(person())))


@bp.get("")
@guarded(*HANDS, *DESK)
def index() -> ResponseReturnValue:
    me, now = person(), clock.now()
    if me.role in HANDS:
        return render_template("feedback/mine.html", calls=calls_for(me), me=me)
    since = now - timedelta(days=SHOWN_DAYS)
    calls = calls_within(me, since)
    return render_template(
        "feedback/index.html",
        me=me,
        calls=[each for each in calls if each.ended_at is None],
        ended=[each for each in calls if each.ended_at is not None],
        figures=call_figures([(each.first_at, each.accepted_at, each.arrived_at, each.due_at) for each in calls], now),
        ratings=ratings_within(me, since, now),
        leads=leads_within(me, now),
        days=SHOWN_DAYS,
        faces=FACE_WORDS,
        face_icons=FACE_ICONS,
        topics=TOPIC_WORDS,
        outcomes=LEAD_WORDS,
    )


@bp.post("/calls/<uuid:call_id>/accept")
@guarded(*HANDS)
def take(call_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    call = atomically(lambda: accept(str(call_id), me, now))
    flash(_("%(point)s: you are on your way. The visitor reads it.", point=call.point), "ok")
    return _back()


@bp.post("/calls/<uuid:call_id>/arrive")
@guarded(*HANDS)
def there(call_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    atomically(lambda: arrive(str(call_id), me, now))
    return _back()


@bp.post("/calls/<uuid:call_id>/done")
@guarded(*HANDS)
def done(call_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    found = request.form.get("found", "1") != "0"
    call = atomically(lambda: finish(str(call_id), _label(), me, now, found=found))
    flash(_("%(point)s: seen to. The visitor reads it. Thank you!", point=call.point), "ok")
    return _back()


@bp.post("/leads/<uuid:lead_id>/looked")
@guarded(Role.SUPERVISOR, Role.INSPECTOR)
def looked(lead_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    outcome, note = request.form.get("outcome", ""), request.form.get("note", "")
    if atomically(lambda: look_at_lead(str(lead_id), outcome, note, me, now)):
        flash(_("Looked into: %(outcome)s", outcome=LEAD_WORDS[LeadOutcome(outcome)]), "ok")
    return redirect("/feedback#leads", 303)


def _label() -> str:
    """The label code as read there; whatever else was sent is no label."""
    try:
        return read_code(request.form.get("code", ""))
    except BadCode:
        return ""


def _back() -> ResponseReturnValue:
    """To the page that the button stood on: the list or the point."""
    return redirect(own_path(request.form.get("next") or "/feedback"), 303)
