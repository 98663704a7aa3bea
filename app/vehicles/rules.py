"""Vehicles and what is noted of them, as plain values (rules VH-1 to VH-13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.vehicles.rules_content import ELECTRIC
from app.vehicles.rules_kinds import READING_KINDS as READING_KINDS  # noqa: PLC0414
from app.vehicles.rules_kinds import EntryKind as EntryKind  # noqa: PLC0414

VEHICLE = "vehicle"
"""The kind of a point that is a vehicle."""
LARGEST_KM = 2_000_000
MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A point that is a vehicle, with its own attributes (attrs["vehicle"]) under their names."""

    point_id: str
    name: str
    label: str | None
    photo_allowed: bool
    implementer_id: str
    responsible_id: str
    attrs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def plate(self) -> str:
        return str(self.attrs.get("plate") or self.name)

    @property
    def bay(self) -> str:
        return str(self.attrs.get("bay") or "")

    @property
    def is_electric(self) -> bool:
        return self.attrs.get("energy") == ELECTRIC

    @property
    def unit(self) -> str:
        """What it is filled with: litres or kilowatt hours."""
        return "kWh" if self.is_electric else "L"

    @property
    def quota(self) -> float | None:
        """Per 100 km, by the class of the vehicle (VH-3)."""
        given = self.attrs.get("fuel_quota")
        value = given.get("value") if isinstance(given, Mapping) else None
        return float(value) if isinstance(value, int | float) and value > 0 else None

    @property
    def on_holiday_duty(self) -> bool:
        return bool(self.attrs.get("on_holiday_duty"))

    @property
    def known_since(self) -> date | None:
        """From when the house answers for its monthly inspections."""
        return _day(self.attrs.get("known_since"))

    @property
    def papers(self) -> dict[str, date]:
        """Until when the yearly inspection and the insurance hold."""
        names = ("annual_inspection_due", "insurance_due")
        return {name: day for name in names if (day := _day(self.attrs.get(name)))}

    @property
    def first_km(self) -> int:
        """What its file says, where nothing was noted here yet."""
        return _whole(self.attrs.get("file_odometer_km", self.attrs.get("odometer_km")))

    @property
    def first_service_km(self) -> int:
        return _whole(self.attrs.get("file_service_km", self.attrs.get("last_service_km")))

    @property
    def service_every_km(self) -> int:
        return _whole(self.attrs.get("service_interval_km")) or 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a vehicle's time line; `ref` names the entry or check that it speaks of."""

    id: str
    point_id: str
    kind: EntryKind
    at: datetime
    by_id: str | None
    by: str | None
    trip_id: str | None = None
    km: int | None = None
    quantity: float | None = None
    cost: float | None = None
    full: bool | None = None
    ref: str | None = None
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def photos(self) -> tuple[str, ...]:
        return tuple(self.data.get("photos") or ())


@dataclass(frozen=True, slots=True)
class Trip:
    """A use of a vehicle; a trip whose start nobody noted has neither `started_at` nor `start_km`."""

    id: str
    point_id: str
    driver_id: str
    driver: str | None
    event_id: str | None
    number: str
    purpose: str
    route: str
    urgent: bool
    started_at: datetime | None
    start_km: int | None
    returned_at: datetime | None
    end_km: int | None
    override_id: str | None

    @property
    def is_open(self) -> bool:
        return self.returned_at is None

    @property
    def km(self) -> int | None:
        """How far it went."""
        return None if self.start_km is None or self.end_km is None else self.end_km - self.start_km


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else 0
