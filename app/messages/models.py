"""Tables of messages to people, alarms of the duty room, choices of people, and the channels that carry outside."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
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
    """What a person has chosen: kinds not wanted, quiet hours (local HH:MM), minutes ahead, where to reach them.

    `way`: all, none, or the id of the one channel that may carry messages to this person.
    """

    __tablename__ = "message_choices"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    muted: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    way: Mapped[str] = mapped_column(String(20), default="all")
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_to: Mapped[str] = mapped_column(String(5))
    ahead_minutes: Mapped[int]
    mobile: Mapped[str] = mapped_column(String(20), default="")
    wecom_id: Mapped[str] = mapped_column(String(64), default="")
    dingtalk_id: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MessageChannel(db.Model):  # type: ignore[name-defined,misc]
    """A way outside, as data; address and secret are sealed with the key of the installation, `host` is for the eye.

    `kinds` and `unit_ids` narrow what it carries, empty lists carry everything. `fails` counts failures in a row,
    until `wait_until` nothing is tried; `posts` are the instants of the last minute, for caps such as 20 a minute.
    """

    __tablename__ = "message_channels"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    host: Mapped[str] = mapped_column(String(260))
    sealed: Mapped[str] = mapped_column(Text)
    settings: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    kinds: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    unit_ids: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_to: Mapped[str] = mapped_column(String(5))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    fails: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wait_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posts: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]


class Delivery(db.Model):  # type: ignore[name-defined,misc]
    """One thing to carry outside by one channel: to a group (`people` are mentioned) or to one person.

    `state`: queued, sent, failed, lapsed (too old to be worth it). Tries and the 24 hours count from `since_at`.
    """

    __tablename__ = "message_deliveries"
    __table_args__ = (
        UniqueConstraint("channel_id", "key"),
        Index("ix_message_deliveries_state_next_at", "state", "next_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("message_channels.id"))
    key: Mapped[str] = mapped_column(String(260))
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    link: Mapped[str] = mapped_column(String(400))
    urgent: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[str | None] = mapped_column(String(40))
    people: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300), default="")
