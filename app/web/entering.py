"""How a session begins, whichever way somebody signs in, and what is held between the first factor and the second."""

from dataclasses import dataclass

from flask import current_app, session
from flask_login import login_user

from app import clock
from app.refusals import SignInNeeded
from app.web.paths import own_path
from app.web.words import lazy

MOST_WAY = 500


@dataclass(frozen=True)
class Held:
    """Who has shown the first factor, when (seconds), and where they want to go."""

    person_id: str
    at_s: int
    way: str


def keep_way(wanted: str) -> None:
    """Where somebody wanted to go, kept over a sign-in that leads through addresses of its own."""
    if wanted:
        session["wanted"] = wanted[:MOST_WAY]


def way() -> str:
    """Where to go on after signing in; an own path only. Ask before `begin`, which forgets it."""
    return own_path(session.get("wanted"))


def begin(token: str) -> None:
    """Nothing of the session before lives on: neither its token nor its CSRF secret."""
    kept = {name: session[name] for name in ("locale", "large_text") if name in session}
    session.clear()
    session.update(kept)
    who = current_app.extensions["person_of_session"](token)
    if who is None:
        raise SignInNeeded(lazy("Please sign in once more, with your second factor."))
    login_user(who)
    session.permanent = True
    session["seen"] = int(clock.now().timestamp())


def hold(person_id: str, wanted: str) -> None:
    """The first factor was right; the second is asked for next."""
    session["second"] = [person_id, int(clock.now().timestamp()), own_path(wanted)[:MOST_WAY]]


def held(patience_s: float) -> Held | None:
    """Who waits for the second factor, if not for longer than that."""
    kept = session.get("second")
    if not isinstance(kept, list) or len(kept) != 3:
        return None
    found = Held(str(kept[0]), int(kept[1]), str(kept[2]))
    return found if 0 <= clock.now().timestamp() - found.at_s <= patience_s else None
