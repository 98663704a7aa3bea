"""The status page behind the link that a visitor was given: how far it is, the answer, and how content they are."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.feedback import rules_complaint_words as words
from app.feedback.actions_status import ANSWERED, NO_SUCH_LINK, rate_handling, rated_with
from app.feedback.queries_complaints import case_behind, contact_of
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS
from app.places.actions_guesses import Guesses, Host, asker_of
from app.places.queries import point_by_id
from app.places.rules import NAMED_BELOW
from app.refusals import NotFound
from app.web.guards import public
from app.web.numbers import whole_number

bp = Blueprint("status", __name__)
# Closing is due at the midnight that ends a day: a second before it is that day.
A_SECOND = timedelta(seconds=1)


@bp.record_once
def keep_levels(state: BlueprintSetupState) -> None:
    """Each worker keeps who tried links that lead nowhere; they are settled in the database."""
    state.app.extensions["link_guesses"] = Guesses(cast("Host", state.app))


@bp.get("/f/<link>")
@public
def show(link: str) -> ResponseReturnValue:
    _may_ask()
    case = case_behind(link[:64])
    if case is None:
        _missed()
        raise NotFound(NO_SUCH_LINK)
    point = point_by_id(case.point_id) if case.point_id else None
    known = point if point and point.risk < NAMED_BELOW else None
    contact = contact_of(case.item_id)
    page = render_template(
        "feedback/status.html",
        case=case,
        place=known,
        reachable=bool(contact and contact.contact and not contact.wiped_at),
        token=link,
        face=rated_with(case.item_id),
        answered=case.state in ANSWERED,
        closing=case.close_due_at - A_SECOND if case.close_due_at else None,
        faces=FACE_WORDS,
        icons=FACE_ICONS,
        words=words,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/f/<link>")
@public
def rate(link: str) -> ResponseReturnValue:
    _may_ask()
    face, now = whole_number(request.form.get("face", "")), clock.now()
    try:
        atomically(lambda: rate_handling(link[:64], face, now))
    except NotFound:
        _missed()
        raise
    return redirect(url_for("status.show", link=link), 303)


def _may_ask() -> None:
    _guesses().may_ask(_asker(), clock.now())


def _missed() -> None:
    _guesses().missed(_asker(), clock.now())


def _asker() -> str:
    return f"link/{asker_of(None, request.remote_addr or '')}"


def _guesses() -> Guesses:
    guesses: Guesses = current_app.extensions["link_guesses"]
    return guesses
