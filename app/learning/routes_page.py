"""A standard's page of plan, do, check, act; the records behind its figures; the list of all; a proposal from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.learning.actions_proposals import propose
from app.learning.forms import maybe_id, parse_day, plain_id
from app.learning.queries import standings_by_code
from app.learning.queries_page import LearningPage, learning_page, offered, subject_for
from app.learning.queries_records import A_PAGE, Asked, records
from app.learning.rules import choices
from app.learning.rules_reasons import reasons
from app.learning.rules_records import PERIODS, What, chosen, period_of
from app.nonconformities.queries_proposals import waiting_by_code
from app.organisations.queries import scope_of
from app.refusals import Invalid
from app.standards.actions_projects import NewProject
from app.standards.queries import register
from app.standards.queries_projects import candidates
from app.standards.rules_phases import Kind
from app.standards.rules_review import overdue
from app.web.current import CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import _

bp = Blueprint("learning", __name__, url_prefix="/standards")
READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
IN_TWO_MONTHS = timedelta(days=60)
NO_ERRORS: Mapping[str, object] = {}


@bp.get("/learning")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, today = person(), clock.today(_zone())
    return render_template(
        "learning/index.html",
        lines=register(None, today),
        standings=standings_by_code(scope_of(me)),
        waiting=waiting_by_code(),
        today=today,
        overdue=overdue,
    )


@bp.get("/<number>/learning")
@guarded(*READERS)
def show(number: str) -> ResponseReturnValue:
    me, page = person(), _page(number, request.args)
    return render_template(
        "learning/show.html",
        page=page,
        subject=page.subject,
        periods=PERIODS,
        What=What,
        may_answer=me.role is Role.STANDARDS,
        choices=choices,
        opened=partial(_opened, page.subject.row.number, page.period.days),
        today=clock.today(_zone()),
        overdue=overdue,
        new_id=uuid4,
    )


@bp.get("/<number>/learning/records")
@guarded(*READERS)
def behind(number: str) -> ResponseReturnValue:
    me, args, nth = person(), request.args, page_number(request.args.get("page", ""))
    subject = subject_for(number, me, clock.today(_zone()))
    period = period_of(args.get("days", ""), clock.now())
    what = What(args["what"]) if args.get("what") in set(What) else What.DUE
    step = subject.edition.step(args.get("step", "")[:8])
    asked = Asked(subject.row.code, subject.row.number, scope_of(me), period, step.id if step else "")
    whole, lines = records(asked, what, nth)
    return render_template(
        "learning/records.html", subject=subject, period=period, what=what, step=step, whole=whole, lines=lines,
        nth=nth, pages=max(1, -(-whole // A_PAGE)),
        other=lambda n: _opened(number, period.days, what, asked.step_id, n),
    )  # fmt: skip


@bp.get("/<number>/learning/proposal")
@guarded(Role.STANDARDS)
def bundle(number: str) -> ResponseReturnValue:
    return _proposal_page(_page(number, request.args), request.args)


@bp.post("/<number>/learning/proposal")
@guarded(Role.STANDARDS)
def apply(number: str) -> ResponseReturnValue:
    me, now, form, prefix = person(), clock.now(), request.form, current_app.extensions["settings"].standard_prefix
    page, today = _page(number, form), clock.today(_zone())
    kind = Kind.ABOLISH if form.get("kind") == Kind.ABOLISH else Kind.REVISE
    new = NewProject(
        plain_id(form), kind, "", "", page.subject.row.number, page.subject.standard.responsible_id,
        form.get("leader_id", "")[:40], parse_day(form.get("due_on", "")), form.get("necessity", "").strip(),
        form.get("content", "").strip(), "",
    )  # fmt: skip
    wanted = chosen(offered(page), form.getlist("evidence"))
    try:
        project_id = atomically(lambda: propose(new, page.subject.row, wanted, me, now, today, prefix))
    except Invalid as refused:
        return _proposal_page(page, form, refused.fields or {"evidence": refused.sentence}), refused.status
    flash(_("The records are part of the project now. The application can go to the leading group."), "ok")
    return redirect(url_for("standards_projects.show", project_id=UUID(project_id)), 303)


def _page(number: str, given: Mapping[str, str]) -> LearningPage:
    me = person()
    subject = subject_for(number, me, clock.today(_zone()))
    return learning_page(subject, me, period_of(given.get("days", ""), clock.now()))


def _proposal_page(page: LearningPage, typed: Any, errors: Mapping[str, object] = NO_ERRORS) -> str:
    me: CurrentPerson = person()
    ticked = typed.getlist("evidence")
    return render_template(
        "learning/proposal.html",
        page=page,
        subject=page.subject,
        offered=offered(page),
        ticked=ticked,
        typed=typed,
        errors=errors,
        reasons=_reasons(page),
        candidates=candidates(),
        me=me,
        due_on=clock.today(_zone()) + IN_TWO_MONTHS,
        fresh_id=maybe_id(typed.get("id", "")) or str(uuid4()),
    )


def _opened(number: str, days: int, what: What, step: str = "", page: int = 1) -> str:
    """The address of the records behind a figure."""
    given = {"step": step, "page": page if page > 1 else None}
    wanted: dict[str, Any] = {name: value for name, value in given.items() if value}
    return url_for(".behind", number=number, what=what.value, days=days, **wanted)


def _reasons(page: LearningPage) -> str:
    titles = {each.id: each.title for each in page.subject.edition.steps}
    standing_out = (page.steps.failing, page.steps.skipped)
    return reasons(page.windows, standing_out, page.suggestions, titles, page.period.days)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
