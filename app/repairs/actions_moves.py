"""Deeds on repair orders: accept, arrive, repair, decline, hand over, open again. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from app import db
from app.nonconformities.actions_repaired import Repair, repaired
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.writes import rows_for_check
from app.refusals import Conflict, Forbidden, Invalid, Stale
from app.repairs.actions_telling import stop_sounding, tell_reporter, tell_trade
from app.repairs.models import RepairEvent, RepairOrder
from app.repairs.queries import order_with_key, reported, trades
from app.repairs.queries_list import OrderRow, openings, order_for
from app.repairs.rules import BEFORE, UNFINISHED, OrderEventKind, OrderState, may_reopen, may_work, open_key
from app.web.current import CurrentPerson
from app.web.words import lazy

REOPEN_WITHIN = timedelta(days=7)
MOST_TEXT = 2000


@dataclass(frozen=True)
class Deed:
    """Who does it, when, with which words and pictures."""

    who: CurrentPerson
    at: datetime
    text: str = ""
    photos: Sequence[KeptPhoto] = field(default=())
    scanned: bool = False


def accept(order_id: str, deed: Deed) -> None:
    """接单. The same person again changes nothing; raises Stale when somebody else was faster."""
    order = _workable(order_id, deed.who)
    if order.state in UNFINISHED[1:] and order.accepted_by_id == deed.who.id:
        return
    _move(order, OrderState.ACCEPTED, {"accepted_at": deed.at, "accepted_by_id": deed.who.id})
    _note(order.id, OrderEventKind.ACCEPTED, deed)


def arrive(order_id: str, deed: Deed) -> None:
    """到场, by scanning the label or by a tap; whoever comes has accepted."""
    order = _workable(order_id, deed.who)
    if order.state is OrderState.ARRIVED:
        return
    accepted = {"accepted_at": order.accepted_at or deed.at, "accepted_by_id": order.accepted_by_id or deed.who.id}
    _move(order, OrderState.ARRIVED, {"arrived_at": deed.at, **accepted})
    _note(order.id, OrderEventKind.ARRIVED, deed, {"via": "scan" if deed.scanned else "tap"})


def repair(order_id: str, deed: Deed) -> OrderRow:
    """修好 with a photo, where photos may be taken. A repeat changes nothing; raises Invalid without its evidence."""
    order = _workable(order_id, deed.who)
    if order.state is OrderState.REPAIRED and order.repaired_by_id == deed.who.id:
        return order
    _ask_evidence(order, deed)
    done = {"repaired_at": deed.at, "repaired_by_id": deed.who.id, "open_key": None}
    _move(order, OrderState.REPAIRED, done)
    _keep_photos(order, deed)
    _note(order.id, OrderEventKind.REPAIRED, deed, {"photos": [photo.sha256 for photo in deed.photos]})
    if order.finding_id:
        repaired(order.finding_id, Repair(order.number, deed.who.id, order.org_id, deed.at, deed.text[:MOST_TEXT]))
    tell_reporter(order, deed.at)
    return order


def decline(order_id: str, deed: Deed) -> OrderRow:
    """Looked at and nothing was to be repaired; the reason goes to whoever reported it."""
    order = _workable(order_id, deed.who)
    if order.state is OrderState.DECLINED and order.repaired_by_id == deed.who.id:
        return order
    _ask_words(deed, lazy("Say in a few words why nothing is to be repaired."))
    _move(order, OrderState.DECLINED, {"open_key": None, "repaired_by_id": deed.who.id})
    _note(order.id, OrderEventKind.DECLINED, deed)
    tell_reporter(order, deed.at)
    return order


def hand_over(order_id: str, trade_id: str, deed: Deed) -> None:
    """转交: another trade takes it from the start; the clock goes on."""
    order = _workable(order_id, deed.who)
    trade = next((each for each in trades() if each.id == trade_id), None)
    if trade is None:
        sentence = lazy("Choose a trade.")
        raise Invalid(sentence, fields={"trade": sentence})
    if trade.id == order.trade_id:
        return
    values = {"trade_id": trade.id, "org_id": trade.org_id, "accepted_at": None, "accepted_by_id": None}
    _change(order, UNFINISHED, {**values, "arrived_at": None, "state": OrderState.OPEN})
    _note(order.id, OrderEventKind.HANDED, deed, {"from": order.trade_id, "to": trade.id})
    tell_trade(order.id, order.point, order.text, trade, deed.at, again=openings(order.id))


def reopen(order_id: str, deed: Deed) -> None:
    """Not repaired after all, says who reported it or stands before it now; raises Conflict when it is too late."""
    order = order_for(deed.who, order_id)
    if not may_reopen(deed.who, reported(order.id, deed.who.id), order.implementer_id, order.responsible_id):
        raise Forbidden(lazy("Who reported it or works at this place can open it again."))
    if order.is_open:
        return
    _ask_words(deed, lazy("Say in a few words what is still broken."))
    reopen_row(order, deed)


def reopen_row(order: OrderRow, deed: Deed) -> None:
    """The same for a worker's answer that it is still there; what was reported anew meanwhile stands instead."""
    ended = order.repaired_at or order.opened_at
    if deed.at - ended > REOPEN_WITHIN:
        raise Conflict(lazy("This was repaired more than a week ago. Report it anew, please."), problem="too-late")
    key = open_key(order.point_id, order.trade_id, order.fault)
    if order_with_key(key):
        raise Conflict(lazy("This has been reported anew already."))
    cleared = dict.fromkeys(("accepted_at", "accepted_by_id", "arrived_at", "repaired_at", "repaired_by_id"))
    _move(order, OrderState.OPEN, {**cleared, "open_key": key, "reopened": order.reopened + 1})
    _note(order.id, OrderEventKind.REOPENED, deed)
    trade = next((each for each in trades() if each.id == order.trade_id), None)
    if trade:
        tell_trade(order.id, order.point, deed.text or order.text, trade, deed.at, again=openings(order.id))


def _workable(order_id: str, who: CurrentPerson) -> OrderRow:
    order = order_for(who, order_id)
    if not may_work(who, order.org_id, order.org_path):
        raise Forbidden(lazy("This is for the trade on duty."))
    return order


def _move(order: OrderRow, to: OrderState, values: dict[str, Any]) -> None:
    _change(order, BEFORE[to], {**values, "state": to})


def _change(order: OrderRow, old: Sequence[OrderState], values: dict[str, Any]) -> None:
    """Only from the expected state: of two at once one is told to look again."""
    guarded = update(RepairOrder).where(RepairOrder.id == order.id, RepairOrder.state.in_(old))
    if db.run(guarded.values(values)).rowcount != 1:
        raise Stale(lazy("This order has moved on meanwhile. Load the page again."))


def _note(order_id: str, kind: OrderEventKind, deed: Deed, data: dict[str, Any] | None = None) -> None:
    event = {"order_id": order_id, "kind": kind, "by_id": deed.who.id, "at": deed.at, "text": deed.text[:MOST_TEXT]}
    db.run(insert(RepairEvent), {**event, "report_id": None, "data": data})
    stop_sounding(order_id, deed.at)


def _ask_words(deed: Deed, sentence: object) -> None:
    if not deed.text.strip():
        raise Invalid(sentence, fields={"text": sentence})


def _ask_evidence(order: OrderRow, deed: Deed) -> None:
    if order.photo_allowed and not deed.photos:
        sentence = lazy("Take a photo of what was repaired.")
        raise Invalid(sentence, fields={"photos": sentence})
    if not order.photo_allowed:
        if deed.photos:
            sentence = lazy("No photo may be taken here. Say in words what was done.")
            raise Invalid(sentence, fields={"photos": sentence})
        _ask_words(deed, lazy("Say in a few words what was done."))


def _keep_photos(order: OrderRow, deed: Deed) -> None:
    """The order stands as their record; the units of the place and of the trade see them."""
    responsible = order.responsible_id or order.org_id
    owner = PhotoOwner(order.id, deed.who.id, order.point_id, "", order.org_id, responsible)
    rows_for_check([PhotoUse(photo, Part.AFTER, None) for photo in deed.photos], owner, at=deed.at)
