"""Tables of buildings, areas, points, who implements which standard there, and label codes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Building(db.Model):  # type: ignore[name-defined,misc]
    """A building, or the outdoors treated as one."""

    __tablename__ = "buildings"
    __table_args__ = (Index("uq_buildings_board_key", "board_key", unique=True),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    # The address of its board in the lobby (app/lobby), none without one.
    board_key: Mapped[str | None] = mapped_column(String(12))


class Area(db.Model):  # type: ignore[name-defined,misc]
    """A part of a building with a functional zone colour, a risk level 1..4 and a photo rule (rules EV-9)."""

    __tablename__ = "areas"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"))
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    zone: Mapped[str] = mapped_column(String(10))
    risk: Mapped[int]
    photo_allowed: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(200), default="")


class Point(db.Model):  # type: ignore[name-defined,misc]
    """A work point; `code` such as 01-03-WC-01 is for people, the label code for phones."""

    __tablename__ = "points"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(24))
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"))
    floor: Mapped[str] = mapped_column(String(8))
    area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    zone: Mapped[str] = mapped_column(String(10))
    risk: Mapped[int]
    photo_allowed: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    attrs: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    # How many calls of visitors stand here, kept by the feedback room: whoever scans the label asks nothing more.
    calls_open: Mapped[int] = mapped_column(default=0, server_default="0")
    # What a record has to bring (rules_proof.Asks); the day words and the value of the NFC tag come from the secret.
    asks: Mapped[str | None] = mapped_column(String(8))
    secret: Mapped[str | None] = mapped_column(String(32))


class PointStandard(db.Model):  # type: ignore[name-defined,misc]
    """Which standard (number without year) holds at a point, who implements it and which department answers for it."""

    __tablename__ = "point_standards"
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"), primary_key=True)
    standard_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    implementer_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    responsible_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)


_CURRENT = text("replaced_by IS NULL AND withdrawn_at IS NULL")


class LabelCode(db.Model):  # type: ignore[name-defined,misc]
    """A code of ten characters on a label; a point's one current code is that neither replaced nor withdrawn."""

    __tablename__ = "label_codes"
    __table_args__ = (
        Index("uq_label_codes_current", "point_id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
    )
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_by: Mapped[str | None] = mapped_column(String(10))
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(200), default="")


class LabelEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: issued, printed, replaced, withdrawn, by whom and why."""

    __tablename__ = "label_events"
    __table_args__ = (Index("ix_label_events_code_at", "code", "at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    point_id: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class StickerReport(db.Model):  # type: ignore[name-defined,misc]
    """A foreign code that somebody scanned; `text` is what it carried, `near` the own code scanned last before."""

    __tablename__ = "sticker_reports"
    __table_args__ = (Index("ix_sticker_reports_handled_at", "handled_at", "received_at"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    text: Mapped[str] = mapped_column(String(300))
    place: Mapped[str] = mapped_column(String(80), default="")
    near: Mapped[str | None] = mapped_column(String(10))
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_by_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
