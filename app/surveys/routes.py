"""Pages of surveys for the office: the list, one survey with questions, departments and links, and the deeds on it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Conflict
from app.surveys import actions
from app.surveys.actions_tending import remind
from app.surveys.forms import parse_departments, parse_plan, parse_questions, parse_year
from app.surveys.queries import Head, invitations_of, questions_of, surveys
from app.surveys.rules import MOST_QUESTIONS, STATE_KINDS, STATE_WORDS, State
from app.surveys.rules_content import EXAMPLE, INTRO, TITLE
from app.surveys.rules_links import drawn, token_of
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _

bp = Blueprint("surveys", __name__, url_prefix="/surveys")
READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
ROWS_MORE = 3
WORDS: Mapping[str, Any] = {"states": STATE_WORDS, "kinds": STATE_KINDS}


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return _list({}, 200)


@bp.post("")
@guarded(Role.STANDARDS)
def make() -> ResponseReturnValue:
    year, faults = parse_year(request.form)
    plan, more = parse_plan({**request.form, "intro": INTRO})
    new_id = _own_id(request.form.get("id", ""))
    if plan is None or faults or not new_id:
        return _list(faults | more, 422)
    try:
        atomically(lambda: actions.make(new_id, year, plan, _call()))
    except Conflict as taken:
        return _list(dict(taken.fields), taken.status)
    flash(_("The draft is made. Look at the questions, then name the departments."), "ok")
    return redirect(url_for(".show", survey_id=new_id), 303)


@bp.get("/<uuid:survey_id>")
@guarded(*READERS)
def show(survey_id: UUID) -> ResponseReturnValue:
    return _page(actions.survey_for(str(survey_id)), {}, 200)


@bp.post("/<uuid:survey_id>/plan")
@guarded(Role.STANDARDS)
def change(survey_id: UUID) -> ResponseReturnValue:
    head = actions.survey_for(str(survey_id))
    plan, faults = parse_plan(request.form)
    if plan is None:
        return _page(head, faults, 422)
    atomically(lambda: actions.change_plan(head, plan, _revision()))
    return _back(head, _("Saved."))


@bp.post("/<uuid:survey_id>/questions")
@guarded(Role.STANDARDS)
def ask(survey_id: UUID) -> ResponseReturnValue:
    head = actions.survey_for(str(survey_id))
    questions, faults = parse_questions(request.form)
    if faults:
        return _page(head, faults, 422)
    atomically(lambda: actions.change_questions(head, questions, _revision()))
    return _back(head, _("Saved."))


@bp.post("/<uuid:survey_id>/departments")
@guarded(Role.STANDARDS)
def invite(survey_id: UUID) -> ResponseReturnValue:
    head = actions.survey_for(str(survey_id))
    departments, faults = parse_departments(request.form.get("departments", ""))
    if faults:
        return _page(head, faults, 422)
    atomically(lambda: actions.invite(head, departments, _secret()))
    return _back(head, _("Saved."))


@bp.post("/<uuid:survey_id>/release")
@guarded(Role.STANDARDS)
def release(survey_id: UUID) -> ResponseReturnValue:
    head = actions.survey_for(str(survey_id))
    state = atomically(lambda: actions.release(head, _call()))
    opened = _("The survey is open. Hand out the links.")
    return _back(head, opened if state is State.OPEN else _("Released. It opens by itself on its first day."))


@bp.post("/<uuid:survey_id>/end")
@guarded(Role.STANDARDS)
def end(survey_id: UUID) -> ResponseReturnValue:
    head, call = actions.survey_for(str(survey_id)), _call()
    atomically(lambda: actions.end(head, call.who.id, call.now))
    return _back(head, _("The survey has ended. The report is ready."))


@bp.post("/<uuid:survey_id>/drop")
@guarded(Role.STANDARDS)
def drop(survey_id: UUID) -> ResponseReturnValue:
    head = actions.survey_for(str(survey_id))
    atomically(lambda: actions.drop(head))
    flash(_("The draft is gone."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:survey_id>/reminders")
@guarded(Role.STANDARDS)
def reminders(survey_id: UUID) -> ResponseReturnValue:
    head = actions.survey_for(str(survey_id))
    told, without = atomically(lambda: remind(head, _call(), _secret()))
    said = _("%(n)d people were reminded.", n=told)
    if without:
        said += " " + _("%(n)d departments have nobody with an account: call them.", n=without)
    return _back(head, said)


@bp.get("/<uuid:survey_id>/links")
@guarded(Role.STANDARDS)
def links(survey_id: UUID) -> ResponseReturnValue:
    """A slip a department, with its QR symbol and address, to print or pass on."""
    head, base = actions.survey_for(str(survey_id)), current_app.extensions["settings"].base_url
    found = sorted(invitations_of(head.id), key=lambda each: each.name)
    slips = [(each, address, *drawn(address)) for each in found for address in [_address(base, each.id)]]
    return render_template("surveys/links.html", head=head, slips=slips)


def _address(base: str, invitation_id: str) -> str:
    """All in upper case, as a QR symbol takes it best."""
    return f"{base.upper()}/S/{token_of(_secret(), invitation_id)}"


def _list(errors: Mapping[str, object], status: int) -> ResponseReturnValue:
    today = clock.today(current_app.extensions["settings"].zone)
    page = render_template(
        "surveys/index.html", surveys=surveys(), errors=errors, typed=request.form if errors else {}, today=today,
        new_id=str(uuid.uuid4()), may_make=person().role is Role.STANDARDS, usual_title=TITLE, **WORDS,
    )  # fmt: skip
    return page, status


def _page(head: Head, errors: Mapping[str, object], status: int) -> ResponseReturnValue:
    asked, invited = questions_of(head.id), invitations_of(head.id)
    editing = person().role is Role.STANDARDS and head.state is State.DRAFT
    page = render_template(
        "surveys/show.html", head=head, questions=asked, invited=invited, errors=errors,
        typed=request.form if errors else {}, blank=range(min(ROWS_MORE, MOST_QUESTIONS - len(asked))), editing=editing,
        may_make=person().role is Role.STANDARDS, example=EXAMPLE, **WORDS,
    )  # fmt: skip
    return page, status


def _back(head: Head, said: str) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(url_for(".show", survey_id=head.id), 303)


def _call() -> actions.Call:
    return actions.Call(person(), clock.now(), clock.today(current_app.extensions["settings"].zone))


def _revision() -> int:
    return whole_number(request.form.get("revision", ""), -1)


def _secret() -> str:
    return str(current_app.secret_key)


def _own_id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
