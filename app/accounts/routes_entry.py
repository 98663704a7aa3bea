"""Sign-in by badge: what the code on a card opens."""

import hashlib

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.actions import end_session, note_failed
from app.accounts.actions_entry import Given, count_try, enter, first_use, note_guessed, proves, typing_faults
from app.accounts.queries_badges import Scanned, badge_of_token
from app.accounts.routes_begin import door
from app.accounts.rules_limits import badge_buckets
from app.db import atomically
from app.web.current import maybe_person
from app.web.devices import device_of, remember
from app.web.entering import begin, way
from app.web.guards import public
from app.web.words import lazy
from qr.payload import BadCode, normalise
from qr.token import read_token

bp = Blueprint("entry", __name__)
WRONG = lazy("Badge, PIN or code is not right. Try again, or ask your crew leader for a new badge.")


@bp.get("/b")
@bp.get("/B")
@public
def tap() -> ResponseReturnValue:
    typed = request.args.get("number", "").strip()
    if not typed:
        return render_template("accounts/tap.html", typed="", wrong=False)
    try:
        return redirect(f"/b/{read_token(typed)}", 303)
    except BadCode:
        return render_template("accounts/tap.html", typed=typed[:40], wrong=True), 404


@bp.get("/b/<token>")
@bp.get("/B/<token>")
@public
def ask(token: str) -> ResponseReturnValue:
    found, me = _scanned(token), maybe_person()
    if me and found and me.id == found.badge.person_id:
        return redirect(way(), 303)
    return _form(token, found, {})


@bp.post("/b/<token>")
@bp.post("/B/<token>")
@public
def open_door(token: str) -> ResponseReturnValue:
    found, given = _scanned(token), Given(*(request.form.get(name, "")[:40] for name in ("pin", "code", "again")))
    if first_use(found) and (faults := typing_faults(given)):
        return _form(token, found, faults)
    carrier = found.badge.person_id if found else ""
    device = device_of(carrier) if carrier else None
    known = device is not None
    buckets = badge_buckets(_counted_as(token, found), request.remote_addr or "", device)
    atomically(lambda: count_try(found, buckets, known=known))
    if not proves(found, given) or found is None:
        atomically(lambda: note_guessed(found, known=known))
        atomically(lambda: note_failed(carrier, door(), "badge"))
        return _form(token, found, {"code" if first_use(found) else "pin": WRONG})
    before, wanted, where = maybe_person(), way(), door(by_badge=True)
    key = atomically(lambda: enter(found, given, where, buckets, known=known))
    if before:
        atomically(lambda: end_session(before.session_id))
    begin(key)
    answer = redirect(wanted, 303)
    remember(answer, carrier)
    return answer


def _scanned(token: str) -> Scanned | None:
    """What cannot be a token is looked up all the same: every wrong one takes the same way."""
    try:
        return badge_of_token(read_token(token))
    except BadCode:
        return badge_of_token("")


def _counted_as(token: str, found: Scanned | None) -> str:
    """Names a badge for counting, real or not: however it is spelt, it is one."""
    return str(found.badge.id) if found else hashlib.sha256(normalise(token).encode()).hexdigest()[:32]


def _form(token: str, found: Scanned | None, errors: dict[str, object]) -> Response:
    first = first_use(found)
    page = render_template("accounts/badge_enter.html", token=token, first=first, errors=errors, other=maybe_person())
    return Response(page, 422 if errors else 200, {"Cache-Control": "no-store"})
