"""Which vehicles have to be sealed before a holiday, and which are (rules VH-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.schedule.queries_plan import calendar
from app.vehicles.queries_checks import check_books
from app.vehicles.queries_entries import entries_of, last_returns, open_trips
from app.vehicles.rules import Entry, EntryKind, Vehicle

NEAR_DAYS = 3
CHECK_COUNTS = timedelta(days=12)
"""A check of the seal counts through the longest break."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A line of the list for the holiday round; `must` where the vehicle has no duty."""

    vehicle: Vehicle
    must: bool
    out: bool
    at: datetime | None
    seal: str
    km: int | None
    photos: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Should be sealed in its bay and is not."""
        return self.must and self.at is None


def seals_of(vehicles: Sequence[Vehicle], now: datetime) -> list[Sealed]:
    """All vehicles in the order of their bays: an entry, or the check after the last trip, that says it is sealed."""
    ids = [each.point_id for each in vehicles]
    if not ids:
        return []
    noted = entries_of(ids, (EntryKind.SEALED, EntryKind.UNSEALED))
    newest = {each.point_id: each for each in noted}
    books, out, back = check_books(ids, now), open_trips(ids), last_returns(ids)
    found = []
    for vehicle in vehicles:
        entry = newest.get(vehicle.point_id)
        entry = entry if entry and entry.kind is EntryKind.SEALED else None
        floor = max([now - CHECK_COUNTS, *([at] if (at := back.get(vehicle.point_id)) else [])])
        checked = [at for at in books[vehicle.point_id].sealed() if at >= floor]
        found.append(_line(vehicle, entry, checked, out=vehicle.point_id in out))
    return sorted(found, key=lambda each: (not each.must, each.vehicle.bay, each.vehicle.plate))


def holiday_near(today: date) -> bool:
    """Whether an official holiday is on, or begins within three days."""
    holidays = calendar().holidays
    return any(today + timedelta(days=ahead) in holidays for ahead in range(NEAR_DAYS + 1))


def _line(vehicle: Vehicle, entry: Entry | None, checked: Sequence[datetime], *, out: bool) -> Sealed:
    must = not vehicle.on_holiday_duty
    if entry is not None:
        return Sealed(vehicle, must, out, entry.at, entry.text, entry.km, entry.photos)
    return Sealed(vehicle, must, out, checked[0] if checked and not out else None, "", None)
