"""How soon vehicles went out after a call, month by month, with every order behind the figures (rules VH-2)."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.days import month_span, next_month, previous_month
from app.vehicles.queries import vehicles_within
from app.vehicles.queries_responses import calls_between
from app.vehicles.routes import READERS
from app.vehicles.rules_months import asked_month
from app.vehicles.rules_response import COUNTED, share
from app.vehicles.rules_words import ANSWERED, ANSWERED_KINDS
from app.web.current import person
from app.web.guards import guarded

bp = Blueprint("vehicle_responses", __name__, url_prefix="/vehicles")


@bp.get("/responses")
@guarded(*READERS)
def show() -> ResponseReturnValue:
    zone, now = current_app.extensions["settings"].zone, clock.now()
    this = now.astimezone(zone).date().replace(day=1)
    first = asked_month(request.args.get("month", ""), this)
    since, until = month_span(first, zone)
    vehicles = {each.point_id: each for each in vehicles_within(person())}
    calls = calls_between(list(vehicles), since, until)
    counted = [each for each in calls if each.answered(now) in COUNTED]
    return render_template(
        "vehicles/responses.html", calls=counted, waits=bool(calls), vehicles=vehicles, first=first,
        before=previous_month(first), after=next_month(first), this=this, now_is=now,
        normal=share(calls, now, urgent=False), urgent=share(calls, now, urgent=True),
        words=ANSWERED, kinds=ANSWERED_KINDS,
    )  # fmt: skip
