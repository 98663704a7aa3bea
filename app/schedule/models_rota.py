"""Tables of rotas in work, their changes, absences and the minutes of the way."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db

_DRAFT = text("state = 'draft'")


class Rota(db.Model):  # type: ignore[name-defined,misc]
    """All rounds of a unit: one draft at most, then published and never changed again; `rounds` is the whole text."""

    __tablename__ = "rotas"
    __table_args__ = (Index("uq_rotas_draft", "org_id", unique=True, sqlite_where=_DRAFT, postgresql_where=_DRAFT),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    revision: Mapped[int] = mapped_column(default=1)
    rounds: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[str | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RotaChange(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: begun, a round put, taken out, moved points, published, dropped; `data` holds before and after."""

    __tablename__ = "rota_changes"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    rota_id: Mapped[str] = mapped_column(ForeignKey("rotas.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    round_id: Mapped[str | None] = mapped_column(String(40))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class Absence(db.Model):  # type: ignore[name-defined,misc]
    """Somebody is away on whole days, both included (请假、轮休); taken back it stays with who and when."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_to_on", "to_on"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(120), default="")
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Walk(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: minutes of the way on a floor, in a building, from elsewhere; the newest row counts."""

    __tablename__ = "walks"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    same_floor: Mapped[int]
    same_building: Mapped[int]
    elsewhere: Mapped[int]
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
