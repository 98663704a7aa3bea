"""Lists to take away: the ledger of a month, the seals before a holiday."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.days import month_span, next_month, previous_month
from app.vehicles import rules_words
from app.vehicles.queries import vehicles_within
from app.vehicles.queries_entries import entries_of, trips_between
from app.vehicles.queries_seals import holiday_near, seals_of
from app.vehicles.rules_content import FUEL_HEAD, FUEL_SHEET, OTHER_HEAD, OTHER_SHEET, TRIP_HEAD, TRIP_SHEET
from app.vehicles.rules_ledger import fuel_rows, other_rows, trip_rows, workbook
from app.vehicles.rules_months import asked_month
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded

bp = Blueprint("vehicle_lists", __name__, url_prefix="/vehicles")

READERS = tuple(role for role in Role if role is not Role.ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/ledger")
@guarded(*READERS)
def ledger() -> ResponseReturnValue:
    first, trips, entries, vehicles = _month()
    known = {each.point_id: each for each in vehicles}
    return render_template(
        "vehicles/ledger.html", first=first, before=previous_month(first), after=next_month(first), trips=trips,
        entries=entries, vehicles=known, this=_this_month(), words=rules_words,
    )  # fmt: skip


@bp.get("/ledger.xlsx")
@guarded(*READERS)
@exported("vehicle ledger", "daily")
def ledger_file() -> ResponseReturnValue:
    first, trips, entries, vehicles = _month()
    known, zone = {each.point_id: each for each in vehicles}, current_app.extensions["settings"].zone
    sheets = (
        (TRIP_SHEET, TRIP_HEAD, trip_rows(trips, known, zone)),
        (FUEL_SHEET, FUEL_HEAD, fuel_rows(entries, known, zone)),
        (OTHER_SHEET, OTHER_HEAD, other_rows(entries, known, zone)),
    )
    name = f"vehicles-{first:%Y-%m}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(workbook(sheets, clock.now()), mimetype=XLSX, headers=headers)


@bp.get("/seals")
@guarded(*READERS)
def seals() -> ResponseReturnValue:
    now = clock.now()
    listed = seals_of(vehicles_within(person()), now)
    near = holiday_near(clock.today(current_app.extensions["settings"].zone))
    return render_template("vehicles/seals.html", listed=listed, near=near, now_is=now)


def _month() -> tuple:  # type: ignore[type-arg]  # the month with its trips, entries and vehicles
    zone = current_app.extensions["settings"].zone
    first = asked_month(request.args.get("month", ""), _this_month())
    since, until = month_span(first, zone)
    vehicles = vehicles_within(person())
    ids = [each.point_id for each in vehicles]
    entries = [each for each in entries_of(ids, since=since) if each.at < until]
    return first, trips_between(ids, since, until), entries, vehicles


def _this_month() -> date:
    return clock.today(current_app.extensions["settings"].zone).replace(day=1)
