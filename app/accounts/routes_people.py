"""The page of people: who is there, in what role, and what the office does to an account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.accounts.actions_people import Sheet, add_person, change_person, disable, enable, fresh_password
from app.accounts.forms import PersonForm, parse_person
from app.accounts.queries_people import (
    PEOPLE_A_PAGE,
    Account,
    Filters,
    account_within,
    accounts,
    crews_in_use,
    is_taken,
)
from app.accounts.routes_shown import person_page, secret_page
from app.accounts.rules import GRANT_WORDS, READERS, ROLE_WORDS, reach_of
from app.accounts.rules_words import EVENT_WORDS, device_name
from app.db import atomically
from app.organisations.queries import units
from app.web.audited import viewed
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import _, lazy

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words that templates of any feature may want of accounts."""
    state.app.jinja_env.globals.update(role_words=ROLE_WORDS, grant_words=GRANT_WORDS, event_words=EVENT_WORDS)
    state.app.jinja_env.filters["device_name"] = device_name


@bp.get("")
@guarded(*READERS)
@viewed("view.people")
def index() -> ResponseReturnValue:
    page = page_number(request.args.get("page", ""))
    with_disabled = request.args.get("disabled") == "1"
    filters = Filters(request.args.get("q", "")[:60], request.args.get("unit", ""), with_disabled, page)
    found, total = accounts(reach_of(person()), filters)
    pages = max(-(-total // PEOPLE_A_PAGE), 1)
    context = {"units": units(), "filters": filters, "total": total, "pages": pages}
    return render_template("accounts/people.html", people=found, **context)


@bp.get("/new")
@guarded(Role.ADMIN)
def new() -> ResponseReturnValue:
    blank = PersonForm("", "", Role.WORKER, "", "", "", errors={})
    return render_template("accounts/person_new.html", form=blank, units=units(), crews=crews_in_use())


@bp.post("")
@guarded(Role.ADMIN)
def add() -> ResponseReturnValue:
    known = units()
    form = parse_person(request.form, units={unit.id for unit in known}, new=True)
    taken = {"id": lazy("This id is taken.")} if is_taken(form.id) else {}
    if form.errors or taken:
        errors = {**form.errors, **taken}
        page = render_template("accounts/person_new.html", form=form, errors=errors, units=known, crews=crews_in_use())
        return page, 422
    password = fresh_password()
    atomically(lambda: add_person(_sheet(form), password, person().id))
    return secret_page(account_within(reach_of(person()), form.id), _("Password"), password)


@bp.get("/<person_id>")
@guarded(*READERS)
@viewed("view.person", about="person_id")
def show(person_id: str) -> ResponseReturnValue:
    return person_page(account_within(reach_of(person()), person_id))


@bp.post("/<person_id>")
@guarded(Role.ADMIN)
def change(person_id: str) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    form = parse_person(request.form, units={unit.id for unit in units()}, new=False)
    if form.errors:
        return person_page(account, form=form), 422
    atomically(lambda: change_person(account, _sheet(form), person().id))
    flash(_("Saved."), "ok")
    return _back(account)


@bp.post("/<person_id>/disable")
@guarded(Role.ADMIN)
def switch_off(person_id: str) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    atomically(lambda: disable(account, person().id))
    flash(_("%(name)s can no longer sign in; all sessions have ended.", name=account.name), "ok")
    return _back(account)


@bp.post("/<person_id>/enable")
@guarded(Role.ADMIN)
def switch_on(person_id: str) -> ResponseReturnValue:
    account = account_within(reach_of(person()), person_id)
    atomically(lambda: enable(account, person().id))
    flash(_("%(name)s can sign in again.", name=account.name), "ok")
    return _back(account)


def _sheet(form: PersonForm) -> Sheet:
    return Sheet(form.id, form.name, Role(form.role), form.org_id, form.crew_id or None, form.shift_id or None)


def _back(account: Account) -> ResponseReturnValue:
    return redirect(url_for("people.show", person_id=account.id), 303)
