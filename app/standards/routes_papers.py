"""Files of standards: sent in for a project or an edition, taken home; the approved text of an edition (看全文)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import NotFound
from app.standards.actions_papers import Sent, add_paper, add_text
from app.standards.forms_projects import text
from app.standards.queries_papers import paper, paper_body, text_of
from app.standards.queries_projects import NOT_THERE, project_for
from app.standards.routes import readable_row
from app.standards.routes_projects import READERS, back_to, project_page, tried
from app.standards.rules_papers import MOST_BYTES, Paper, PaperKind
from app.web.audited import exported
from app.web.current import Role, person
from app.web.foreign_files import sent_file, taken_home
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _, lazy

bp = Blueprint("standards_papers", __name__, url_prefix="/standards")
NO_TEXT = lazy("The approved text of this edition is not kept here yet. Its steps stand on the page of the standard.")


@bp.post("/projects/<uuid:project_id>/papers")
@guarded(Role.STANDARDS, Role.SUPERVISOR)
def add(project_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    found, sent = project_for(str(project_id), me), _sent(text(request.form, "paper"))
    errors = tried(lambda: add_paper(found, sent, me, now))
    if errors:
        return project_page(found, errors, request.form), 422
    return back_to(project_id, anchor="papers")


@bp.get("/projects/<uuid:project_id>/papers/<uuid:paper_id>")
@guarded(*READERS)
@exported("paper of a project", "daily", stamped=False)
def take(project_id: UUID, paper_id: UUID) -> ResponseReturnValue:
    found, wanted = project_for(str(project_id), person()), paper(str(paper_id))
    if wanted is None or wanted.project_id != found.id:
        raise NotFound(NOT_THERE)
    return _file(wanted, f"{wanted.kind}-{found.code}.{wanted.ending}")


@bp.post("/<number>/text")
@guarded(Role.STANDARDS)
def keep_text(number: str) -> ResponseReturnValue:
    me, now = person(), clock.now()
    row = readable_row(number)
    sent = _sent(PaperKind.TEXT)
    atomically(lambda: add_text(row, sent, me, now))
    flash(_("The approved text is kept. Everybody who reads the standard can open it."), "ok")
    return redirect(url_for("standards.show", number=number), 303)


@bp.get("/<number>/text")
@guarded()
@exported("text of a standard", "daily", stamped=False)
def full_text(number: str) -> ResponseReturnValue:
    row = readable_row(number)
    wanted = text_of(row.number)
    if wanted is None:
        raise NotFound(NO_TEXT)
    return _file(wanted, f"{row.number}.{wanted.ending}")


def _sent(kind: str) -> Sent:
    name, body = sent_file(MOST_BYTES)
    return Sent(made_id(request.form), kind, name, body)


def _file(wanted: Paper, name: str) -> Response:
    return taken_home(paper_body(wanted.id), wanted.media_type, name)
