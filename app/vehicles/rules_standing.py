"""May this vehicle go out: what keeps it in, what comes near, the check before the trip (rules VH-6, EV-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from app.vehicles.rules_parts import FULL, SEAL
from app.vehicles.rules_service import Due

BACK_FILL_WITHIN = timedelta(hours=24)
"""An override is written up within a day, or becomes a finding (EV-11)."""
OVERRIDE_HOLDS = timedelta(hours=24)
CHECK_HOLDS = timedelta(minutes=240)
"""Where the standard names no time of its own."""


class Block(StrEnum):
    """What keeps a vehicle in."""

    SERVICE = "service"
    MONTHLY = "monthly"
    FAILED = "failed"
    PAPERS = "papers"
    SEALED = "sealed"
    NO_CHECK = "no_check"


class Near(StrEnum):
    """What is to be seen to before it keeps the vehicle in."""

    SERVICE = "service"
    PAPERS = "papers"
    DOUBT = "doubt"
    FUEL = "fuel"
    BACK_FILL = "back_fill"


@dataclass(frozen=True, slots=True)
class CheckDone:
    """A check of a vehicle: when, in which profile, and the steps that keep it in while it is the newest."""

    id: str
    at: datetime
    profile: str
    blocking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that decides; `failed` are titles of steps whose newest answer keeps the vehicle in."""

    service: Due = Due.FAR
    monthly: date | None = None
    failed: tuple[str, ...] = ()
    papers: Mapping[str, Due] | None = None
    sealed: bool = False
    doubts: int = 0
    fuel_over: bool = False
    unwritten: int = 0


def blocks_of(known: Known) -> tuple[Block, ...]:
    """What keeps it in whatever the trip, in the order in which it is said."""
    papers = set((known.papers or {}).values())
    found = (
        (Block.SERVICE, known.service is Due.OVER),
        (Block.MONTHLY, known.monthly is not None),
        (Block.FAILED, bool(known.failed)),
        (Block.PAPERS, Due.OVER in papers),
        (Block.SEALED, known.sealed),
    )
    return tuple(block for block, holds in found if holds)


def warnings_of(known: Known) -> tuple[Near, ...]:
    """What comes near."""
    papers = set((known.papers or {}).values())
    found = (
        (Near.SERVICE, known.service is Due.NEAR),
        (Near.PAPERS, Due.NEAR in papers),
        (Near.DOUBT, known.doubts > 0),
        (Near.FUEL, known.fuel_over),
        (Near.BACK_FILL, known.unwritten > 0),
    )
    return tuple(warning for warning, holds in found if holds)


def checked_before(
    checks: Iterable[CheckDone], now: datetime, last_return: datetime | None, zone: tzinfo, *, urgent: bool,
    holds: timedelta = CHECK_HOLDS,
) -> bool:  # fmt: skip
    """Whether the vehicle was checked for this departure.

    A trip wants a whole check since the last return, not older than the standard lets it be; an urgent one a whole
    check of the same day, and some check since the last return.
    """
    done = [each for each in checks if each.at <= now and not each.blocking and each.profile != SEAL]
    fresh = [each for each in done if now - each.at <= holds and (last_return is None or each.at >= last_return)]
    if not urgent:
        return any(each.profile == FULL for each in fresh)
    today = now.astimezone(zone).date()
    return bool(fresh) and any(each.profile == FULL and each.at.astimezone(zone).date() == today for each in done)


def override_holds(given_at: datetime, now: datetime, *, used: bool) -> bool:
    """One departure within a day."""
    return not used and given_at <= now < given_at + OVERRIDE_HOLDS


def back_fill_due(given_at: datetime) -> datetime:
    """Until when it is to be written up."""
    return given_at + BACK_FILL_WITHIN
