"""A person's own account: sessions, password, PIN. The page /me shows the list; these addresses change it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.actions import (
    change_password,
    end_other_sessions,
    end_session_of,
    keep_pin,
    password_faults,
    pin_faults,
)
from app.accounts.actions_badges import end_badge
from app.accounts.actions_limits import draw
from app.accounts.queries_badges import badge_of
from app.accounts.queries_people import sessions_of
from app.accounts.rules_badges import Reason
from app.accounts.rules_limits import own_secret_buckets, pin_buckets
from app.db import atomically
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("own", __name__, url_prefix="/me")


@bp.get("/sessions")
@guarded(external=True)
def sessions() -> ResponseReturnValue:
    me = person()
    return render_template("accounts/own_sessions.html", sessions=sessions_of(me.id, me.session_id))


@bp.post("/sessions/end")
@guarded(external=True)
def end_one() -> ResponseReturnValue:
    key = request.form.get("key", "")
    atomically(lambda: end_session_of(person(), key))
    flash(_("That session has ended."), "ok")
    return redirect("/me/sessions", 303)


@bp.post("/sessions/end-others")
@guarded(external=True)
def end_others() -> ResponseReturnValue:
    ended = atomically(lambda: end_other_sessions(person()))
    flash(_("%(n)d other sessions have ended.", n=ended), "ok")
    return redirect("/me/sessions", 303)


@bp.get("/secrets")
@guarded(external=True)
def secrets() -> ResponseReturnValue:
    return _secrets_page({})


@bp.post("/password")
@guarded(external=True)
def password() -> ResponseReturnValue:
    me, new = person(), request.form.get("new", "")
    atomically(lambda: draw(own_secret_buckets(me.id), clock.now()))
    faults = password_faults(me, request.form.get("old", ""), new, request.form.get("again", ""))
    if faults:
        return _secrets_page(faults), 422
    atomically(lambda: change_password(me, new))
    flash(_("Your password has been changed. Other sessions have ended."), "ok")
    return redirect("/me/secrets", 303)


@bp.post("/pin")
@guarded(external=True)
def pin() -> ResponseReturnValue:
    me, wanted = person(), request.form.get("pin", "")
    atomically(lambda: draw(own_secret_buckets(me.id) | pin_buckets(me.id), clock.now()))
    faults = pin_faults(me, request.form.get("password", ""), wanted)
    if faults:
        return _secrets_page(faults), 422
    atomically(lambda: keep_pin(me.id, wanted, me.id))
    flash(_("Your PIN has been changed."), "ok")
    return redirect("/me/secrets", 303)


@bp.post("/badge/revoke")
@guarded(external=True)
def badge_lost() -> ResponseReturnValue:
    me = person()
    if atomically(lambda: end_badge(me.id, Reason.LOST, me.id)):
        flash(_("Your badge no longer counts. Your crew leader prints a new one."), "ok")
    return redirect("/me/secrets", 303)


def _secrets_page(errors: dict[str, object]) -> str:
    badge = badge_of(person().id)
    state = badge.state_at(clock.now()) if badge else None
    return render_template("accounts/own_secrets.html", errors=errors, badge=badge, badge_state=state)
