"""The own second factor on the page of an account, and its reset by another administrator."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actions_factor import (
    begin_setup,
    confirm,
    count_second,
    end_factor,
    proves_second,
    renew_codes,
    reset_factor,
    secret_of,
)
from app.accounts.queries_factor import codes_left, factor_of
from app.accounts.queries_people import account_within
from app.accounts.routes_begin import must_set_up
from app.accounts.rules import reach_of
from app.accounts.rules_factor import provisioning
from app.config import Settings
from app.db import atomically
from app.refusals import Conflict
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy
from qr.symbol import make, svg_path

bp = Blueprint("factor", __name__)
WRONG = lazy("This code is not right, or was used already. Wait for the next one.")


@bp.get("/me/second")
@guarded(external=True)
def show() -> ResponseReturnValue:
    return _page({})


@bp.post("/me/second/start")
@guarded(external=True)
def start() -> ResponseReturnValue:
    me, keys = person(), _settings().keys
    atomically(lambda: begin_setup(me.id, keys))
    return redirect("/me/second", 303)


@bp.post("/me/second/confirm")
@guarded(external=True)
def keep() -> ResponseReturnValue:
    me, keys, typed = person(), _settings().keys, request.form.get("code", "")[:60]
    atomically(lambda: count_second(me.id))
    codes = atomically(lambda: confirm(me.id, typed, keys))
    return _codes_page(codes) if codes else _page({"code": WRONG})


@bp.post("/me/second/codes")
@guarded(external=True)
def codes() -> ResponseReturnValue:
    if not _shown():
        return _page({"code": WRONG})
    me = person()
    return _codes_page(atomically(lambda: renew_codes(me.id)))


@bp.post("/me/second/end")
@guarded(external=True)
def end() -> ResponseReturnValue:
    me = person()
    if must_set_up(me.role.value):
        raise Conflict(lazy("Your role needs a second factor here. Another administrator can reset it."))
    if not _shown():
        return _page({"code": WRONG})
    atomically(lambda: end_factor(me.id, me.id))
    flash(_("Your second factor has been removed."), "ok")
    return redirect("/me/second", 303)


@bp.post("/people/<person_id>/second/reset")
@guarded(Role.ADMIN)
def reset(person_id: str) -> ResponseReturnValue:
    account, me = account_within(reach_of(person()), person_id), person()
    atomically(lambda: reset_factor(account, me.id))
    flash(_("The second factor of %(name)s has been reset; all sessions have ended.", name=account.name), "ok")
    return redirect(url_for("people.show", person_id=account.id), 303)


def _shown() -> bool:
    """Whether the code typed beside the button is right: an open session alone takes nothing away."""
    me, keys, typed = person(), _settings().keys, request.form.get("code", "")[:60]
    atomically(lambda: count_second(me.id))
    return atomically(lambda: proves_second(me.id, typed, keys))


def _page(errors: dict[str, object]) -> Response:
    me = person()
    factor = factor_of(me.id)
    secret = secret_of(factor, _settings().keys) if factor and not factor.confirmed else None
    symbol = make(provisioning(secret, me.id, _settings().host), "M") if secret else None
    page = render_template(
        "accounts/own_second.html",
        errors=errors,
        on=factor is not None and factor.confirmed,
        needed=must_set_up(me.role.value),
        left=codes_left(me.id),
        secret=secret,
        path=svg_path(symbol) if symbol else "",
        side=symbol.side_with_quiet_zone if symbol else 0,
    )
    return Response(page, 422 if errors else 200, {"Cache-Control": "no-store"})


def _codes_page(fresh: list[str]) -> Response:
    page = render_template("accounts/own_second_codes.html", codes=fresh)
    return Response(page, 200, {"Cache-Control": "no-store"})


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
