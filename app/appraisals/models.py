"""Tables of appraisals from outside, both insert-only: what was registered, and what was withdrawn and why."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UtcDateTime, db


class OutsideAppraisal(db.Model):  # type: ignore[name-defined,misc]
    """`tenths` is a score in tenths of a point; `body` the paper of the result, told by `sha256`."""

    __tablename__ = "appraisals"
    __table_args__ = (Index("ix_appraisals_unit_id_held_on", "unit_id", "held_on"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    way: Mapped[str] = mapped_column(String(16))
    party: Mapped[str] = mapped_column(String(8))
    unit_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    held_on: Mapped[date]
    assessor: Mapped[str] = mapped_column(String(80))
    asked: Mapped[int | None]
    satisfied: Mapped[int | None]
    tenths: Mapped[int | None]
    said: Mapped[str] = mapped_column(Text, default="")
    wants: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AppraisalWithdrawal(db.Model):  # type: ignore[name-defined,misc]
    """One that does not count: registered twice, of another unit, never held."""

    __tablename__ = "appraisal_withdrawals"
    appraisal_id: Mapped[str] = mapped_column(ForeignKey("appraisals.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
