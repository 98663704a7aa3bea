"""Projects of standards: the list by phase, the plan of a year, a new one, and the page of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.organisations.queries import units
from app.organisations.rules import Scope
from app.places.queries import points_within
from app.refusals import Invalid
from app.standards import rules_phase_words as words
from app.standards.actions_consulting import may_answer
from app.standards.actions_projects import NewProject, begin
from app.standards.forms_projects import day, text
from app.standards.queries import edition_row, register
from app.standards.queries_drafts import document_of, drafters_of
from app.standards.queries_opinions import opinions_of, recipients_of
from app.standards.queries_papers import papers_of
from app.standards.queries_projects import candidates, events_of, plan_of, project_for, projects_for
from app.standards.rules_consulting import silent
from app.standards.rules_document import faults_of
from app.standards.rules_numbers import FUNCTIONS, ITEMS
from app.standards.rules_phases import (
    ENDING,
    MANDATORY,
    OVER,
    WRITING,
    Kind,
    Phase,
    Project,
    State,
    deeds,
    may_approve,
    may_draft,
    sides_of,
)
from app.standards.rules_publishing import USED
from app.standards.rules_review import next_review
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("standards_projects", __name__, url_prefix="/standards/projects")
READERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, *BUREAU_WIDE)
STARTERS = (Role.STANDARDS, Role.SUPERVISOR)
EVERYWHERE = Scope(None, answering=True)
VIEWS = ("open", "plan", "over")
NO_ERRORS: Mapping[str, object] = {}


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words of this room for its templates."""
    named = {name.lower(): value for name, value in vars(words).items() if name.isupper()}
    state.app.jinja_env.globals["life"] = named


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    found, today = projects_for(person()), clock.today(zone())
    year = year_asked(request.args.get("year", ""), today.year)
    shown = {
        "open": [each for each in found if each.state not in OVER],
        "over": [each for each in found if each.state in OVER],
        "plan": [each for each in found if each.due_on.year == year],
    }
    return render_template(
        "standards/projects.html",
        view=view,
        projects=shown[view],
        today=today,
        year=year,
        may_begin=person().role in STARTERS,
        over=OVER,
    )


@bp.get("/new")
@guarded(*STARTERS)
def new() -> ResponseReturnValue:
    return _new_page({"id": str(uuid4()), **request.args.to_dict()})


@bp.post("")
@guarded(*STARTERS)
def add() -> ResponseReturnValue:
    me, now, form = person(), clock.now(), request.form
    wanted = NewProject(
        made_id(form), Kind(form["kind"]) if form.get("kind") in set(Kind) else Kind.NEW, text(form, "title"),
        _place(text(form, "place")), text(form, "from_edition"), text(form, "responsible_id"), text(form, "leader_id"),
        day(text(form, "due_on")), text(form, "necessity"), text(form, "content"), text(form, "means"),
    )  # fmt: skip
    prefix = current_app.extensions["settings"].standard_prefix
    errors = tried(lambda: begin(wanted, me, now, clock.today(zone()), prefix))
    if errors:
        return _new_page(form, errors), 422
    return back_to(UUID(wanted.id))


@bp.get("/<uuid:project_id>")
@guarded(*READERS)
def show(project_id: UUID) -> ResponseReturnValue:
    return project_page(project_for(str(project_id), person()))


def project_page(
    found: Project, errors: Mapping[str, object] = NO_ERRORS, typed: Mapping[str, object] | None = None
) -> str:
    """One project with what this person can do next; `typed` brings back a refused form."""
    me, document = person(), document_of(found.id)
    asked, said = recipients_of(found.id), opinions_of(found.id)
    publishing = found.state is State.APPROVED and me.role is Role.STANDARDS
    return render_template(
        "standards/project.html",
        project=found, errors=errors, typed=typed or {}, today=clock.today(zone()), phases=list(Phase),
        mandatory=MANDATORY, over=OVER, deeds=deeds(me, found), sides=sides_of(me, found), events=events_of(found.id),
        document=document, faults=faults_of(document) if document else (), may_draft=may_draft(found, me),
        recipients=asked, opinions=said, silent=silent(asked, said), papers=papers_of(found.id),
        answering=[each for each in asked if may_answer(found, each, me)], plan=plan_of(found.id),
        units=units(), ends=found.kind in ENDING, writes=found.kind in WRITING, new_id=uuid4,
        may_approve=may_approve(me.id, found, drafters_of(found.id)), publishing=publishing,
        points=points_within(EVERYWHERE) if publishing and found.from_edition is None else [],
        review_by=next_review(found.approved_on) if found.approved_on else None,
    )  # fmt: skip


def tried(work: Callable[[], object]) -> Mapping[str, object]:
    """Do it in one transaction; gives back the sentences of a form that is refused, none when it is done."""
    try:
        atomically(work)
    except Invalid as refusal:
        return refusal.fields or {"form": refusal.sentence}
    return NO_ERRORS


def back_to(project_id: UUID, sentence: str = "", anchor: str | None = None) -> ResponseReturnValue:
    """To the page of the project."""
    flash(sentence or _("Kept."), "ok")
    return redirect(url_for("standards_projects.show", project_id=project_id, _anchor=anchor), 303)


def zone() -> ZoneInfo:
    """Of the site."""
    found: ZoneInfo = current_app.extensions["settings"].zone
    return found


def _new_page(form: Mapping[str, str], errors: Mapping[str, object] = NO_ERRORS) -> str:
    today = clock.today(zone())
    return render_template(
        "standards/project_new.html",
        form=form,
        errors=errors,
        kinds=list(Kind),
        functions=FUNCTIONS,
        items=ITEMS,
        lines=[line for line in register(None, today) if line.edition.status in USED],
        units=units(),
        candidates=candidates(),
        me=person(),
        from_row=edition_row(form.get("from_edition", "")),
    )


def _place(written: str) -> str:
    return written if written in FUNCTIONS or written in ITEMS else "05"


def year_asked(written: str, this_year: int) -> int:
    """The year of a plan as it stands in an address, else this one."""
    plain = len(written) == 4 and written.isascii() and written.isdigit()
    return int(written) if plain and 2000 <= int(written) <= 2100 else this_year
