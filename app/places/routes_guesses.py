"""Watches every address that carries a label code, so that nobody can try codes by the thousand."""

from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from app import clock
from app.places.actions_guesses import Guesses, Host, asker_of
from app.web.asked import asked
from app.web.current import maybe_person

bp = Blueprint("guesses", __name__)
NO_SUCH_CODE = 404


@bp.record_once
def keep_levels(state: BlueprintSetupState) -> None:
    """Each worker keeps the levels it has seen; they are settled in the database."""
    state.app.extensions["code_guesses"] = Guesses(cast("Host", state.app))


@bp.before_app_request
def look_before() -> None:
    """Known and unknown codes are treated alike: who has used up the tries gets no answer about either."""
    if _carries_code():
        _guesses().may_ask(_asker(), clock.now())


@bp.after_app_request
def count_misses(response: Response) -> Response:
    """A withdrawn code (410) is no guess."""
    if response.status_code == NO_SUCH_CODE and _carries_code():
        _guesses().missed(_asker(), clock.now())
    return response


def _carries_code() -> bool:
    return "code" in (asked().view_args or {})


def _asker() -> str:
    someone = maybe_person()
    return asker_of(someone.id if someone else None, request.remote_addr or "")


def _guesses() -> Guesses:
    guesses: Guesses = current_app.extensions["code_guesses"]
    return guesses
