"""Tables of half-year reports: texts being written; insert-only: freezes, signed papers, addenda, calendar marks."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class HalfyearDraft(db.Model):  # type: ignore[name-defined,misc]
    """The text beside the figures of one part; `revision` grows with every save, so that nobody overwrites another."""

    __tablename__ = "halfyear_drafts"
    half: Mapped[str] = mapped_column(String(6), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    part: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HalfyearFreeze(db.Model):  # type: ignore[name-defined,misc]
    """Figures of a unit as they stood at midnight after the due date (RP-4); `at` is when the timer wrote them."""

    __tablename__ = "halfyear_freezes"
    __table_args__ = (UniqueConstraint("half", "unit_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    half: Mapped[str] = mapped_column(String(6))
    unit_id: Mapped[str] = mapped_column(String(40))
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HalfyearPaper(db.Model):  # type: ignore[name-defined,misc]
    """A signed report: texts and figures as signed; `freeze_id` None says that the figures were not frozen yet."""

    __tablename__ = "halfyear_papers"
    __table_args__ = (UniqueConstraint("half", "unit_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    half: Mapped[str] = mapped_column(String(6))
    unit_id: Mapped[str] = mapped_column(String(40))
    unit_name: Mapped[str] = mapped_column(String(120))
    texts: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    freeze_id: Mapped[str | None] = mapped_column(ForeignKey("halfyear_freezes.id"))
    figures_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HalfyearAddendum(db.Model):  # type: ignore[name-defined,misc]
    """补记: `changes` lists was, now and the name of each figure; `body` is all of them as found. The paper stays."""

    __tablename__ = "halfyear_addenda"
    __table_args__ = (Index("ix_halfyear_addenda_half_unit_id", "half", "unit_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    half: Mapped[str] = mapped_column(String(6))
    unit_id: Mapped[str] = mapped_column(String(40))
    changes: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HalfyearMark(db.Model):  # type: ignore[name-defined,misc]
    """An item of the calendar of other rhythms was done, or the mark is taken back; the newest counts (RP-6)."""

    __tablename__ = "halfyear_marks"
    __table_args__ = (Index("ix_halfyear_marks_item_period", "item", "period"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    item: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(7))
    done: Mapped[bool]
    on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
