"""Repair orders as plain values: states, who may move them, which trade a fault is for (rules NC-12, NC-18)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.web.current import CurrentPerson, Role

NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EVERY_KIND = "*"


class OrderState(StrEnum):
    """`declined`: looked at and nothing was to be repaired, with a reason."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    REPAIRED = "repaired"
    DECLINED = "declined"


class OrderEventKind(StrEnum):
    """What the history of an order tells."""

    OPENED = "opened"
    JOINED = "joined"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    REPAIRED = "repaired"
    DECLINED = "declined"
    REOPENED = "reopened"
    HANDED = "handed"


UNFINISHED = (OrderState.OPEN, OrderState.ACCEPTED, OrderState.ARRIVED)
BEFORE: Mapping[OrderState, tuple[OrderState, ...]] = {
    OrderState.ACCEPTED: (OrderState.OPEN,),
    OrderState.ARRIVED: (OrderState.OPEN, OrderState.ACCEPTED),
    OrderState.REPAIRED: (OrderState.ARRIVED,),
    OrderState.DECLINED: (OrderState.ARRIVED,),
    OrderState.OPEN: (OrderState.REPAIRED, OrderState.DECLINED),
}
"""From which states each is reached: nothing is repaired or declined by somebody who was not there."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """A fault about to be reported.

    `id` comes from the client where there is one: the same again opens nothing. `by_id` None is the public.
    `fault` names what is broken so that it is one order (a standard's step); empty says only that something is.
    `trade` None lets the place and the words decide.
    """

    point_id: str
    text: str
    at: datetime
    id: str | None = None
    trade: str | None = None
    by_id: str | None = None
    finding_id: str | None = None
    check_id: str | None = None
    feedback_id: str | None = None
    fault: str = ""
    photos: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Opened:
    """The order that stands; `joined` when one for the same fault was open before."""

    id: str
    number: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Trade:
    """Who comes for what: kinds of points and words of the fault; the crew or person on duty, else the whole unit."""

    id: str
    name: str
    name_en: str
    org_id: str
    point_kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    crew_id: str | None = None
    person_id: str | None = None


def trade_for(trades: Sequence[Trade], point_kind: str, text: str) -> Trade | None:
    """The trade whose longest word stands in the text, else the one for this kind of point, else the one for all."""
    named = [(len(word), -place, trade) for place, trade in enumerate(trades) for word in trade.words if word in text]
    if named:
        return max(named, key=lambda each: each[:2])[2]
    for kind in (point_kind, EVERY_KIND):
        for trade in trades:
            if kind in trade.point_kinds:
                return trade
    return trades[0] if trades else None


def open_key(point_id: str, trade_id: str, fault: str) -> str:
    """One open order for a place and fault; what nobody named is one a trade."""
    return f"{point_id}/{fault or trade_id}"


def new_number() -> str:
    """A number to say on the telephone."""
    return "BX-" + "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(7))


def in_trade(who: CurrentPerson, org_id: str, crew_id: str | None = None, person_id: str | None = None) -> bool:
    """Whether this person repairs for the trade: who is on duty by name, the crew, else anybody of the unit."""
    if who.id == person_id:
        return True
    if who.org_id != org_id or who.role not in (*_DOERS,):
        return False
    return crew_id is None or who.crew_id == crew_id or who.role is not Role.WORKER


_DOERS = (Role.WORKER, Role.DRIVER, Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER)
