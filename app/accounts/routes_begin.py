"""How a session begins, whichever way somebody signs in."""

from flask import request, session
from flask_login import login_user

from app import clock
from app.accounts.actions import Door
from app.accounts.queries import person_of_session
from app.web.devices import team_phone
from app.web.paths import own_path

MOST_WAY = 500


def door() -> Door:
    """Where this request comes from."""
    return Door(request.user_agent.string, request.remote_addr or "", team=team_phone() is not None)


def keep_way(wanted: str) -> None:
    """Where somebody wanted to go, kept over the scanning of a badge, which leads through an address of its own."""
    if wanted:
        session["wanted"] = wanted[:MOST_WAY]


def way() -> str:
    """Where to go on after signing in by badge; an own path only. Ask before `begin`, which forgets it."""
    return own_path(session.get("wanted"))


def begin(token: str) -> None:
    """Nothing of the session before lives on: neither its token nor its CSRF secret."""
    kept = {name: session[name] for name in ("locale", "large_text") if name in session}
    session.clear()
    session.update(kept)
    login_user(person_of_session(token))
    session.permanent = True
    session["seen"] = int(clock.now().timestamp())
