"""Suggesting: from a step, a record or the text of a standard, in words or by voice; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.learning import rules_words as words
from app.learning.actions import answer as give_answer
from app.learning.actions import assert_sound, suggest
from app.learning.forms import maybe_id, parse_standing, parse_wish
from app.learning.queries import evidence_of, own_suggestions, projects_of_suggestion, suggestion
from app.learning.queries_page import subject_for
from app.learning.rules import MOST_TEXT, Wish
from app.photos.actions import keep_file
from app.photos.rules import KeptPhoto, Upload
from app.refusals import Invalid, NotFound
from app.web.current import HANDS, CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("suggestions", __name__)
SPEAKERS = (*HANDS, Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER)
NO_ERRORS: Mapping[str, object] = {}


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words of learning, and the evidence for the page of a project."""
    state.app.jinja_env.globals.update(learning_words=words, evidence_of=evidence_of)


@bp.get("/standards/<number>/suggest")
@guarded(*SPEAKERS)
def new(number: str) -> ResponseReturnValue:
    typed = {"step": request.args.get("step", "")[:8], "check": maybe_id(request.args.get("check", "")) or ""}
    return _form_page(number, typed)


@bp.post("/standards/<number>/suggest")
@guarded(*SPEAKERS)
def keep(number: str) -> ResponseReturnValue:
    me, now, settings = person(), clock.now(), current_app.extensions["settings"]
    store = current_app.extensions["photo_store"]
    subject = subject_for(number, me, clock.today(settings.zone))
    wish = parse_wish(request.form)
    try:
        voice = _voice(wish, subject.row, me)
        atomically(lambda: suggest(wish, subject.standard, subject.row, voice, me, store, now))
    except Invalid as refused:
        return _form_page(number, request.form, refused.fields or {"text": refused.sentence}), refused.status
    flash(_("Thank you! The standards section reads it, and you are told what becomes of it."), "ok")
    return redirect(url_for("suggestions.own"), 303)


@bp.get("/suggestions")
@guarded(*SPEAKERS)
def own() -> ResponseReturnValue:
    found = own_suggestions(person().id)
    gone_into = projects_of_suggestion([each.id for each in found]) if found else {}
    return render_template("learning/own.html", suggestions=found, gone_into=gone_into)


@bp.post("/suggestions/<uuid:suggestion_id>")
@guarded(Role.STANDARDS)
def answer(suggestion_id: UUID) -> ResponseReturnValue:
    me, now, form = person(), clock.now(), request.form
    found = suggestion(str(suggestion_id))
    if found is None:
        raise NotFound(lazy("There is no such suggestion."))
    deed_id = maybe_id(form.get("id", "")) or str(uuid4())
    said, text = parse_standing(form), form.get("text", "").strip()
    atomically(lambda: give_answer(found.id, said, text, deed_id, me, now))
    flash(_("Kept. The author is told."), "ok")
    return redirect(url_for("learning.show", number=found.edition, _anchor=f"s-{found.id}"), 303)


def _voice(wish: Wish, row: Any, me: CurrentPerson) -> KeptPhoto | None:
    """The memo that came with the form, kept on disk under an id that follows from the suggestion's."""
    sound = request.files.get("sound")
    if sound is None or not sound.filename:
        return None
    settings, now = current_app.extensions["settings"], clock.now()
    if suggestion(wish.id) is None:
        assert_sound(wish, row, me, now, voice=True)
    upload = Upload(str(uuid5(NAMESPACE_URL, f"dabiao:memo:{wish.id}")), sound.stream.read(), me.id, sound.mimetype)
    store, day = current_app.extensions["photo_store"], clock.today(settings.zone)
    return keep_file(store, upload, max_bytes=settings.max_file_bytes, now=now, day=day)[0]


def _form_page(number: str, typed: Mapping[str, Any], errors: Mapping[str, object] = NO_ERRORS) -> str:
    today = clock.today(current_app.extensions["settings"].zone)
    subject = subject_for(number, person(), today)
    known = maybe_id(typed.get("id", ""))
    return render_template(
        "learning/suggest.html",
        subject=subject,
        typed=typed,
        errors=errors,
        fresh_id=known or str(uuid4()),
        most=MOST_TEXT,
    )
