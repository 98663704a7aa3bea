"""Tables of the daily log: a day closed by a person with a remark."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, UtcDateTime, db


class DayClosing(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: this person has gone through the unit's log of the day; a later remark is a later row."""

    __tablename__ = "day_closings"
    __table_args__ = (Index("ix_day_closings_org_id_day", "org_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    day: Mapped[date]
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    remark: Mapped[str] = mapped_column(Text, default="")
