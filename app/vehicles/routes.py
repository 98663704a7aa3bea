"""Pages of vehicles: the board of all, and one vehicle as its driver and its head see it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.days import begins, month_of
from app.vehicles import rules_words
from app.vehicles.actions_notes import may_drive, may_head, may_service
from app.vehicles.actions_trips import keeps_in
from app.vehicles.queries import vehicle_for, vehicles_within
from app.vehicles.queries_entries import trip_of_driver
from app.vehicles.queries_lines import SHOWN, lines_of
from app.vehicles.queries_orders import orders_between
from app.vehicles.queries_responses import calls_between
from app.vehicles.queries_standing import board, standing_of
from app.vehicles.rules import READING_KINDS, EntryKind
from app.vehicles.rules_board import sorted_board, tally
from app.vehicles.rules_response import share
from app.vehicles.rules_standing import Block
from app.web.current import Role, person
from app.web.guards import guarded

bp = Blueprint("vehicles", __name__, url_prefix="/vehicles")

READERS = tuple(role for role in Role if role is not Role.ADMIN)
FORMS = (
    "depart", "return", "fuel", "service", "seal", "unseal", "accident", "override", "backfill", "correct", "decide",
)  # fmt: skip
ORDERS_AROUND = timedelta(hours=18)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    standings = board(vehicles_within(me), now, zone)
    first = begins(month_of(now.astimezone(zone).date()), zone)
    calls = calls_between([each.vehicle.point_id for each in standings], first, now) if standings else []
    return render_template(
        "vehicles/index.html",
        me=me,
        standings=sorted_board(standings),
        counts=tally(standings),
        normal=share(calls, now, urgent=False),
        urgent=share(calls, now, urgent=True),
        mine=trip_of_driver(me.id),
        head=may_head(me),
        words=rules_words,
        Block=Block,
    )


@bp.get("/<vehicle_id>")
@guarded(*READERS)
def show(vehicle_id: str) -> ResponseReturnValue:
    return vehicle_page(vehicle_id, "", {}, "", 200)


def vehicle_page(
    vehicle_id: str, failed: str, errors: Mapping[str, object], refusal: object, status: int
) -> ResponseReturnValue:
    """The page of one vehicle; after a refusal with what was typed, open at the form that it is about."""
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    vehicle = vehicle_for(me, vehicle_id)
    standing, book = standing_of(vehicle, now, zone)
    until = _until(now)
    lines = lines_of(vehicle_id, until)
    orders = orders_between([vehicle_id], now - ORDERS_AROUND, now + ORDERS_AROUND)
    page = render_template(
        "vehicles/show.html",
        v=vehicle, s=standing, book=book, me=me, lines=lines, older=lines[-1].at if len(lines) == SHOWN else None,
        orders=[each for each in orders if each.waits and (each.ends_at or now) >= now], mine=trip_of_driver(me.id),
        keeps=keeps_in(standing, urgent=False), keeps_urgent=keeps_in(standing, urgent=True),
        drives=may_drive(me), services=may_service(me), head=may_head(me), failed=failed, errors=errors,
        refusal=refusal, typed=request.form if failed else {}, ids=_ids(failed), words=rules_words, Kind=EntryKind,
        readings=READING_KINDS,
        today=now.astimezone(zone).date(),
    )  # fmt: skip
    return page, status


def _ids(failed: str) -> dict[str, str]:
    """A number for each form that the page carries; what was refused keeps its own, so that a retry is the same."""
    fresh = {name: str(uuid.uuid4()) for name in FORMS}
    return fresh | ({failed: request.form.get("id", "")} if failed in fresh else {})


def _until(now: datetime) -> datetime:
    """How far back the time line begins: ?until=, else now; entries of phones ahead of time count too."""
    try:
        asked = datetime.fromisoformat(request.args.get("until", ""))
    except ValueError:
        return now + timedelta(days=1)
    return asked if asked.tzinfo and 2000 <= asked.year < now.year + 2 else now + timedelta(days=1)
