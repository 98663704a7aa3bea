"""Tables of texts that wait because they look classified, and of retention as the installation chose it."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, UtcDateTime, db


class HeldText(db.Model):  # type: ignore[name-defined,misc]
    """A text of a phone's record that looks classified; the record holds a word in its place.

    `text` goes when it is found classified; `classified` None: nobody has looked yet.
    """

    __tablename__ = "held_texts"
    __table_args__ = (UniqueConstraint("record_id", "place"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    record_id: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    classified: Mapped[bool | None] = mapped_column(index=True)
    decided_by_id: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RetentionChoice(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: how many months a kind is kept here; the newest row of a kind and unit counts, "" is everywhere."""

    __tablename__ = "retention_choices"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    org_id: Mapped[str] = mapped_column(String(40), default="")
    months: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
