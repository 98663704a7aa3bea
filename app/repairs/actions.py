"""Opening repair orders: other rooms call down to here in their own transaction. Never commits."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import insert

from app import db
from app.refusals import NotFound, Unavailable
from app.repairs.actions_telling import tell_trade
from app.repairs.models import RepairEvent, RepairOrder
from app.repairs.queries import Place, order_of_report, order_with_key, place_of, trades
from app.repairs.rules import NewOrder, Opened, OrderEventKind, OrderState, Trade, new_number, open_key, trade_for
from app.web.words import lazy

MOST_TEXT = 2000


def open_order(new: NewOrder) -> Opened:
    """Report a fault to the trade on duty (rules NC-18); what is open already is joined, not opened again.

    The same `id` again gives the same answer. Raises NotFound without such a point, Unavailable without any trade.
    """
    earlier = order_of_report(new.id) if new.id else None
    if earlier:
        return earlier
    place = place_of(new.point_id, new.fault.split("/")[0])
    if place is None:
        raise NotFound(lazy("There is no such point."))
    trade = _trade(new, place)
    key = open_key(new.point_id, trade.id, new.fault)
    standing = order_with_key(key)
    if standing:
        note(standing[0], OrderEventKind.JOINED, new)
        return Opened(*standing, joined=True)
    order = _row(new, place, trade, key)
    db.run(insert(RepairOrder), order)
    note(order["id"], OrderEventKind.OPENED, new)
    tell_trade(order["id"], place.name, new.text, trade, new.at)
    return Opened(order["id"], order["number"], joined=False)


def note(order_id: str, kind: OrderEventKind, new: NewOrder) -> None:
    """A report in the order's history."""
    names = ("finding_id", "check_id", "feedback_id")
    data: dict[str, Any] = {name: getattr(new, name) for name in names if getattr(new, name)}
    if new.photos:
        data["photos"] = list(new.photos)
    event = {"order_id": order_id, "kind": kind, "report_id": new.id, "by_id": new.by_id, "at": new.at}
    db.run(insert(RepairEvent), {**event, "text": new.text[:MOST_TEXT], "data": data or None})


def _trade(new: NewOrder, place: Place) -> Trade:
    known = trades()
    named = next((trade for trade in known if trade.id == new.trade), None)
    chosen = named or trade_for(known, place.kind, new.text)
    if chosen is None:
        raise Unavailable(lazy("Nobody is on duty for repairs yet. Call the service telephone, please."))
    return chosen


def _row(new: NewOrder, place: Place, trade: Trade, key: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "number": new_number(),
        "point_id": new.point_id,
        "trade_id": trade.id,
        "org_id": trade.org_id,
        "implementer_id": place.implementer_id,
        "responsible_id": place.responsible_id,
        "fault": new.fault,
        "open_key": key,
        "text": new.text[:MOST_TEXT],
        "state": OrderState.OPEN,
        "finding_id": new.finding_id,
        "check_id": new.check_id,
        "feedback_id": new.feedback_id,
        "opened_at": new.at,
        "opened_by_id": new.by_id,
        "reopened": 0,
    }
