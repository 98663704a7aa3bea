"""The audit log: one insert-only table, found by time, by person, by what it was about and by kind."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class AuditEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only. `kind` is `group.detail` (rules.GROUPS); `about` names what it was done to, often an account.

    `by_name` stands where no account does: a command, a timer, a stranger.
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_at", "at"),
        Index("ix_audit_events_kind_id", "kind", "id"),
        Index("ix_audit_events_by_id_id", "by_id", "id"),
        Index("ix_audit_events_about_id", "about", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[str | None] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
