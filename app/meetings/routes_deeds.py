"""What is done with one booking: moved, longer, ended early, cancelled; of hours kept offline, lifted and noted."""

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.db import atomically
from app.meetings.actions import BOOKERS, cancel, end_early, extend, move
from app.meetings.actions_offline import lift_offline, say
from app.meetings.forms import parse_instant, parse_times
from app.meetings.routes import booking_page, call_now
from app.refusals import Conflict, Invalid
from app.web.current import HANDS, Role
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("meeting_deeds", __name__, url_prefix="/meetings/<booking_id>")
AT_WORK = (*HANDS, Role.SUPERVISOR)


@bp.post("/move")
@guarded(*BOOKERS)
def shift(booking_id: str) -> ResponseReturnValue:
    errors: dict[str, object] = {}
    call = call_now()
    day, start, minutes = parse_times(request.form, errors)
    was = (_instant("was_start"), _instant("was_end"))
    if errors or day is None or start is None:
        return booking_page(booking_id, errors), 422
    starts_at = datetime.combine(day, start, call.zone)
    ends_at = starts_at + timedelta(minutes=minutes)
    try:
        found = atomically(lambda: move(booking_id, starts_at, ends_at, was, call))
    except (Conflict, Invalid) as refused:
        return booking_page(booking_id, refused.fields or {"start": refused.sentence}), refused.status
    flash(_("Moved. The tasks follow."), "ok")
    return redirect(url_for("meetings.show", booking_id=found), 303)


@bp.post("/extend")
@guarded(*AT_WORK)
def longer(booking_id: str) -> ResponseReturnValue:
    call, shown = call_now(), _instant("ends")
    ends_at = atomically(lambda: extend(booking_id, shown, call))
    flash(_("Half an hour longer, until %(time)s.", time=f"{ends_at.astimezone(call.zone):%H:%M}"), "ok")
    return _back(booking_id)


@bp.post("/end")
@guarded(*AT_WORK)
def over(booking_id: str) -> ResponseReturnValue:
    call, shown = call_now(), _instant("ends")
    ends_at = atomically(lambda: end_early(booking_id, shown, call))
    flash(_("Ended at %(time)s. Restoring the room is due now.", time=f"{ends_at.astimezone(call.zone):%H:%M}"), "ok")
    return _back(booking_id)


@bp.post("/cancel")
@guarded(*BOOKERS)
def off(booking_id: str) -> ResponseReturnValue:
    call = call_now()
    atomically(lambda: cancel(booking_id, call))
    flash(_("Cancelled. What had not begun is no longer due."), "ok")
    return redirect(url_for("meetings.show", booking_id=booking_id), 303)


@bp.post("/lift")
@guarded(*BOOKERS)
def lift(booking_id: str) -> ResponseReturnValue:
    call = call_now()
    atomically(lambda: lift_offline(booking_id, call))
    flash(_("The hours are free again."), "ok")
    return redirect(url_for("meetings.show", booking_id=booking_id), 303)


@bp.post("/note")
@guarded(*AT_WORK)
def note(booking_id: str) -> ResponseReturnValue:
    call, done = call_now(), request.form.get("done", "")
    if done not in ("0", "1"):
        raise Invalid(lazy("Choose done or not done."), fields={"done": lazy("Choose done or not done.")})
    atomically(lambda: say(booking_id, done == "1", call))
    flash(_("Noted."), "ok")
    return redirect(url_for("meetings.show", booking_id=booking_id), 303)


def _back(booking_id: str) -> ResponseReturnValue:
    """To the work page that the button stood on, else to the booking."""
    label = request.form.get("label", "")
    if label.isalnum() and len(label) <= 16:
        return redirect(f"/p/{label}", 303)
    return redirect(url_for("meetings.show", booking_id=booking_id), 303)


def _instant(name: str) -> datetime:
    found = parse_instant(request.form.get(name, ""))
    if found is None:
        raise Invalid(lazy("This page is out of date. Load it again."))
    return found
