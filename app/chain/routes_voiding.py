"""A record is made void or corrected by two persons: the forms on its page, and the list of what waits for a second."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.chain.actions_correcting import Wish, decide_correction, propose_correction
from app.chain.actions_voiding import Word, decide_void, propose_void
from app.chain.queries_changes import changes_of
from app.chain.queries_voiding import proposals_within
from app.chain.rules_voiding import PROPOSERS
from app.checks import rules_words
from app.db import atomically
from app.refusals import Invalid
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("voiding", __name__)
READERS = (*PROPOSERS, Role.AUDITOR, Role.INSPECTOR, Role.STANDARDS)


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """For the page of a record, which lies below."""
    state.app.jinja_env.globals.update(record_changes=lambda check: changes_of(check, person()))


@bp.get("/voidings")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return render_template("chain/voidings.html", proposals=proposals_within(person()), words=rules_words)


@bp.post("/checks/<uuid:check_id>/void")
@guarded(*PROPOSERS)
def propose(check_id: UUID) -> ResponseReturnValue:
    me, now, number = person(), clock.now(), _number()
    atomically(lambda: propose_void(number, str(check_id), request.form.get("reason", ""), me, now))
    return _back(str(check_id), _("Kept. A second person decides; until then the record counts as before."))


@bp.post("/checks/<uuid:check_id>/corrections")
@guarded(*PROPOSERS)
def correct(check_id: UUID) -> ResponseReturnValue:
    me, now, form = person(), clock.now(), request.form
    wish = Wish(_number(), form.get("step", "")[:8], form.get("said", ""), form.get("reason", ""))
    waits = atomically(lambda: propose_correction(str(check_id), wish, me, now))
    return _back(str(check_id), _("Kept. It turns the result, so a second person decides.") if waits else _("Kept."))


@bp.post("/voidings/<uuid:change_id>/<any(accept,refuse):word>")
@guarded(*PROPOSERS)
def decide(change_id: UUID, word: str) -> ResponseReturnValue:
    me, now, said = person(), clock.now(), _word(word)
    return _decided(lambda: decide_void(str(change_id), said, me, now))


@bp.post("/corrections/<uuid:change_id>/<any(accept,refuse):word>")
@guarded(*PROPOSERS)
def decide_on_correction(change_id: UUID, word: str) -> ResponseReturnValue:
    me, now, said = person(), clock.now(), _word(word)
    zone = current_app.extensions["settings"].zone
    return _decided(lambda: decide_correction(str(change_id), said, me, now, zone=zone))


def _decided(work: Callable[[], str]) -> ResponseReturnValue:
    return _back(atomically(work), _("Kept."))


def _word(word: str) -> Word:
    return Word(word == "accept", request.form.get("reason", ""))


def _number() -> str:
    """Made by the page, so that a repeat is known; a form without one is a new proposal."""
    said = request.form.get("id", "")
    try:
        return str(UUID(said)) if said else str(uuid4())
    except ValueError as wrong:
        raise Invalid(lazy("Some entries are missing or cannot be right.")) from wrong


def _back(check_id: str, thanks: str) -> ResponseReturnValue:
    flash(thanks, "ok")
    return redirect(url_for("checks.show", check_id=check_id, _anchor="voiding"), 303)
