"""Tables of vehicles: the insert-only time line, the trips, and where each vehicle stands now."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Json, UtcDateTime, db


class VehicleEntry(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: departed, returned, fuelled, serviced, overridden, corrected …; the client made the id."""

    __tablename__ = "vehicle_entries"
    __table_args__ = (
        Index("ix_vehicle_entries_point_id_at", "point_id", "at"),
        Index("ix_vehicle_entries_kind_at", "kind", "at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[str | None] = mapped_column(String(40))
    trip_id: Mapped[str | None] = mapped_column(String(36), index=True)
    km: Mapped[int | None]
    quantity: Mapped[float | None]
    cost: Mapped[float | None]
    full: Mapped[bool | None]
    ref: Mapped[str | None] = mapped_column(String(36), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class VehicleTrip(db.Model):  # type: ignore[name-defined,misc]
    """A use of a vehicle; `out_key` and `driver_key` are unique while it is out, so nobody starts a second trip."""

    __tablename__ = "vehicle_trips"
    __table_args__ = (Index("ix_vehicle_trips_point_id_returned_at", "point_id", "returned_at"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    driver_id: Mapped[str] = mapped_column(String(40), index=True)
    event_id: Mapped[str | None] = mapped_column(String(40), index=True)
    number: Mapped[str] = mapped_column(String(40), default="")
    purpose: Mapped[str] = mapped_column(String(200), default="")
    route: Mapped[str] = mapped_column(String(200), default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    start_km: Mapped[int | None]
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_km: Mapped[int | None]
    override_id: Mapped[str | None] = mapped_column(String(36))
    out_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    driver_key: Mapped[str | None] = mapped_column(String(40), unique=True)


class VehicleState(db.Model):  # type: ignore[name-defined,misc]
    """Where a vehicle stands now; rebuilt from its entries and checks, so that the board need not read them all."""

    __tablename__ = "vehicle_states"
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"), primary_key=True)
    odometer_km: Mapped[int]
    service_km: Mapped[int]
    serviced_on: Mapped[date | None]
    clean_since_km: Mapped[int]
    doubts: Mapped[int] = mapped_column(default=0)
    fuel_over: Mapped[bool] = mapped_column(default=False)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    built_at: Mapped[datetime] = mapped_column(UtcDateTime)
