"""Tables of keys for other programs, and of files of a period that are made in the background."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from app.data.rules_exports import State
from app.db import BigId, Json, UtcDateTime, db


class ApiKey(db.Model):  # type: ignore[name-defined,misc]
    """A key of another program; of the key itself only a hash and its last four letters are kept."""

    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    units: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    ends_on: Mapped[date]
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[str | None] = mapped_column(String(40))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DataExport(db.Model):  # type: ignore[name-defined,misc]
    """A file of a period: asked for, being made, ready for a day, or failed; `number` is its line in the audit log."""

    __tablename__ = "data_exports"
    __table_args__ = (Index("ix_data_exports_by_id_at", "by_id", "at"), Index("ix_data_exports_state", "state"))
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(BigId)
    what: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(4))
    query: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    mark: Mapped[str] = mapped_column(String(400))
    locale: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8))
    rows_whole: Mapped[int]
    rows_done: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    taken_by: Mapped[str] = mapped_column(String(32), default="")
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str] = mapped_column(String(12), default="")
    bytes: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DataExportPart(db.Model):  # type: ignore[name-defined,misc]
    """A piece of such a file, so that every server can hand it out; they go with it."""

    __tablename__ = "data_export_parts"
    export_id: Mapped[str] = mapped_column(ForeignKey("data_exports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


def left(now: datetime) -> ColumnElement[bool]:
    """Nobody has begun it, or whoever had begun it is gone."""
    return or_(
        DataExport.state == State.WAITING.value,
        and_(DataExport.state == State.RUNNING.value, DataExport.taken_until <= now),
    )
