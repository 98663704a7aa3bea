"""Sheets of verdicts before they are handed in: insert-only, and undone by a row of their own."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Json, UtcDateTime, db


class ReviewSheet(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: the verdicts of one reviewer on one record; the next sheet of the record has the next `nth`.

    `id` is made by the page, so that a repeat is known; `steps` is a list of {step, verdict, reason, note}.
    """

    __tablename__ = "spotcheck_sheets"
    __table_args__ = (
        UniqueConstraint("item_id", "nth"),
        Index("ix_spotcheck_sheets_draw_id_at", "draw_id", "at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_items.id"))
    draw_id: Mapped[str] = mapped_column(String(36))
    nth: Mapped[int]
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    steps: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]


class SheetUndo(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a sheet that its reviewer took back; what stood before it stands again."""

    __tablename__ = "spotcheck_sheet_undos"
    sheet_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_sheets.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
