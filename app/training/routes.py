"""A worker's own pages: what there is to learn, a text with its confirmation, and the exam."""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.training import rules_words as words
from app.training.actions_fit import assert_fit, assert_fit_for_rounds
from app.training.actions_learning import begin_exam, confirm_reading, hand_in
from app.training.forms import parse_answers
from app.training.queries_exams import Exam, exam_of
from app.training.queries_own import own_course, own_page, steps_to_learn
from app.training.queries_people import course, course_for, names_of
from app.web.current import EVERYBODY, HANDS, Role, person
from app.web.guards import guarded
from app.web.made import made_id

bp = Blueprint("training", __name__, url_prefix="/training")
# Where a role begins; workers and drivers learn themselves.
STARTS = {Role.CREW_LEADER: "training_crew.index"}
LEARNERS = tuple(role for role in EVERYBODY if role in (*HANDS, Role.SUPERVISOR))


@bp.record_once
def give(state: BlueprintSetupState) -> None:
    """Words for templates, and the question of lower rooms whether somebody may be given work."""
    state.app.jinja_env.globals["training_words"] = words
    state.app.extensions["fit_for"] = assert_fit
    state.app.extensions["fit_for_rounds"] = assert_fit_for_rounds


def today() -> date:
    """The local date."""
    return clock.today(current_app.extensions["settings"].zone)


@bp.get("")
@guarded(*(role for role in EVERYBODY if role is not Role.ADMIN))
def index() -> ResponseReturnValue:
    me = person()
    if me.role not in (Role.WORKER, Role.DRIVER) and "own" not in request.args:
        return redirect(url_for(STARTS.get(me.role, "training_office.index")), 303)
    page = own_page(me, today())
    mentor = names_of([page.probation.mentor_id]) if page.probation else {}
    return render_template("training/own.html", page=page, today=today(), mentor=mentor, me=me)


@bp.get("/read/<number>")
@guarded(*LEARNERS)
def read(number: str) -> ResponseReturnValue:
    found = own_course(person().id, course_for(person(), number, today()), today())
    steps = steps_to_learn(found, found.held.proof.before)
    return render_template("training/read.html", own=found, steps=steps, today=today(), new_id=uuid.uuid4, me=person())


@bp.post("/read/<number>")
@guarded(*LEARNERS)
def confirm(number: str) -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    atomically(lambda: confirm_reading(me.id, course_for(me, number, today()), now, zone))
    return redirect(url_for(".read", number=number, _anchor="next"), 303)


@bp.post("/exams")
@guarded(*LEARNERS)
def begin() -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    sitting, number = made_id(request.form), request.form.get("number", "")
    found = atomically(lambda: begin_exam(me.id, course_for(me, number, today()), sitting, now, zone))
    return redirect(url_for(".exam", sitting_id=found), 303)


@bp.get("/exams/<uuid:sitting_id>")
@guarded(*LEARNERS)
def exam(sitting_id: UUID) -> ResponseReturnValue:
    return _exam_page(exam_of(str(sitting_id), person().id), {}, {})


@bp.post("/exams/<uuid:sitting_id>")
@guarded(*LEARNERS)
def judge(sitting_id: UUID) -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    chosen = parse_answers(request.form)
    try:
        atomically(lambda: hand_in(me.id, str(sitting_id), chosen, now, zone))
    except Invalid as wrong:
        return _exam_page(exam_of(str(sitting_id), me.id), chosen, wrong.fields), 422
    return redirect(url_for(".exam", sitting_id=sitting_id), 303)


def _exam_page(found: Exam, chosen: dict[str, int], errors: dict[str, object]) -> str:
    own = own_course(found.person_id, course(found.number, today()), today())
    return render_template("training/exam.html", exam=found, own=own, chosen=chosen, errors=errors, new_id=uuid.uuid4)
