"""Publish an approved standard: looked at by whoever knows the rota first, told to whoever makes the rows ahead.

Rooms above register what they want to say: `edition_checks` (code, document, day → things with a sentence and a link)
and `edition_published` (called in the same transaction).
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from app import clock
from app.refusals import Invalid
from app.standards.actions_publishing import publish
from app.standards.forms_projects import wish
from app.standards.queries_drafts import document_of
from app.standards.queries_projects import project_for
from app.standards.routes_projects import back_to, project_page, tried, zone
from app.standards.rules_phases import WRITING, Project, State
from app.standards.rules_publishing import Wish
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("standards_publish", __name__, url_prefix="/standards/projects/<uuid:project_id>/publish")


@bp.post("")
@guarded(Role.STANDARDS)
def do(project_id: UUID) -> ResponseReturnValue:
    me, now, today = person(), clock.now(), clock.today(zone())
    found, wanted = project_for(str(project_id), me), wish(request.form)

    def work() -> None:
        if found.state is State.APPROVED and found.kind in WRITING:
            _ask_others(found, wanted)
        publish(found, wanted, me, now, today)
        for follow in current_app.extensions.get("edition_published", ()):
            follow(zone(), now)

    errors = tried(work)
    if errors:
        return project_page(found, errors, request.form), 422
    return back_to(project_id, _("Published. The register, the phones and the days ahead follow."))


def _ask_others(found: Project, wanted: Wish) -> None:
    """Raises Invalid with what stands against it: a gap of the design, an interval that nobody can keep."""
    document = document_of(found.id)
    if document is None or wanted.effective_on is None:
        return
    checks = current_app.extensions.get("edition_checks", ())
    against = [each for check in checks for each in check(found.code, document, wanted.effective_on, zone())]
    if against:
        fields = {f"rota-{number}": each.sentence for number, each in enumerate(against, 1)}
        raise Invalid(lazy("The rota does not allow this standard yet."), fields=fields)
