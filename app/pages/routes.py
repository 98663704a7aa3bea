"""What a label opens: the work page for staff in scope, the public page for everyone else."""

import uuid
from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Response, after_this_request, current_app, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.checks.queries_page import page_for, window_for
from app.checks.rules_page import OpenWindow, PointPage
from app.db import atomically
from app.feedback.queries_calls import Call, open_calls_at
from app.pages.routes_public import public_page, scanned_point
from app.refusals import Forbidden, Gone, NotFound, Unavailable
from app.schedule.actions import phone_fetched
from app.schedule.actions_fetches import Fetches
from app.web.current import CurrentPerson, maybe_person
from app.web.guards import public
from app.web.words import _
from qr.payload import BadCode, read_code

bp = Blueprint("pages", __name__)


@bp.record_once
def keep_fetches(state: BlueprintSetupState) -> None:
    """Each application remembers for itself."""
    state.app.extensions["fetches"] = Fetches()


@bp.get("/p")
@bp.get("/P")
@public
def enter() -> ResponseReturnValue:
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("pages/enter.html", typed="", wrong=False)
    try:
        return redirect(f"/p/{read_code(typed)}?via=typed", 303)
    except BadCode:
        return render_template("pages/enter.html", typed=typed[:24], wrong=True), 404


@bp.get("/p/<code>")
@bp.get("/P/<code>")
@public
def open_point(code: str) -> ResponseReturnValue:
    now = clock.now()
    me = maybe_person()
    if me is None:
        return public_page(scanned_point(code, now), now)
    try:
        page = page_for(
            read_code(code),
            me,
            now,
            current_app.extensions["settings"].zone,
            standard=request.args.get("standard") if "profile" in request.args else None,
            profile=request.args.get("profile"),
        )
    except (BadCode, NotFound, Gone, Forbidden) as why:
        # What leads nowhere is said as to everybody: this raises it.
        scanned = scanned_point(code, now)
        if isinstance(why, (NotFound, Gone)):
            raise
        hint = _("Your unit does no work at this point, so you see what everybody sees.")
        return public_page(scanned, now, hint)
    return _work_page(page, me, now)


def _work_page(page: PointPage, me: CurrentPerson, now: datetime) -> ResponseReturnValue:
    chosen = _chosen(page) or _ahead(page, me, now)
    if chosen is None:
        # What is open now is another answer in an hour: no phone keeps it for the window that the address names.
        # Nor what a tag gave: its links carry that on.
        kept = {"Cache-Control": "no-store"} if {"window", "t"} & request.args.keys() else {}
        return render_template("pages/choose.html", page=page, me=me, calls=_calls_in_hand(page, me)), 200, kept
    if chosen.occurrence_id is not None:
        _note_fetched(chosen.occurrence_id, chosen.grace_end, me.id, now)
    zone = current_app.extensions["settings"].zone
    return render_template(
        "pages/work.html",
        page=page,
        calls=_calls_in_hand(page, me),
        chosen=chosen,
        check_id=str(uuid.uuid4()),
        opened_at=now.astimezone(zone).isoformat(timespec="seconds"),
        via=request.args.get("via") if request.args.get("via") in ("list", "typed") else "scan",
        typed={},
        kept={},
        errors={},
        refusal=None,
    )


def _calls_in_hand(page: PointPage, me: CurrentPerson) -> list[Call]:
    """What visitors call for here; nobody asks where nothing stands, nor for the copies of a round in the pocket."""
    if not page.point.calls or not me.is_hands or request.headers.get("X-Pocket") == "ahead":
        return []
    after_this_request(_not_kept)
    return open_calls_at(page.point.id)


def _not_kept(response: Response) -> Response:
    """A call is over in minutes: no phone shows it again from its pocket."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _note_fetched(occurrence_id: int, boundary: datetime | None, person_id: str, now: datetime) -> None:
    fetches: Fetches = current_app.extensions["fetches"]
    if fetches.knows(person_id, occurrence_id, boundary, now):
        return
    # Reading goes on when nothing can be written, on a full disk for instance.
    with suppress(Unavailable):
        atomically(lambda: phone_fetched([occurrence_id], person_id, now))
        fetches.keep(person_id, occurrence_id, now)


def _chosen(page: PointPage) -> OpenWindow | None:
    """The window that the address names, else the only one open; none for those who may only look."""
    standard, window = request.args.get("standard"), request.args.get("window")
    able = [each for each in page.open if each.may_submit]
    if "profile" in request.args:
        return next((each for each in able if each.window is None), None)
    if window:
        return next((each for each in able if each.window == window and standard in (None, each.standard)), None)
    return able[0] if len(able) == 1 else None


def _ahead(page: PointPage, me: CurrentPerson, now: datetime) -> OpenWindow | None:
    """For a phone that takes the round along (js/pocket.js): the window named, though it opens later."""
    if request.headers.get("X-Pocket") != "ahead" or "window" not in request.args:
        return None
    zone = current_app.extensions["settings"].zone
    found = window_for(page.point.label_code, me, now, zone, request.args)
    return found if found.may_submit else None
