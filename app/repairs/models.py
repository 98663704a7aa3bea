"""Tables of repair orders, their insert-only history, the trades on duty, and shortages."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class RepairTrade(db.Model):  # type: ignore[name-defined,misc]
    """A trade and who is on duty for it: a unit, there a crew or a person; by kinds of points (`*` is every kind)."""

    __tablename__ = "repair_trades"
    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(60), default="")
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    point_kinds: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    words: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    crew_id: Mapped[str | None] = mapped_column(String(40))
    person_id: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)


class RepairOrder(db.Model):  # type: ignore[name-defined,misc]
    """One fault at one place; `open_key` names it while it is not finished and is unique, so reports join.

    The times are those of the work that held: reopening clears them. `implementer_id` and `responsible_id` are the
    units of the place, `org_id` the unit that repairs.
    """

    __tablename__ = "repair_orders"
    __table_args__ = (
        Index("ix_repair_orders_point_id_state", "point_id", "state"),
        Index("ix_repair_orders_org_id_state", "org_id", "state"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    trade_id: Mapped[str] = mapped_column(ForeignKey("repair_trades.id"))
    org_id: Mapped[str] = mapped_column(String(40))
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    fault: Mapped[str] = mapped_column(String(60))
    open_key: Mapped[str | None] = mapped_column(String(110), unique=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    finding_id: Mapped[str | None] = mapped_column(String(36), index=True)
    check_id: Mapped[str | None] = mapped_column(String(36))
    feedback_id: Mapped[str | None] = mapped_column(String(36))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    opened_by_id: Mapped[str | None] = mapped_column(String(40), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by_id: Mapped[str | None] = mapped_column(String(40))
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    repaired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    repaired_by_id: Mapped[str | None] = mapped_column(String(40))
    reopened: Mapped[int] = mapped_column(default=0)


class RepairEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: every report and every step; `report_id` is the client's number of a report."""

    __tablename__ = "repair_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("repair_orders.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    report_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class Shortage(db.Model):  # type: ignore[name-defined,misc]
    """Something is missing at a place (缺货, cause `supply`) until it is ticked as delivered; reports join by key."""

    __tablename__ = "shortages"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"), index=True)
    implementer_id: Mapped[str] = mapped_column(String(40), index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), index=True)
    open_key: Mapped[str | None] = mapped_column(String(110), unique=True)
    text: Mapped[str] = mapped_column(Text)
    times: Mapped[int] = mapped_column(default=1)
    finding_id: Mapped[str | None] = mapped_column(String(36))
    check_id: Mapped[str | None] = mapped_column(String(36))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by_id: Mapped[str | None] = mapped_column(String(40))
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    delivered_by_id: Mapped[str | None] = mapped_column(String(40))
