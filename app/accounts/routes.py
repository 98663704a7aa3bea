"""Sign-in and sign-out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app.accounts.actions import end_session, open_session, prove
from app.accounts.queries import person_of_session
from app.db import atomically
from app.web.current import maybe_person, person
from app.web.guards import guarded, public
from app.web.paths import own_path

bp = Blueprint("accounts", __name__)


@bp.get("/login")
@public
def sign_in() -> ResponseReturnValue:
    if maybe_person():
        return redirect(own_path(request.args.get("next")), 303)
    return render_template("accounts/sign_in.html", next=request.args.get("next", ""), refusal=None)


@bp.post("/login")
@public
def do_sign_in() -> ResponseReturnValue:
    account = prove(request.form.get("account", ""), request.form.get("password", ""))
    token = atomically(lambda: open_session(account.id, request.user_agent.string, request.remote_addr or ""))
    session.clear()
    login_user(person_of_session(token))
    session.permanent = True
    return redirect(own_path(request.form.get("next")), 303)


@bp.post("/logout")
@guarded()
def sign_out() -> ResponseReturnValue:
    token = person().session_id
    atomically(lambda: end_session(token))
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)
