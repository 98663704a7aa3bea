"""Dispatch orders: the list, one by hand, many from a workbook, cancelled."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Conflict, Invalid, TooLarge
from app.vehicles.actions_notes import Deed, may_head, refuse_unless
from app.vehicles.actions_orders import cancel, order_id_of, put_orders
from app.vehicles.forms_orders import new_order, sheet_rows
from app.vehicles.queries import vehicles_within
from app.vehicles.queries_orders import drivers, orders_between
from app.vehicles.rules import Vehicle
from app.vehicles.rules_content import ORDER_EXAMPLE, ORDER_HEAD, ORDER_SHEET
from app.vehicles.rules_ledger import workbook
from app.vehicles.rules_orders import Known, head_fault, orders_of
from app.web.current import CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("dispatches", __name__, url_prefix="/vehicles/dispatches")

READERS = tuple(role for role in Role if role is not Role.ADMIN)
HEADS_OF = (Role.SUPERVISOR, Role.CREW_LEADER)
BEHIND, AHEAD = timedelta(days=3), timedelta(days=60)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return _page({}, "", (), 200)


@bp.post("")
@guarded(*HEADS_OF)
def put() -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    refuse_unless(may_head(me))
    vehicles = vehicles_within(me)
    names = {each.point_id: each.plate for each in vehicles}
    try:
        order_id, order = new_order(request.form, names, _drivers(me, vehicles), now, zone)
        atomically(lambda: put_orders([(f"dp-{order_id}", order)], vehicles, Deed(me, now, zone)))
    except (Invalid, Conflict) as why:
        return _page(why.fields, why.sentence, (), why.status)
    flash(_("The order stands. The check before the trip follows it."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/import")
@guarded(*HEADS_OF)
def bring_in() -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    refuse_unless(may_head(me))
    vehicles = vehicles_within(me)
    try:
        head, rows = sheet_rows(_sent())
        known = Known({each.plate: each.point_id for each in vehicles}, _names(me, vehicles), zone)
        orders, faults = orders_of(rows, known, now)
        wrong = head_fault(head)
        if wrong or faults or not orders:
            empty = lazy("There is no order in this workbook.")
            listed = [wrong] if wrong else faults
            return _page({}, lazy("Nothing was kept. Put these right, please:") if listed else empty, listed, 422)
        kept = [(order_id_of(order), order) for order in orders]
        made = atomically(lambda: put_orders(kept, vehicles, Deed(me, now, zone)))
    except (Invalid, Conflict, TooLarge) as why:
        return _page({}, why.sentence, (), why.status)
    flash(_("%(n)d orders are new, %(known)d stood already.", n=made, known=len(kept) - made), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<event_id>/cancel")
@guarded(*HEADS_OF)
def call_off(event_id: str) -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    vehicles = vehicles_within(me)
    atomically(lambda: cancel(event_id, vehicles, Deed(me, now, zone)))
    flash(_("The order is cancelled; the checks that hung on it are void."), "ok")
    return redirect(url_for(".index"), 303)


@bp.get("/template.xlsx")
@guarded(*HEADS_OF)
def template() -> ResponseReturnValue:
    body = workbook([(ORDER_SHEET, ORDER_HEAD, [ORDER_EXAMPLE])], clock.now())
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": 'attachment; filename="dispatch.xlsx"'})


def _sent() -> bytes:
    """What the form carries; a large upload lies in a file, which is closed."""
    sent = request.files.get("workbook")
    if sent is None:
        return b""
    try:
        return sent.stream.read()
    finally:
        sent.close()


def _page(errors: object, refusal: object, faults: object, status: int) -> ResponseReturnValue:
    me, now = person(), clock.now()
    vehicles = vehicles_within(me)
    orders = orders_between([each.point_id for each in vehicles], now - BEHIND, now + AHEAD) if vehicles else []
    page = render_template(
        "vehicles/orders.html", orders=orders, plates={each.point_id: each.plate for each in vehicles}, me=me,
        people=_drivers(me, vehicles), head=may_head(me), errors=errors, refusal=refusal, faults=faults,
        typed=request.form, entry_id=request.form.get("id") or str(uuid.uuid4()), now_is=now,
    )  # fmt: skip
    return page, status


def _drivers(me: CurrentPerson, vehicles: list[Vehicle]) -> dict[str, str]:
    return dict(drivers({each.implementer_id for each in vehicles} | {me.org_id}))


def _names(me: CurrentPerson, vehicles: list[Vehicle]) -> dict[str, str]:
    """Numbers, and names that only one person has."""
    people = _drivers(me, vehicles)
    several = list(people.values())
    return {each: each for each in people} | {name: each for each, name in people.items() if several.count(name) == 1}
