"""Sign-in and sign-out."""

from contextlib import suppress

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from app import clock
from app.accounts.actions import account_id, admit, end_session, note_failed, prove, touch_session
from app.accounts.actions_limits import draw, give_back
from app.accounts.routes_begin import door, second_asked, to_second
from app.accounts.rules_limits import sign_in_buckets
from app.db import atomically
from app.refusals import Unavailable
from app.web.asked import opened
from app.web.current import maybe_person, person
from app.web.devices import device_of, remember, team_phone
from app.web.entering import begin, keep_way
from app.web.guards import guarded, public
from app.web.paths import own_path
from app.web.words import lazy

bp = Blueprint("accounts", __name__)
SEEN_EVERY_S = 600
SEEN_EVERY_BY_A_TEAM_S = 60


@bp.get("/login")
@public
def sign_in() -> ResponseReturnValue:
    if maybe_person():
        return redirect(own_path(request.args.get("next")), 303)
    keep_way(request.args.get("next", ""))
    return render_template("accounts/sign_in.html", next=request.args.get("next", ""), account="", errors={})


@bp.post("/login")
@public
def do_sign_in() -> ResponseReturnValue:
    name = account_id(request.form.get("account", ""))[:40]
    buckets = sign_in_buckets(name, request.remote_addr or "", device_of(name))
    atomically(lambda: draw(buckets, clock.now()))
    account = prove(name, request.form.get("password", ""))
    wanted = request.form.get("next", "")
    if account is None:
        atomically(lambda: note_failed(name, door(), "password"))
        errors = {"password": lazy("Account or password is not right. Your crew leader can reset it.")}
        return render_template("accounts/sign_in.html", next=wanted, account=name, errors=errors), 422
    if account.has_ended(clock.now()):
        sentence = lazy("This account was for one inspection and has ended. Ask the office that invited you.")
        return render_template("accounts/sign_in.html", next=wanted, account=name, errors={"password": sentence}), 422
    if second_asked(account):
        atomically(lambda: give_back(buckets, clock.now()))
        return to_second(account, wanted)
    where = door()
    token = atomically(lambda: admit(account.id, where, buckets))
    begin(token)
    answer = redirect(own_path(wanted), 303)
    remember(answer, account.id)
    return answer


@bp.post("/logout")
@guarded(external=True)
def sign_out() -> ResponseReturnValue:
    token = person().session_id
    atomically(lambda: end_session(token))
    logout_user()
    session.clear()
    answer = redirect(url_for("accounts.sign_in"), 303)
    # On a shared phone the next person sees no page or photo of this one; what waits to be sent lies elsewhere.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.after_app_request
def note_use(response: Response) -> Response:
    """Keep `seen_at` true to ten minutes, on team phones to one, at one write for many requests."""
    someone, now = maybe_person(), clock.now()
    unnoted_s = now.timestamp() - opened().get("seen", 0)
    if someone and unnoted_s > SEEN_EVERY_BY_A_TEAM_S and (unnoted_s > SEEN_EVERY_S or team_phone()):
        session["seen"] = int(now.timestamp())
        # Reading goes on when nothing can be written, on a full disk for instance.
        with suppress(Unavailable):
            atomically(lambda: touch_session(someone.session_id, now))
    return response
