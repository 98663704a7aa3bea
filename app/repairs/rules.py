"""Repair orders as plain values: states, who may move them, which trade a fault is for (rules NC-12, NC-18)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from app.web.current import HANDS, CurrentPerson, Role

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


class Taken(Protocol):
    """What the order of the work depends on."""

    @property
    def trade_id(self) -> str: ...
    @property
    def accepted_by_id(self) -> str | None: ...


T = TypeVar("T", bound=Taken)


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


def may_work(who: CurrentPerson, org_id: str, org_path: str) -> bool:
    """Whether this person repairs for the unit: its own people and those of units below it, and whoever is above it."""
    if who.role is Role.SUPERVISOR and org_path.startswith(who.org_path):
        return True
    return who.role in DOERS and f"/{org_id}/" in who.org_path


def may_reopen(who: CurrentPerson, reported: bool, implementer_id: str, responsible_id: str) -> bool:
    """Who reported it, and whoever works at the place or answers for it; the trade does not judge its own work."""
    return reported or who.org_id in (implementer_id, responsible_id)


def on_duty(who: CurrentPerson, trade: Trade) -> bool:
    """Whether the duty names this person, or the crew; a unit without either means everybody in it."""
    if trade.person_id:
        return who.id == trade.person_id
    if trade.crew_id:
        return who.crew_id == trade.crew_id
    return who.org_id == trade.org_id


def first_mine(orders: Sequence[T], who: CurrentPerson, trades: Sequence[Trade]) -> list[T]:
    """Accepted by this person first, then what the duty names them for, then the rest; each the oldest first."""
    duty = {trade.id for trade in trades if on_duty(who, trade)}

    def place(order: T) -> int:
        if order.accepted_by_id == who.id:
            return 0
        free = order.accepted_by_id is None
        return 1 if free and order.trade_id in duty else 2 if free else 3

    return sorted(orders, key=place)


DOERS = (*HANDS, Role.SUPERVISOR, Role.MANAGER)
