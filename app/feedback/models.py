"""Tables of the public's voice: items as they came, calls that bring somebody, cases of the service desk, contacts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class FeedbackItem(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: one thing said at a point, or by telephone; `face` 5 is 非常满意 (rules SA-7a).

    `device` and `address` are keyed hashes. `excluded` says why a rating is outside the figures; empty: it counts.
    `standard_code` and the units are those that the item is about, as they stood then.
    """

    __tablename__ = "feedback_items"
    __table_args__ = (
        Index("ix_feedback_items_point_id_at", "point_id", "at"),
        Index("ix_feedback_items_kind_at", "kind", "at"),
        Index("ix_feedback_items_device_at", "device", "at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    point_id: Mapped[str | None] = mapped_column(ForeignKey("points.id"))
    kind: Mapped[str] = mapped_column(String(10))
    need: Mapped[str] = mapped_column(String(10), default="")
    topic: Mapped[str] = mapped_column(String(10), default="")
    face: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text, default="")
    photo: Mapped[str | None] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(10))
    device: Mapped[str] = mapped_column(String(32), default="")
    address: Mapped[str] = mapped_column(String(32), default="")
    by_id: Mapped[str | None] = mapped_column(String(40))
    excluded: Mapped[str] = mapped_column(String(10), default="")
    standard_code: Mapped[str] = mapped_column(String(20), default="")
    implementer_id: Mapped[str] = mapped_column(String(40), default="", index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), default="", index=True)
    call_id: Mapped[str | None] = mapped_column(String(36), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_OPEN = text("ended_at IS NULL")


class FeedbackCall(db.Model):  # type: ignore[name-defined,misc]
    """The current state of a call (rules SA-7b): waiting, accepted, arrived, done, dropped; one open a point and need.

    `told_id` is who was told first, `rung` 0 that person, 1 the crew leader, 2 the supervisor; `next_rung_at` None: as
    high as it goes, or accepted.
    """

    __tablename__ = "feedback_calls"
    __table_args__ = (
        Index("uq_feedback_calls_open", "point_id", "need", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_feedback_calls_point_id_first_at", "point_id", "first_at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    need: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    taps: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    standard_code: Mapped[str] = mapped_column(String(20), default="")
    implementer_id: Mapped[str] = mapped_column(String(40), index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), index=True)
    told_id: Mapped[str | None] = mapped_column(String(40), index=True)
    rung: Mapped[int] = mapped_column(default=0)
    next_rung_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    accepted_by_id: Mapped[str | None] = mapped_column(String(40), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[str | None] = mapped_column(String(40))
    repair_id: Mapped[str | None] = mapped_column(String(36))


class FeedbackCase(db.Model):  # type: ignore[name-defined,misc]
    """The current state of a question, complaint or praise (rules SA-3 to SA-8); `status_key` hashes its status link.

    `classified` is valid (有效投诉) or communicative (沟通性投诉), `proposed` what intake thought. `occurrence_id` and
    `check_id` name the record that a complaint contests, `contest` how that stands: contested, upheld, refuted.
    """

    __tablename__ = "feedback_cases"
    __table_args__ = (Index("ix_feedback_cases_state_close_due_at", "state", "close_due_at"),)
    item_id: Mapped[str] = mapped_column(ForeignKey("feedback_items.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    point_id: Mapped[str | None] = mapped_column(String(40), index=True)
    implementer_id: Mapped[str] = mapped_column(String(40), default="", index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), default="", index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    proposed: Mapped[str] = mapped_column(String(16), default="")
    classified: Mapped[str] = mapped_column(String(16), default="")
    classified_by_id: Mapped[str | None] = mapped_column(String(40))
    classified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply: Mapped[str] = mapped_column(Text, default="")
    close_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    measure: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[str | None] = mapped_column(String(40))
    called_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    call_back: Mapped[str] = mapped_column(String(16), default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handler_id: Mapped[str | None] = mapped_column(String(40), index=True)
    finding_id: Mapped[str | None] = mapped_column(String(36))
    occurrence_id: Mapped[int | None] = mapped_column(BigId, index=True)
    check_id: Mapped[str | None] = mapped_column(String(36), index=True)
    contest: Mapped[str] = mapped_column(String(12), default="")
    status_key: Mapped[str | None] = mapped_column(String(64), unique=True)


class FeedbackContact(db.Model):  # type: ignore[name-defined,misc]
    """How to reach whoever left it; emptied after closing, the row with `wiped_at` stays as proof."""

    __tablename__ = "feedback_contacts"
    item_id: Mapped[str] = mapped_column(ForeignKey("feedback_items.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    left_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wiped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class FeedbackLead(db.Model):  # type: ignore[name-defined,misc]
    """A low rating with words: to be looked at within one workday (rules SA-11)."""

    __tablename__ = "feedback_leads"
    item_id: Mapped[str] = mapped_column(ForeignKey("feedback_items.id"), primary_key=True)
    point_id: Mapped[str] = mapped_column(String(40))
    implementer_id: Mapped[str] = mapped_column(String(40), index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_by_id: Mapped[str | None] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(12), default="")
    note: Mapped[str] = mapped_column(String(500), default="")


class FeedbackEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: what happened to an item, its case or a call, by whom; states can be rebuilt from these."""

    __tablename__ = "feedback_events"
    __table_args__ = (Index("ix_feedback_events_subject_id_at", "subject_id", "at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
