"""What the office sets for others: passwords, PINs, dated grants."""

from datetime import date

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.actions_people import end_grant, give_grant, reset_password, reset_pin
from app.accounts.forms import parse_grant
from app.accounts.queries_people import account_within
from app.accounts.routes_shown import person_page, secret_page
from app.accounts.rules import pin_fault, reach_of
from app.db import atomically
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("secrets", __name__, url_prefix="/people/<person_id>")


@bp.post("/password")
@guarded(Role.ADMIN)
def password(person_id: str) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    fresh = atomically(lambda: reset_password(account, person().id))
    return secret_page(account, _("Password"), fresh)


@bp.post("/pin")
@guarded(Role.ADMIN, Role.CREW_LEADER)
def pin(person_id: str) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    wanted = request.form.get("pin", "").strip()
    fault = pin_fault(wanted) if wanted else None
    if fault:
        return person_page(account, errors={"pin": fault}), 422
    fresh = atomically(lambda: reset_pin(person(), account, wanted))
    return secret_page(account, _("PIN"), fresh)


@bp.post("/grants")
@guarded(Role.ADMIN)
def grant(person_id: str) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    form = parse_grant(request.form)
    first = form.from_on
    if form.errors or first is None:
        return person_page(account, errors=form.errors), 422
    atomically(lambda: give_grant(account, form.name, first, form.to_on, person().id))
    flash(_("Granted."), "ok")
    return redirect(url_for("people.show", person_id=account.id), 303)


@bp.post("/grants/<int:grant_id>/end")
@guarded(Role.ADMIN)
def ungrant(person_id: str, grant_id: int) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    atomically(lambda: end_grant(account, grant_id, _yesterday(), person().id))
    flash(_("The grant has ended."), "ok")
    return redirect(url_for("people.show", person_id=account.id), 303)


def _yesterday() -> date:
    """A grant that is ended no longer counts today."""
    return date.fromordinal(clock.today(current_app.extensions["settings"].zone).toordinal() - 1)
