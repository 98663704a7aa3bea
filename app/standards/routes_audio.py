"""The steps of a standard explained by voice: a crew leader records them on the phone, workers hear them."""

from collections.abc import Callable
from uuid import uuid4

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.photos.actions import keep_file
from app.photos.rules import Upload, Verdict, refusal
from app.standards.actions_audio import (
    RECORDERS,
    keep_recording,
    lesson,
    reached_edition,
    scope_for,
    scope_name,
    take_back,
)
from app.standards.queries_audio import forget, recordings
from app.standards.rules_audio import heard, standing, words_of
from app.web.current import person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _, lazy

bp = Blueprint("standards_audio", __name__, url_prefix="/standards/<number>/audio")
KEPT = lazy("Kept. Everybody hears it within a minute.")
TAKEN_BACK = lazy("Taken back. The phone reads the text out instead.")


@bp.get("")
@guarded(*RECORDERS)
def show(number: str) -> ResponseReturnValue:
    me = person()
    row, edition = reached_edition(number, me)
    scope, found = scope_for(me), recordings(row.code)
    own = {step_id: each for (step_id, made_for), each in standing(found).items() if made_for == scope}
    return render_template(
        "standards/audio.html",
        row=row,
        edition=edition,
        heard=heard(found, edition, me.crew_id, me.org_path),
        own=own,
        words_of=words_of,
        for_whom=_("your crew") if scope.crew_id else scope_name(scope),
        new_id=uuid4,
    )


@bp.post("")
@guarded(*RECORDERS)
def keep(number: str) -> ResponseReturnValue:
    me, now, settings = person(), clock.now(), current_app.extensions["settings"]
    store = current_app.extensions["photo_store"]
    what = lesson(number, request.form.get("step", ""), me)
    sound = request.files.get("sound")
    if sound is None:
        raise refusal(Verdict.EMPTY)
    upload = Upload(made_id(request.form), sound.stream.read(), me.id, sound.mimetype)
    kept, _new = keep_file(store, upload, max_bytes=settings.max_file_bytes, now=now, day=clock.today(settings.zone))
    return _done(
        number,
        what.step.id,
        lambda: keep_recording(what, kept, me, store, now),
        KEPT,
    )


@bp.post("/remove")
@guarded(*RECORDERS)
def remove(number: str) -> ResponseReturnValue:
    me, now = person(), clock.now()
    what = lesson(number, request.form.get("step", ""), me)
    return _done(number, what.step.id, lambda: take_back(what, me, now), TAKEN_BACK)


def _done(number: str, step_id: str, deed: Callable[[], None], words: object) -> ResponseReturnValue:
    atomically(deed)
    forget()
    flash(str(words), "ok")
    return redirect(url_for("standards_audio.show", number=number, _anchor=step_id), 303)
