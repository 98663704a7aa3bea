"""Keys of other programs: the administrator's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.data.actions_keys import KeyWish, make_key, revoke_key
from app.data.forms import KeyForm, key_form
from app.data.queries_keys import keys
from app.data.rules_keys import LONGEST_LIFE, SCOPES, USUAL_LIFE
from app.db import atomically
from app.organisations.queries import units
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("data_keys", __name__, url_prefix="/data/keys")


@bp.get("")
@guarded(Role.ADMIN, Role.AUDITOR)
def index() -> ResponseReturnValue:
    return _page(None)


@bp.post("")
@guarded(Role.ADMIN)
def make() -> ResponseReturnValue:
    me, now = person(), clock.now()
    known = {each.id for each in units()}
    lists = request.form.getlist("scopes"), request.form.getlist("units")
    form = key_form(request.form, *lists, known, clock.today(_zone()))
    if form.errors or form.ends_on is None:
        return _page(form), 422
    wish = KeyWish(form.id, form.name, form.scopes, form.units, form.ends_on)
    key = atomically(lambda: make_key(wish, me.id, now))
    return render_template("data/key_made.html", key=key, form=form)


@bp.post("/<uuid:key_id>/revoke")
@guarded(Role.ADMIN)
def revoke(key_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    atomically(lambda: revoke_key(str(key_id), me.id, now))
    flash(_("The key counts no longer."), "ok")
    return redirect(url_for(".index"), 303)


def _page(form: KeyForm | None) -> str:
    today = clock.today(_zone())
    known: dict[str, Any] = {each.id: each for each in units()}
    return render_template(
        "data/keys.html",
        keys=keys(),
        form=form,
        errors=form.errors if form else {},
        scopes=SCOPES,
        units=known,
        today=today,
        usual_end=today + USUAL_LIFE,
        last_end=today + LONGEST_LIFE,
        new_id=uuid4,
        may_make=person().role is Role.ADMIN,
    )


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
