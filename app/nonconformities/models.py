"""Tables of findings; every change of state is an insert-only event (rules NC-14)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Finding(db.Model):  # type: ignore[name-defined,misc]
    """What did not meet the requirement, at which point and step, from which source."""

    __tablename__ = "findings"
    __table_args__ = (Index("ix_findings_point_id_state", "point_id", "state"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(String(26))
    step_id: Mapped[str] = mapped_column(String(8))
    step_title: Mapped[str] = mapped_column(String(120))
    check_id: Mapped[str | None] = mapped_column(String(36), index=True)
    source: Mapped[str] = mapped_column(String(12))
    severity: Mapped[str] = mapped_column(String(10))
    cause: Mapped[str] = mapped_column(String(10))
    fail_action: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    implementer_id: Mapped[str] = mapped_column(String(40), index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), index=True)
    found_by_id: Mapped[str] = mapped_column(String(40))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fixed_on_spot: Mapped[bool] = mapped_column(default=False)


class FindingEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: registered, still seen, seen gone, closed."""

    __tablename__ = "finding_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    finding_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    check_id: Mapped[str | None] = mapped_column(String(36))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
