"""The lots of a plan in a period, and when a draw may be promised and made: nobody draws after seeing the data."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from app.days import ONE_DAY, begins
from app.spotchecks.rules import Kind, Method, Mode, Period, Rhythm, Scope
from app.web.words import lazy

LONGEST = 160
NAMES = uuid.UUID("5f0c6d5e-7c39-5a55-9d4b-6d6163686573")
TOO_LATE_TO_SEAL = lazy("A draw is promised before its period ends. This period is over: choose a later one.")
NEVER_SEALED = lazy(
    "No draw was promised for this day before it ended. Drawing now, with the records in view, could be steered."
)
STILL_RUNNING = lazy("The period is still running. The list is drawn when it has ended.")
DRAWN_ALREADY = lazy("This list has been drawn already. There is one draw for each lot, and it stands.")


@dataclass(frozen=True, slots=True)
class NewDraw:
    """A draw about to be promised: what it is over, and how much of it is taken."""

    kind: Kind
    mode: Mode
    method: Method
    rhythm: Rhythm
    scope: Scope
    owner_id: str
    period: Period
    size: str
    plan_id: str | None = None
    implementer_id: str | None = None
    standard_code: str | None = None
    area_id: str | None = None
    crew_id: str | None = None

    @property
    def lot(self) -> str:
        """What there is one draw for, whichever plan asks: kind, way and method over the same records."""
        over = (self.owner_id, self.implementer_id, self.standard_code, self.area_id, self.crew_id)
        days = f"{self.period.from_on:%y%m%d}-{self.period.to_on:%y%m%d}"
        said = (days, self.kind[:3], self.mode[:2], self.method[:2], *(each or "" for each in over))
        return "/".join(said)[:LONGEST]

    @property
    def id(self) -> str:
        """The same lot has the same number, so that two timers promise it once."""
        return str(uuid.uuid5(NAMES, self.lot))


class Promised(Protocol):
    """What is known of a draw before it is made."""

    @property
    def rhythm(self) -> str: ...
    @property
    def from_on(self) -> date: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def committed_at(self) -> datetime: ...
    @property
    def drawn_at(self) -> datetime | None: ...


def closes_at(period: Period, zone: tzinfo) -> datetime:
    """The midnight that ends the period at the site."""
    return begins(period.to_on + ONE_DAY, zone)


def why_not_drawn(promised: Promised, now: datetime, today: date) -> object | None:
    """The sentence that refuses a draw, or None: once only, promised before the period closed, drawn after it closed.

    A daily list may be drawn on its day, from what is complete then.
    """
    if promised.drawn_at is not None:
        return DRAWN_ALREADY
    if promised.committed_at >= promised.closes_at:
        return NEVER_SEALED
    open_day = promised.rhythm == Rhythm.DAILY and today >= promised.from_on
    return None if open_day or now >= promised.closes_at else STILL_RUNNING


def lots_of(scope: Scope, pairs: Iterable[tuple[str, str]]) -> list[tuple[str | None, str | None]]:
    """(implementer, standard) of each draw: every pair for lots (SP-8), else one draw over all of them."""
    if scope is not Scope.LOTS:
        return [(None, None)]
    return sorted(set(pairs))
