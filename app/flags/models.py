"""Tables of flags: what stood out about a record and why, what became of it, thresholds, and the index of likeness."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Flag(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: one thing that stood out; `id` follows from record, kind and subject, so looking twice adds none.

    `subject` is the photo or step, empty for the record as a whole; `compared` lists {what, id, text}; `thresholds`
    are those in force at that hour, by name.
    """

    __tablename__ = "flags"
    __table_args__ = (Index("ix_flags_person_id_at", "person_id", "at"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    check_id: Mapped[str] = mapped_column(ForeignKey("checks.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(36), default="")
    person_id: Mapped[str] = mapped_column(String(40))
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str] = mapped_column(String(20))
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    business_on: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    weight: Mapped[int]
    numbers: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    compared: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    thresholds: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]


class FlagEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: explained (有原因), stands (成立), lifted (不成立), by whom and in which words."""

    __tablename__ = "flag_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    flag_id: Mapped[str] = mapped_column(ForeignKey("flags.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(12), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    deed_id: Mapped[str] = mapped_column(String(36), unique=True)


class FlagState(db.Model):  # type: ignore[name-defined,misc]
    """Where a flag stands now; can be rebuilt from its events."""

    __tablename__ = "flag_states"
    flag_id: Mapped[str] = mapped_column(ForeignKey("flags.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))


class FlagLook(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a record was looked at, and how many flags that gave: none is an answer too."""

    __tablename__ = "flag_looks"
    check_id: Mapped[str] = mapped_column(ForeignKey("checks.id"), primary_key=True)
    flags: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlagMark(db.Model):  # type: ignore[name-defined,misc]
    """The watermark of the job: everything received before has been looked at."""

    __tablename__ = "flag_marks"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlagThreshold(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: how a judged flag moved a threshold of a unit; the newest row of a field counts."""

    __tablename__ = "flag_thresholds"
    __table_args__ = (Index("ix_flag_thresholds_org_id_field", "org_id", "field"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[float]
    after: Mapped[float]
    stood: Mapped[int]
    lifted: Mapped[int]
    flag_id: Mapped[str] = mapped_column(ForeignKey("flags.id"), unique=True)
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LikePiece(db.Model):  # type: ignore[name-defined,misc]
    """A quarter of a likeness hash, which quarter it is in front: equal pieces lead to near-equal pictures."""

    __tablename__ = "like_pieces"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    piece: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    phash: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)


class LikePicture(db.Model):  # type: ignore[name-defined,misc]
    """Which kept pictures have a likeness hash."""

    __tablename__ = "like_pictures"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    phash: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
