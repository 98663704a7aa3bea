"""The service desk: what comes by telephone is typed in here, trips are called back, leads are looked at."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.feedback import rules_complaint_words as words
from app.feedback.actions_desk import enter, hold_handler, keep_trip
from app.feedback.forms_desk import parse_entry
from app.feedback.queries_complaints import Case, case_for, open_cases
from app.feedback.queries_desk import places_for, trips_to_call_back
from app.feedback.rules_calls import NEED_WORDS
from app.feedback.rules_desk import CALL, Entry
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS
from app.feedback.rules_tokens import token_of
from app.refusals import Invalid
from app.web.current import person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _

bp = Blueprint("desk", __name__, url_prefix="/feedback")


@bp.get("/desk")
@guarded()
def show() -> ResponseReturnValue:
    hold_handler(person())
    kind = request.args.get("kind", "complaint")
    made = request.args.get("made", "")
    return _page(Entry(str(uuid.uuid4()), kind, request.args.get("point", "")[:120], ""), _made(made))


@bp.post("/desk")
@guarded()
def keep() -> ResponseReturnValue:
    me, now, zone, secret = person(), clock.now(), _zone(), _secret()
    hold_handler(me)
    entry = parse_entry(request.form, zone, now)
    if entry.errors:
        return _page(entry), 422
    try:
        kept = atomically(lambda: enter(entry, me, now, secret=secret, zone=zone))
    except Invalid as refusal:
        entry.errors.update(refusal.fields)
        return _page(entry), 422
    if entry.kind == CALL:
        flash(_("Somebody has been told and is on the way."), "ok")
        return redirect(url_for("desk.show", kind=CALL), 303)
    flash(_("Kept as %(number)s.", number=kept.number), "ok")
    return redirect(url_for("desk.show", kind=entry.kind, made=kept.id), 303)


@bp.post("/trips/<event_id>")
@guarded()
def ask_about_trip(event_id: str) -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), _zone()
    face, said = whole_number(request.form.get("face", "")), request.form.get("words", "")
    atomically(lambda: keep_trip(event_id, face, said, me, now, zone))
    flash(_("Kept."), "ok")
    return redirect(url_for("desk.show") + "#trips", 303)


def _page(entry: Entry, made: tuple[Case, str] | None = None) -> str:
    me, now = person(), clock.now()
    return render_template(
        "feedback/desk.html",
        entry=entry,
        errors=entry.errors,
        typed=request.form,
        places=places_for(me),
        cases=open_cases(me),
        trips=trips_to_call_back(now),
        needs=NEED_WORDS,
        faces=FACE_WORDS,
        icons=FACE_ICONS,
        made=made,
        now_is=now,
        words=words,
    )


def _made(item_id: str) -> tuple[Case, str] | None:
    """The case just kept, with its status link for the caller."""
    try:
        wanted = str(uuid.UUID(item_id))
    except ValueError:
        return None
    return case_for(wanted, person()), token_of(_secret(), wanted)


def _secret() -> str:
    return str(current_app.secret_key)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
