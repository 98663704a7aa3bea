"""Deeds at a grade: decide, appeal, answer an appeal, register an accident, sign the contractor's sheet."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.grades.actions import At, Decision, answer, appeal, decide, register_accident, sign
from app.grades.forms import grade_in, text_in, upheld_in
from app.grades.routes import DECIDERS, SIGNERS, asked_month, zone_of_site
from app.grades.rules import Kind
from app.web.current import HANDS, Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("grade_deeds", __name__, url_prefix="/grades")
APPEALING = (*HANDS, Role.SUPERVISOR, Role.MANAGER)


@bp.post("/<any(unit,point,standard,person):by>/<subject_id>/decision")
@guarded(*DECIDERS)
def decision(by: str, subject_id: str) -> ResponseReturnValue:
    form = request.form
    wish = Decision(
        made_id(form), grade_in(form), text_in(form, "reason"), text_in(form, "corrective"), text_in(form, "preventive")
    )
    at = _at(by, subject_id)
    atomically(lambda: decide(at, wish))
    return _done(at, _("The decision is kept."))


@bp.post("/<any(unit,point,standard,person):by>/<subject_id>/appeal")
@guarded(*APPEALING)
def object_to(by: str, subject_id: str) -> ResponseReturnValue:
    event_id, reason = made_id(request.form), text_in(request.form, "reason", asked=True)
    at = _at(by, subject_id)
    atomically(lambda: appeal(at, event_id, reason))
    return _done(at, _("Your appeal is kept. Somebody else than who decided will answer it."))


@bp.post("/<any(unit,point,standard,person):by>/<subject_id>/answer")
@guarded(*DECIDERS)
def answer_to(by: str, subject_id: str) -> ResponseReturnValue:
    form = request.form
    event_id, reason, upheld = made_id(form), text_in(form, "reason", asked=True), upheld_in(form)
    at = _at(by, subject_id)
    atomically(lambda: answer(at, event_id, form.get("appeal", "")[:36], reason, upheld=upheld))
    return _done(at, _("The answer is kept."))


@bp.post("/unit/<subject_id>/accident")
@guarded(*DECIDERS)
def accident(subject_id: str) -> ResponseReturnValue:
    event_id, reason = made_id(request.form), text_in(request.form, "reason", asked=True)
    at = _at(Kind.UNIT, subject_id)
    atomically(lambda: register_accident(at, event_id, reason))
    return _done(at, _("The accident is registered."))


@bp.post("/unit/<subject_id>/signature")
@guarded(*SIGNERS)
def signature(subject_id: str) -> ResponseReturnValue:
    form = request.form
    event_id, said = made_id(form), text_in(form, "words")
    at = _at(Kind.UNIT, subject_id)
    atomically(lambda: sign(at, event_id, form.get("sha256", "")[:64], said))
    return _done(at, _("Your signature is kept."))


def _at(by: str, subject_id: str) -> At:
    return At(Kind(by), subject_id, asked_month().first, person(), clock.now(), zone_of_site())


def _done(at: At, sentence: str) -> ResponseReturnValue:
    flash(sentence, "ok")
    where = url_for("grades.show", by=at.kind, subject_id=at.subject_id, month=f"{at.month:%Y-%m}")
    return redirect(where, 303)
