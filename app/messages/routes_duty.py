"""The screen of the duty room (值班室): what sounds until somebody takes it; works on a wall without a keyboard."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.messages.actions_alarms import give_back, take
from app.messages.queries_alarms import open_alarms, taken_alarms
from app.messages.queries_channels import failing
from app.messages.rules_access import may_watch
from app.refusals import Forbidden
from app.web.current import CurrentPerson, person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("duty", __name__, url_prefix="/messages/duty")


@bp.get("")
@guarded()
def screen() -> ResponseReturnValue:
    return render_template("messages/duty.html", **_shown(_watcher()))


@bp.get("/list")
@guarded()
def listed() -> ResponseReturnValue:
    return render_template("messages/_alarms.html", **_shown(_watcher()))


@bp.post("/<int:alarm_id>/take")
@guarded()
def take_one(alarm_id: int) -> ResponseReturnValue:
    me, now = _watcher(), clock.now()
    atomically(lambda: take(alarm_id, me, now))
    return redirect("/messages/duty", 303)


@bp.post("/<int:alarm_id>/give-back")
@guarded()
def give_one_back(alarm_id: int) -> ResponseReturnValue:
    me = _watcher()
    atomically(lambda: give_back(alarm_id, me))
    return redirect("/messages/duty", 303)


def _watcher() -> CurrentPerson:
    me = person()
    if not may_watch(me):
        raise Forbidden(lazy("The duty-room screen needs the grant “Duty room”. The office can give it."))
    return me


def _shown(me: CurrentPerson) -> dict[str, object]:
    now = clock.now()
    down = failing()
    return {"alarms": open_alarms(me), "taken": taken_alarms(me, now), "down": down, "at": now, "me": me}
