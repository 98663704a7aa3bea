"""The odometer: what counts of what was read, what is refused, and what asks for a second look (rules VH-7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

MOST_A_DAY_KM = 800
A_WEEK = timedelta(days=7)


class Fault(StrEnum):
    """Why a reading is not taken as it is."""

    FALLS = "falls"
    JUMPS = "jumps"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an odometer showed; `source` is the entry or check it comes from, `sure`: confirmed by the reader."""

    at: datetime
    km: int
    source: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading that does not count until somebody puts it right."""

    reading: Reading
    fault: Fault
    before_km: int


@dataclass(frozen=True, slots=True)
class Odometer:
    """The readings that count, oldest first, and those in doubt."""

    counted: tuple[Reading, ...]
    doubts: tuple[Doubt, ...]

    @property
    def km(self) -> int:
        """What it shows now; 0 where nothing was ever read."""
        return self.counted[-1].km if self.counted else 0

    def before(self, at: datetime) -> Reading | None:
        """The last reading that counted up to then."""
        return next((each for each in reversed(self.counted) if each.at <= at), None)


def gained_too_much(counted: Sequence[Reading], at: datetime, km: int, zone: tzinfo) -> bool:
    """Whether this would be more than 800 km a local day since the last reading of an earlier day.

    Where that is more than a week ago, and the first reading of today is known, today's way is counted from there.
    """
    day = at.astimezone(zone).date()
    dated = [(each.at.astimezone(zone).date(), each.km) for each in counted]
    today = next((each for each in dated if each[0] == day), None)
    base = next((each for each in reversed(dated) if each[0] < day), today)
    if base is None:
        return False
    if today is not None and day - base[0] > A_WEEK:
        base = today
    return km - base[1] > MOST_A_DAY_KM * max(1, (day - base[0]).days)


def fault_of(odometer: Odometer, at: datetime, km: int, zone: tzinfo, *, sure: bool = False) -> Fault | None:
    """What is wrong with a reading made now: it never falls, and a leap wants to be confirmed."""
    if odometer.counted and km < odometer.km:
        return Fault.FALLS
    if not sure and gained_too_much(odometer.counted, at, km, zone):
        return Fault.JUMPS
    return None


def walk(readings: Iterable[Reading], corrected: Mapping[str, int], zone: tzinfo) -> Odometer:
    """Go through the readings in the order of their times; a corrected one counts with its new value."""
    counted: list[Reading] = []
    doubts: list[Doubt] = []
    for each in sorted(readings, key=lambda one: (one.at, one.km, one.source)):
        put_right = corrected.get(each.source)
        reading = each if put_right is None else Reading(each.at, put_right, each.source, sure=True)
        fault = fault_of(Odometer(tuple(counted), ()), reading.at, reading.km, zone, sure=reading.sure)
        if fault is None:
            counted.append(reading)
        else:
            doubts.append(Doubt(reading, fault, counted[-1].km))
    return Odometer(tuple(counted), tuple(doubts))
