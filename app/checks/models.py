"""Tables of checks: insert-only records, answers, signatures and events; the current state is a row of its own."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Receipt(db.Model):  # type: ignore[name-defined,misc]
    """Ids and receipts in one table that is never partitioned; `body` holds the canonical bytes as received."""

    __tablename__ = "receipts"
    check_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[str] = mapped_column(String(40))
    answer: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Check(db.Model):  # type: ignore[name-defined,misc]
    """One submission (rules EV-7); never updated."""

    __tablename__ = "checks"
    __table_args__ = (
        Index("ix_checks_point_id_received_at", "point_id", "received_at"),
        Index("ix_checks_person_id_received_at", "person_id", "received_at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    occurrence_id: Mapped[int | None] = mapped_column(BigId)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    label_code: Mapped[str] = mapped_column(String(10))
    standard_code: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    edition_digest: Mapped[str] = mapped_column(String(64))
    window_key: Mapped[str | None] = mapped_column(String(60))
    business_on: Mapped[date] = mapped_column(index=True)
    profile: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(8))
    unable_reason: Mapped[str | None] = mapped_column(String(20))
    person_id: Mapped[str] = mapped_column(String(40))
    person_name: Mapped[str] = mapped_column(String(60))
    person_role: Mapped[str] = mapped_column(String(24))
    org_id: Mapped[str] = mapped_column(String(40))
    shift_id: Mapped[str | None] = mapped_column(String(40))
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    effective_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    phone_offset_ms: Mapped[int] = mapped_column(BigId)
    timing: Mapped[str] = mapped_column(String(10))
    via: Mapped[str] = mapped_column(String(8))
    via_reason: Mapped[str | None] = mapped_column(String(200))
    late_reason: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    marks: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    facts: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    steps_pass: Mapped[int]
    steps_fail: Mapped[int]
    key_due: Mapped[int]
    key_evidenced: Mapped[int]
    key_pass: Mapped[int]
    photos_due: Mapped[int]
    photos_sent: Mapped[int]
    photos_valid: Mapped[int]
    dwell_seconds: Mapped[int]
    dwell_floor_seconds: Mapped[int]
    # Of the pictures asked for, how many are 现场拍摄; 0 of 0 before there were nonces: 未核实.
    photos_live: Mapped[int] = mapped_column(default=0, server_default="0")
    photos_asked: Mapped[int] = mapped_column(default=0, server_default="0")
    # The random name of the device that sent it, `team:` before that of a shared one.
    phone: Mapped[str | None] = mapped_column(String(60))


class Answer(db.Model):  # type: ignore[name-defined,misc]
    """One step's answer as the server judged it; `said` keeps what was sent where the server judged otherwise."""

    __tablename__ = "answers"
    check_id: Mapped[str] = mapped_column(ForeignKey("checks.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int]
    applicable: Mapped[bool]
    result: Mapped[str] = mapped_column(String(16))
    said: Mapped[str | None] = mapped_column(String(16))
    value: Mapped[float | None]
    unit: Mapped[str | None] = mapped_column(String(20))
    limit_min: Mapped[float | None]
    limit_max: Mapped[float | None]
    warned: Mapped[bool] = mapped_column(default=False)
    inputs: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
    choice: Mapped[str | None] = mapped_column(String(80))
    text: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(String(10))
    key: Mapped[bool]
    photos_due: Mapped[int]
    photos_valid: Mapped[int]
    no_photo_reason: Mapped[str | None] = mapped_column(String(16))
    fixed: Mapped[bool] = mapped_column(default=False)
    together: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CheckEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: signed, verdict, retake asked, retake, unable judged, not-applicable judged, note."""

    __tablename__ = "check_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    check_id: Mapped[str] = mapped_column(String(36), index=True)
    step_id: Mapped[str | None] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[str | None] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class CheckState(db.Model):  # type: ignore[name-defined,misc]
    """What is open about a check now; can be rebuilt from its events."""

    __tablename__ = "check_states"
    check_id: Mapped[str] = mapped_column(ForeignKey("checks.id"), primary_key=True)
    unsigned_steps: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    retake_steps: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    retake_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unable_verdict: Mapped[str | None] = mapped_column(String(10))
    verdicts: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    # 作废 by two persons: readable as ever, outside every figure.
    void: Mapped[bool] = mapped_column(default=False, server_default=false())


class Signature(db.Model):  # type: ignore[name-defined,misc]
    """A second signature, made by PIN on the author's phone or in the signer's own session."""

    __tablename__ = "signatures"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    check_id: Mapped[str] = mapped_column(String(36), index=True)
    steps: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    person_id: Mapped[str] = mapped_column(String(40))
    person_name: Mapped[str] = mapped_column(String(60))
    author_id: Mapped[str] = mapped_column(String(40))
    method: Mapped[str] = mapped_column(String(10))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Arrival(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a phone says that a check was done whose photos wait for a Wi-Fi; no check and no receipt."""

    __tablename__ = "arrivals"
    check_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    occurrence_id: Mapped[int | None] = mapped_column(BigId)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str] = mapped_column(String(40), index=True)
    outcome: Mapped[str] = mapped_column(String(8))
    photos: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    effective_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    phone_offset_ms: Mapped[int] = mapped_column(BigId)


class Claim(db.Model):  # type: ignore[name-defined,misc]
    """Who took an occurrence in hand; a submission never depends on it."""

    __tablename__ = "claims"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(BigId, index=True)
    person_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    takeover_from_id: Mapped[str | None] = mapped_column(String(40))
    takeover_reason: Mapped[str | None] = mapped_column(String(200))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
