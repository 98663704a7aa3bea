"""The review of an edition in force (复审) from its page."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.standards.actions_publishing import Verdict, review_edition
from app.standards.forms_projects import day, text
from app.standards.routes import edition_page, readable_row
from app.standards.routes_projects import tried
from app.standards.rules_review import ReviewOutcome
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("standards_reviews", __name__, url_prefix="/standards/<number>/review")
FOLLOWING = {
    ReviewOutcome.REVISE: "revise",
    ReviewOutcome.ABOLISH: "abolish",
    ReviewOutcome.CONVERT: "convert",
}


@bp.post("")
@guarded(Role.STANDARDS)
def review(number: str) -> ResponseReturnValue:
    """A confirmation marks the cover; every other outcome goes on to a project of its own."""
    me, now, form = person(), clock.now(), request.form
    row = readable_row(number)
    verdict = Verdict(
        made_id(form), text(form, "outcome"), text(form, "reason"), text(form, "basis")[:120], day(text(form, "on"))
    )
    today = clock.today(current_app.extensions["settings"].zone)
    errors = tried(lambda: review_edition(row, verdict, me, now, today))
    if errors:
        return edition_page(row, me, errors), 422
    flash(_("The review stands in the file of the standard."), "ok")
    if following := FOLLOWING.get(ReviewOutcome(verdict.outcome)):
        why = verdict.reason[:1500]
        return redirect(url_for("standards_projects.new", kind=following, from_edition=row.number, necessity=why), 303)
    return redirect(url_for("standards.show", number=number), 303)
