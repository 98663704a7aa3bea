"""Half-years: when their reports are due, frozen and reminded of, who reads and writes them: pure (rules 11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from app.days import begins
from app.web.current import BUREAU_WIDE, CurrentPerson, Role

MONTHS = 6
REMIND_DAYS = (15, 7, 1)
WHOLE = "all"
"""Stands for the summary of all units, where an address names a unit."""
READERS = (Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
WRITERS = (Role.SUPERVISOR, Role.MANAGER, Role.STANDARDS, Role.LEADER)
OFFICE = (Role.STANDARDS, Role.LEADER)
CONTRACTOR = "contractor"
REPORTING = ("center", "section", "department", CONTRACTOR)
"""Kinds of units that work to standards: 各处室和各单位 (seed 002 §四); committees and teams steer."""
_KEY = re.compile(r"^(2[01]\d\d)-([12])$")


class Part(StrEnum):
    """The six contents of RP-3 in order; the four of RP-2 are FREQUENCY to PROBLEMS."""

    LED = "led"
    FREQUENCY = "frequency"
    SCOPE = "scope"
    EFFECT = "effect"
    PROBLEMS = "problems"
    ACTIONS = "actions"


class Standing(StrEnum):
    """How a unit's report stands."""

    RUNNING = "running"
    DUE = "due"
    OVERDUE = "overdue"
    DRAFT = "draft"
    SIGNED = "signed"
    SIGNED_EARLY = "signed_early"


@dataclass(frozen=True, slots=True, order=True)
class Half:
    """1 January to 30 June, or 1 July to 31 December."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.number == 1 else 7, 1)

    @property
    def last(self) -> date:
        """RP-1: also the day on which the report is due."""
        return date(self.year, 6, 30) if self.number == 1 else date(self.year, 12, 31)

    @property
    def key(self) -> str:
        """2026-1, as addresses have it."""
        return f"{self.year}-{self.number}"

    @property
    def before(self) -> Half:
        return Half(self.year, 1) if self.number == 2 else Half(self.year - 1, 2)

    @property
    def after(self) -> Half:
        return Half(self.year, 2) if self.number == 1 else Half(self.year + 1, 1)

    def months(self) -> list[date]:
        """First days of its six months."""
        return [self.first.replace(month=self.first.month + step) for step in range(MONTHS)]


def half_of(day: date) -> Half:
    """The half-year of a local date."""
    return Half(day.year, 1 if day.month <= MONTHS else 2)


def half_named(key: str) -> Half | None:
    """The half-year of an address, None for nonsense."""
    found = _KEY.match(key)
    return Half(int(found[1]), int(found[2])) if found else None


def freezes_at(half: Half, zone: tzinfo) -> datetime:
    """RP-4: midnight after the due date, at the site."""
    return begins(half.after.first, zone)


def reminder(half: Half, today: date) -> int | None:
    """RP-4: which of the reminders 15, 7 and 1 days before is the one of today; None outside that time."""
    left = (half.last - today).days
    return min((days for days in REMIND_DAYS if days >= left), default=None) if left >= 0 else None


def standing(half: Half, today: date, *, signed: bool, frozen: bool, begun: bool) -> Standing:
    """Of one unit's report on a day; `frozen` says that the figures were frozen when it was signed."""
    if signed:
        return Standing.SIGNED if frozen else Standing.SIGNED_EARLY
    if today > half.last:
        return Standing.OVERDUE
    if begun:
        return Standing.DRAFT
    return Standing.RUNNING if reminder(half, today) is None else Standing.DUE


@dataclass(frozen=True, slots=True)
class Reporter:
    """A unit that reports; the summary of all of them has the id `all` and no path."""

    id: str
    name: str
    kind: str = ""
    path: str = ""

    @property
    def is_whole(self) -> bool:
        return self.id == WHOLE


def may_see(who: CurrentPerson, unit: Reporter) -> bool:
    """The bureau sees all, others the own subtree; the summary is the office's and the bureau's."""
    if who.external or who.role not in READERS:
        return False
    if who.role in BUREAU_WIDE:
        return True
    return not unit.is_whole and unit.path.startswith(who.org_path)


def may_write(who: CurrentPerson, unit: Reporter) -> bool:
    """Who heads the unit, or answers for the contractor; the office for the summary and for its own section."""
    if who.external or who.role not in WRITERS:
        return False
    if unit.is_whole:
        return who.role in OFFICE
    if who.role is Role.MANAGER:
        return unit.id == who.org_id
    if who.role is Role.STANDARDS:
        return unit.id == who.org_id
    return who.role is Role.SUPERVISOR and unit.path.startswith(who.org_path)


def days_late(half: Half, today: date) -> int:
    return max(0, (today - half.last) // timedelta(days=1))
