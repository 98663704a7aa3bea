"""The deeds of a project by their names, each a form on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app import clock
from app.organisations.queries import units
from app.refusals import Invalid, NotFound
from app.standards import actions_consulting, actions_projects, actions_publishing, actions_review
from app.standards.actions_review import Decree
from app.standards.forms_projects import Fields, asked, day, minutes, plan, text
from app.standards.queries_projects import NOT_THERE, project_for
from app.standards.routes_projects import READERS, back_to, project_page, tried, zone
from app.standards.rules_phases import Project
from app.web.current import CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _, lazy

bp = Blueprint("standards_deeds", __name__, url_prefix="/standards/projects/<uuid:project_id>")
DOERS = (Role.STANDARDS, Role.SUPERVISOR, Role.LEADER)
Deed = Callable[[Project, Fields, CurrentPerson, datetime, date], object]


@bp.post("/<deed>")
@guarded(*DOERS)
def do(project_id: UUID, deed: str) -> ResponseReturnValue:
    me, now = person(), clock.now()
    found, work = project_for(str(project_id), me), DEEDS.get(deed)
    if work is None:
        raise NotFound(NOT_THERE)
    errors = tried(lambda: work(found, request.form, me, now, clock.today(zone())))
    if errors:
        return project_page(found, errors, request.form), 422
    return back_to(project_id)


@bp.post("/opinions")
@guarded(*READERS)
def answer(project_id: UUID) -> ResponseReturnValue:
    me, now, form = person(), clock.now(), request.form
    found, opinion_id = project_for(str(project_id), me), made_id(request.form)
    clause, words = text(form, "clause"), text(form, "text")
    who, agrees = text(form, "recipient"), form.get("agrees") == "1"
    recipient = int(who) if who.isascii() and who.isdigit() and len(who) < 16 else 0
    errors = tried(
        lambda: actions_consulting.answer(found, opinion_id, recipient, clause, words, me, now, agrees=agrees)
    )
    if errors:
        return project_page(found, errors, form), 422
    return back_to(project_id, _("Thank you. Your answer stands in the file."), "opinions")


@bp.post("/opinions/<uuid:opinion_id>")
@guarded(Role.STANDARDS, Role.SUPERVISOR)
def decide(project_id: UUID, opinion_id: UUID) -> ResponseReturnValue:
    me, now, form = person(), clock.now(), request.form
    found = project_for(str(project_id), me)
    outcome, reason = text(form, "outcome"), text(form, "reason")
    errors = tried(lambda: actions_consulting.decide(found, str(opinion_id), outcome, reason, me, now))
    if errors:
        return project_page(found, errors, form), 422
    return back_to(project_id, anchor="opinions")


def _write(found: Project, form: Fields, who: CurrentPerson, now: datetime, _today: date) -> None:
    names = ("necessity", "content", "means", "note")
    given: Mapping[str, str] = {name: text(form, name) for name in names if form.getlist(name)}
    actions_projects.write(found, given, who, now)


def _consult(found: Project, form: Fields, who: CurrentPerson, now: datetime, today: date) -> None:
    names = {unit.id: unit.name for unit in units()}
    actions_projects.consult(found, asked(form, names), day(text(form, "comment_to")), who, now, today)


def _plan(found: Project, form: Fields, who: CurrentPerson, now: datetime, _today: date) -> None:
    given = plan(form)
    if given.errors:
        raise Invalid(lazy("The plan is not complete yet."), fields=given.errors)
    actions_publishing.write_plan(found, given.lines, who, now)


def _record(found: Project, form: Fields, who: CurrentPerson, now: datetime, today: date) -> None:
    decree = Decree(text(form, "number"), text(form, "by"), day(text(form, "on")))
    actions_review.record(found, decree, who, now, today)


DEEDS: Mapping[str, Deed] = {
    "write": _write,
    "apply": lambda found, _form, who, now, _today: actions_projects.apply(found, who, now),
    "agree": lambda found, form, who, now, _today: actions_projects.answer_application(
        found, who, now, text(form, "reason"), agrees=True
    ),
    "decline": lambda found, form, who, now, _today: actions_projects.answer_application(
        found, who, now, text(form, "reason"), agrees=False
    ),
    "begin": lambda found, _form, who, now, _today: actions_projects.begin_drafting(found, who, now),
    "consult": _consult,
    "conclude": lambda found, _form, who, now, today: actions_consulting.conclude(found, who, now, today),
    "review": lambda found, form, who, now, today: actions_review.review(found, minutes(form), who, now, today),
    "resubmit": lambda found, _form, who, now, _today: actions_review.resubmit(found, who, now),
    "approve": lambda found, form, who, now, today: actions_review.approve(found, who, now, today, text(form, "text")),
    "record": _record,
    "return": lambda found, form, who, now, _today: actions_review.send_back(found, who, now, text(form, "reason")),
    "withdraw": lambda found, form, who, now, _today: actions_projects.withdraw(found, who, now, text(form, "reason")),
    "plan": _plan,
}
