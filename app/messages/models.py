"""Tables of messages to people, alarms of the duty room, and what each person has chosen."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db

_UNREAD, _UNSPREAD = text("read_at IS NULL"), text("spread_at IS NULL")


class Message(db.Model):  # type: ignore[name-defined,misc]
    """One person is told one thing once; `spread_at` says when the channels were looked through for it."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_messages_person_id_at", "person_id", "at"),
        Index("ix_messages_unread", "person_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index("ix_messages_unspread", "id", sqlite_where=_UNSPREAD, postgresql_where=_UNSPREAD),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    link: Mapped[str] = mapped_column(String(400))
    key: Mapped[str] = mapped_column(String(200))
    urgent: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    spread_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Alarm(db.Model):  # type: ignore[name-defined,misc]
    """An urgent thing on the screen of the duty room until somebody takes it or its room says that it is over."""

    __tablename__ = "alarms"
    __table_args__ = (Index("ix_alarms_taken_at_at", "taken_at", "at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    link: Mapped[str] = mapped_column(String(400))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MessageChoice(db.Model):  # type: ignore[name-defined,misc]
    """What a person has chosen: kinds not wanted, quiet hours (local HH:MM), minutes ahead, where to reach them."""

    __tablename__ = "message_choices"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    muted: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    outside: Mapped[bool] = mapped_column(default=True)
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_to: Mapped[str] = mapped_column(String(5))
    ahead_minutes: Mapped[int]
    mobile: Mapped[str] = mapped_column(String(20), default="")
    wecom_id: Mapped[str] = mapped_column(String(64), default="")
    dingtalk_id: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
