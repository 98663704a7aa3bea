"""Tables of grades, all insert-only: frozen months with addenda, decisions and appeals, signatures of both sides."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class GradeSheet(db.Model):  # type: ignore[name-defined,misc]
    """A month as it froze: `body` holds the counts and scales of the working, `sha256` is the hash of all of it."""

    __tablename__ = "grade_sheets"
    __table_args__ = (UniqueConstraint("month", "kind", "subject_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    month: Mapped[date]
    kind: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    sub: Mapped[str] = mapped_column(String(200))
    reach: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    score: Mapped[str] = mapped_column(String(12))
    grade: Mapped[str | None] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GradeAddendum(db.Model):  # type: ignore[name-defined,misc]
    """What the records of a frozen month said later: late syncs, rulings, voided records. The frozen sheet stays."""

    __tablename__ = "grade_addenda"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sheet_id: Mapped[str] = mapped_column(ForeignKey("grade_sheets.id"), index=True)
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    score: Mapped[str] = mapped_column(String(12))
    grade: Mapped[str | None] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GradeEvent(db.Model):  # type: ignore[name-defined,misc]
    """Decision, appeal, ruling on an appeal (`ref` names it), registered accident; `id` is made by the page.

    A decision keeps beside its `grade` what was proposed then, in `data`, with corrective and preventive actions.
    """

    __tablename__ = "grade_events"
    __table_args__ = (Index("ix_grade_events_month_kind_subject_id", "month", "kind", "subject_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    month: Mapped[date]
    kind: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(40))
    deed: Mapped[str] = mapped_column(String(10))
    grade: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    ref: Mapped[str | None] = mapped_column(String(36))
    data: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GradeSignature(db.Model):  # type: ignore[name-defined,misc]
    """One side's signature under a contractor's frozen sheet; `words` are a reservation, `sha256` what was signed."""

    __tablename__ = "grade_signatures"
    __table_args__ = (UniqueConstraint("sheet_id", "side"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sheet_id: Mapped[str] = mapped_column(ForeignKey("grade_sheets.id"))
    side: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
