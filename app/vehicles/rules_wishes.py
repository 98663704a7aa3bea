"""What somebody wants noted of a vehicle, read from a form; `id` was made by the page, so a retry is the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Departure:
    """Off it goes: at which odometer, what for, by which order."""

    id: str
    km: int
    sure: bool
    event_id: str
    number: str
    purpose: str
    route: str
    urgent: bool


@dataclass(frozen=True)
class Return:
    """Back again; without `trip_id` nobody had noted the start."""

    id: str
    trip_id: str
    km: int
    sure: bool
    route: str


@dataclass(frozen=True)
class Filling:
    """Fuel or charge: litres or kilowatt hours, what it cost, and whether it is full now."""

    id: str
    km: int
    sure: bool
    quantity: float
    cost: float | None
    full: bool


@dataclass(frozen=True)
class Noted:
    """An odometer with words: a service, a seal, an accident."""

    id: str
    km: int
    sure: bool
    text: str


@dataclass(frozen=True)
class Reason:
    """Words about something noted before; `ref` names it."""

    id: str
    ref: str
    text: str
    km: int = 0
