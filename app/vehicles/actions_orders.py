"""Deeds on dispatch orders: by hand or from a workbook, all or nothing; cancelled. Never commits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app.refusals import Conflict, NotFound
from app.schedule.actions_events import NewEvent, cancel_event, put_events
from app.schedule.queries_events import event_by_id
from app.schedule.rules_events import EventKind
from app.standards.queries import edition, edition_rows
from app.training.actions_fit import assert_fit
from app.vehicles.actions_notes import Deed, may_head, refuse_unless
from app.vehicles.queries import codes_at
from app.vehicles.queries_orders import Order, order_by_id, orders_between
from app.vehicles.queries_standing import board
from app.vehicles.rules import Vehicle
from app.vehicles.rules_orders import LONGEST, NewOrder
from app.vehicles.rules_parts import Part, part_of
from app.vehicles.rules_words import BLOCKS
from app.web.words import lazy


def put_orders(orders: Sequence[tuple[str, NewOrder]], vehicles: Sequence[Vehicle], deed: Deed) -> int:
    """Keep orders under the ids that they came with; gives back how many are new.

    A kept vehicle is not sent out (VH-6), but for an emergency, which the head lets go at the vehicle itself; neither
    a vehicle nor a driver is sent twice at once. Raises Conflict with the plate and the reason.
    """
    refuse_unless(may_head(deed.who))
    fresh = [(order_id, order) for order_id, order in orders if event_by_id(order_id) is None]
    if not fresh:
        return 0
    _refuse_kept([order for _id, order in fresh], vehicles, deed)
    _refuse_twice(fresh, vehicles)
    _refuse_unfit([order for _id, order in fresh], deed)
    put_events([_event(order_id, order) for order_id, order in fresh], deed.who.id, deed.zone, deed.at)
    return len(fresh)


def order_id_of(order: NewOrder) -> str:
    """The same order imported again is the same event."""
    said = f"{order.point_id}|{order.number}|{order.driver_id}|{order.starts_at.isoformat()}"
    return f"dp-{uuid.uuid5(uuid.NAMESPACE_OID, said)}"[:40]


def cancel(order_id: str, vehicles: Sequence[Vehicle], deed: Deed) -> Order:
    """撤销 an order by which nobody has departed; doing it again changes nothing."""
    refuse_unless(may_head(deed.who))
    order = order_by_id(order_id)
    if order is None or order.point_id not in {each.point_id for each in vehicles}:
        raise NotFound(lazy("There is no such order, or it belongs to another unit."))
    if order.trip_id is not None:
        raise Conflict(lazy("Somebody has departed by this order already."))
    cancel_event(order_id, deed.who.id, deed.zone, deed.at)
    return order


def _refuse_kept(orders: Sequence[NewOrder], vehicles: Sequence[Vehicle], deed: Deed) -> None:
    wanted = {order.point_id for order in orders if not order.urgent}
    for standing in board([each for each in vehicles if each.point_id in wanted], deed.at, deed.zone):
        if standing.blocks:
            why = "；".join(str(BLOCKS[block]) for block in standing.blocks)
            sentence = lazy("%(plate)s may not be sent out: %(why)s.", plate=standing.vehicle.plate, why=why)
            raise Conflict(sentence, problem="vehicle-blocked")


def _refuse_twice(fresh: Sequence[tuple[str, NewOrder]], vehicles: Sequence[Vehicle]) -> None:
    first = min(order.starts_at for _id, order in fresh)
    last = max(order.ends_at for _id, order in fresh)
    plates = {each.point_id: each.plate for each in vehicles}
    standing = [each for each in orders_between(list(plates), first - LONGEST, last) if _lasts(each)]
    taken = [(each.point_id, each.driver_id, each.starts_at, each.ends_at or each.starts_at) for each in standing]
    for _order_id, order in fresh:
        for point_id, driver_id, starts_at, ends_at in taken:
            same = order.point_id == point_id or order.driver_id == driver_id
            if same and order.starts_at < ends_at and starts_at < order.ends_at:
                sentence = lazy(
                    "%(plate)s or its driver is on another trip at that time.", plate=plates[order.point_id]
                )
                raise Conflict(sentence, problem="sent-twice")
        taken.append((order.point_id, order.driver_id, order.starts_at, order.ends_at))


def _refuse_unfit(orders: Sequence[NewOrder], deed: Deed) -> None:
    """Nobody is sent who may not do the checks before and after the trip (rules TR-4)."""
    codes, rows = codes_at({order.point_id for order in orders}), edition_rows()
    for order in orders:
        on = order.starts_at.astimezone(deed.zone).date()
        numbers = [
            row.number
            for row in rows
            if row.code in codes.get(order.point_id, ()) and row.in_force(on)
            and part_of(edition(row)) in (Part.PRE_TRIP, Part.POST_TRIP)
        ]  # fmt: skip
        assert_fit((order.driver_id,), numbers, on)


def _lasts(order: Order) -> bool:
    return order.cancelled_at is None and order.returned_at is None


def _event(order_id: str, order: NewOrder) -> NewEvent:
    kind = EventKind.URGENT_DISPATCH if order.urgent else EventKind.DISPATCH
    facts = {"dispatch.driver": order.driver_id, "dispatch.purpose": order.purpose, "dispatch.number": order.number}
    return NewEvent(order_id, kind, order.point_id, order.starts_at, order.ends_at, facts)
