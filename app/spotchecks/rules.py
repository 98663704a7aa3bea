"""Kinds of spot checks, their periods, and who may look at whose record: pure values (rules SP-1 to SP-8, SP-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.days import ONE_DAY, months_on
from app.web.current import CurrentPerson, Role

EVENT_DAYS = 7
"""Before an event the last 7 days are drawn from (SP-14)."""


class Kind(StrEnum):
    """自查, 抽查, 监查 (SP-1)."""

    SELF = "self"
    SPOT = "spot"
    SUPERVISION = "supervision"


class Mode(StrEnum):
    """At the desk: record and photos. On site: the point within the step's `valid_minutes` (SP-8)."""

    DESK = "desk"
    ONSITE = "onsite"


class Method(StrEnum):
    """Simple random draws estimate rates, risk-weighted ones hunt for trouble; they are never mixed (SP-7)."""

    SIMPLE = "simple"
    WEIGHTED = "weighted"


class Rhythm(StrEnum):
    DAILY = "daily"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "halfyear"
    IRREGULAR = "irregular"


class Scope(StrEnum):
    """LOTS: one draw for each contractor × standard (SP-8); EVENT: the points of the event's area (SP-14)."""

    LOTS = "lots"
    BUREAU = "bureau"
    UNIT = "unit"
    AREA = "area"
    EVENT = "event"


class Entered(StrEnum):
    """How a record came onto the list: only what was drawn by its key may feed a rate."""

    DRAWN = "drawn"
    FLOOR = "floor"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Period:
    """Business dates, both ends included."""

    from_on: date
    to_on: date

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.from_on <= day <= self.to_on


_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6}


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The day, calendar month, quarter or half-year that the day lies in; irregular plans name their own."""
    if rhythm not in _MONTHS:
        return Period(day, day)
    months = _MONTHS[rhythm]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, months_on(first, months) - ONE_DAY)


def before_event(event_on: date) -> Period:
    """The last days before an event (SP-14)."""
    return Period(event_on - EVENT_DAYS * ONE_DAY, event_on - ONE_DAY)


@dataclass(frozen=True, slots=True)
class Executed:
    """Who did the work that somebody else is to look at, for which unit, under which department."""

    person_id: str
    implementer_id: str
    responsible_id: str


def is_independent(who: CurrentPerson, done: Executed, kind: Kind) -> bool:
    """Never the executor; for 抽查 and 监查 nobody of the same contractor either (SP-13).

    A department that does the work itself is no contractor: its supervisor looks at the colleagues' records.
    """
    if who.id == done.person_id:
        return False
    own_work = done.implementer_id == done.responsible_id
    return kind is Kind.SELF or who.org_id != done.implementer_id or own_work


def may_look(who: CurrentPerson, owner_path: str, kind: Kind, crew_id: str | None = None) -> bool:
    """Whose list it is: a crew's leader, the supervisors of the owning unit, inspectors everywhere."""
    if kind is Kind.SELF:
        return who.role is Role.CREW_LEADER and bool(crew_id) and who.crew_id == crew_id
    if who.role is Role.INSPECTOR:
        return True
    return who.role is Role.SUPERVISOR and owner_path.startswith(who.org_path)
