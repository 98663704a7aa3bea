"""What the odometers of the demo showed when: each trip behind adds its way, all end where the file says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

NIGHT_CAR, NIGHT_KM, NIGHT_DAYS = "pt-061", 38, 4
"""One vehicle goes out one night: it crosses 5,000 km since its service and stays in from then on."""
NIGHT_OUT, NIGHT_LASTS = time(23, 5), timedelta(minutes=80)


@dataclass(frozen=True)
class Way:
    """A trip behind: when it ended, and how far it went."""

    ended_at: datetime
    km: int


@dataclass(frozen=True)
class Odometers:
    """The ways of each vehicle."""

    ways: Mapping[str, Sequence[Way]]

    def at(self, point_id: str, ends_with: int, at: datetime) -> int:
        """What it showed: the last value less all that came after."""
        return ends_with - sum(way.km for way in self.ways.get(point_id, ()) if way.ended_at > at)


def way_of(event_id: str) -> int:
    """How far a trip goes, the same at every loading."""
    return Random(f"dabiao-demo:km:{event_id}").randint(14, 66)  # noqa: S311  believable, not secret


def night_trip(now: datetime, since: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """When the emergency of the story began and ended; None where the history is too short for it."""
    day = now.astimezone(zone).date() - timedelta(days=NIGHT_DAYS)
    out = datetime.combine(day, NIGHT_OUT, zone)
    return (out, out + NIGHT_LASTS) if out > since else None
