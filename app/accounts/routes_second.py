"""The second step of signing in: the code of the generator or of the paper, or setting a generator up."""

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.actions import admit
from app.accounts.actions_factor import confirm, count_second, proves_second, secret_of
from app.accounts.queries import Credentials, credentials
from app.accounts.queries_factor import factor_of
from app.accounts.routes_begin import door, must_set_up
from app.accounts.rules_factor import PATIENCE, provisioning
from app.accounts.rules_limits import second_buckets
from app.config import Settings
from app.db import atomically
from app.web.devices import remember
from app.web.entering import Held, begin, held
from app.web.guards import public
from app.web.words import lazy
from qr.symbol import make, svg_path

bp = Blueprint("second", __name__, url_prefix="/login/second")
WRONG = lazy("This code is not right, or was used already. Wait for the next one.")


@bp.get("")
@public
def ask() -> ResponseReturnValue:
    known = _waiting()
    if known is None:
        return redirect("/login", 303)
    return _form({})


@bp.post("")
@public
def prove() -> ResponseReturnValue:
    known, typed = _waiting(), request.form.get("code", "")[:60]
    if known is None:
        return redirect("/login", 303)
    (wait, account), keys = known, _settings().keys
    atomically(lambda: count_second(account.id))
    if not atomically(lambda: proves_second(account.id, typed, keys)):
        return _form({"code": WRONG})
    _enter(account)
    answer = redirect(wait.way, 303)
    remember(answer, account.id)
    return answer


@bp.get("/setup")
@public
def setup() -> ResponseReturnValue:
    known = _waiting()
    if known is None or not must_set_up(known[1].role):
        return redirect("/login", 303)
    return _setup_page(known[1], {})


@bp.post("/setup")
@public
def keep() -> ResponseReturnValue:
    known, typed = _waiting(), request.form.get("code", "")[:60]
    if known is None or not must_set_up(known[1].role):
        return redirect("/login", 303)
    (wait, account), keys = known, _settings().keys
    atomically(lambda: count_second(account.id))
    codes = atomically(lambda: confirm(account.id, typed, keys))
    if not codes:
        return _setup_page(account, {"code": WRONG})
    _enter(account)
    page = render_template("accounts/second_codes.html", codes=codes, onward=wait.way)
    answer = Response(page, 200, {"Cache-Control": "no-store"})
    remember(answer, account.id)
    return answer


def _waiting() -> tuple[Held, Credentials] | None:
    """Who has shown the password a moment ago and may still sign in."""
    wait = held(PATIENCE.total_seconds())
    account = credentials(wait.person_id) if wait else None
    if wait is None or account is None or not account.active or account.has_ended(clock.now()):
        return None
    return wait, account


def _enter(account: Credentials) -> None:
    where, buckets = door(), second_buckets(account.id)
    begin(atomically(lambda: admit(account.id, where, buckets, proven=True)))


def _form(errors: dict[str, object]) -> Response:
    page = render_template("accounts/second.html", errors=errors)
    return Response(page, 422 if errors else 200, {"Cache-Control": "no-store"})


def _setup_page(account: Credentials, errors: dict[str, object]) -> ResponseReturnValue:
    factor = factor_of(account.id)
    secret = secret_of(factor, _settings().keys) if factor and not factor.confirmed else None
    if secret is None:
        return redirect("/login", 303)
    symbol = make(provisioning(secret, account.id, _settings().host), "M")
    page = render_template(
        "accounts/second_setup.html",
        errors=errors,
        secret=secret,
        path=svg_path(symbol),
        side=symbol.side_with_quiet_zone,
    )
    return Response(page, 422 if errors else 200, {"Cache-Control": "no-store"})


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
