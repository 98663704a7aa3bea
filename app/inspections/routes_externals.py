"""Checkers from outside: the standards section invites them to one inspection, prolongs and ends their accounts."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.actions_people import fresh_password
from app.inspections.actions_externals import Invitation, end_pass, invite, prolong
from app.inspections.forms import day, parse_invite
from app.inspections.queries import head_for
from app.inspections.routes_shown import back_to, inspection_page, tried, zone
from app.refusals import Invalid
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("inspection_externals", __name__, url_prefix="/inspections/<uuid:inspection_id>/externals")


@bp.post("")
@guarded(Role.STANDARDS)
def add(inspection_id: UUID) -> ResponseReturnValue:
    who, now, form = person(), clock.now(), parse_invite(request.form)
    errors, password = dict(form.errors), fresh_password()
    if form.last_on is not None and not errors:
        wish = Invitation(form.id, form.name, form.body, form.last_on)
        found = tried(lambda: invite(head_for(str(inspection_id), who), wish, password, who, now, zone()))
        errors = {"account" if name == "id" else name: sentence for name, sentence in found.items()}
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    page = render_template("inspections/invited.html", id=inspection_id, form=form, secret=password)
    return Response(page, 200, {"Cache-Control": "no-store"})


@bp.post("/prolong")
@guarded(Role.STANDARDS)
def extend(inspection_id: UUID) -> ResponseReturnValue:
    who, now, person_id = person(), clock.now(), request.form.get("person", "")
    last_on = day(request.form.get("last_on", ""))
    if last_on is None:
        raise Invalid(lazy("Choose a day."))
    errors = tried(lambda: prolong(head_for(str(inspection_id), who), person_id, last_on, who, now, zone()))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id)


@bp.post("/end")
@guarded(Role.STANDARDS)
def end(inspection_id: UUID) -> ResponseReturnValue:
    who, now, person_id = person(), clock.now(), request.form.get("person", "")
    errors = tried(lambda: end_pass(head_for(str(inspection_id), who), person_id, who, now))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id, _("The account has ended, with all its sessions."))
