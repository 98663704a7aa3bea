"""Tables of calendars, shifts, crews, rounds, cover, occurrences and leases."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db

FILLED = text("check_id IS NOT NULL")


class CalendarDay(db.Model):  # type: ignore[name-defined,misc]
    """An official holiday or make-up workday; every other day follows from its weekday (rules SC-3)."""

    __tablename__ = "calendar_days"
    on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(120), default="")


class Shift(db.Model):  # type: ignore[name-defined,misc]
    """A shift in local time; `end_day_offset` 1 ends on the next day."""

    __tablename__ = "shifts"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    end_day_offset: Mapped[int] = mapped_column(default=0)
    day_types: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    headcount: Mapped[int] = mapped_column(default=0)


class Handover(db.Model):  # type: ignore[name-defined,misc]
    """Two shifts that meet, and the windows that cover the meeting (rules SC-2)."""

    __tablename__ = "handovers"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    from_shift_id: Mapped[str] = mapped_column(ForeignKey("shifts.id"))
    to_shift_id: Mapped[str] = mapped_column(ForeignKey("shifts.id"))
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    day_types: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    covered_by: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]


class Crew(db.Model):  # type: ignore[name-defined,misc]
    """A crew of one unit under a crew leader."""

    __tablename__ = "crews"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)


class Round(db.Model):  # type: ignore[name-defined,misc]
    """A round (责任区): which windows at which points are whose; `windows` are CODE/SCHEDULE/WINDOW references."""

    __tablename__ = "rounds"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    crew_id: Mapped[str] = mapped_column(ForeignKey("crews.id"), index=True)
    shift_id: Mapped[str] = mapped_column(ForeignKey("shifts.id"))
    person_id: Mapped[str] = mapped_column(String(40), index=True)
    points: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    windows: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    plan: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
    active: Mapped[bool] = mapped_column(default=True)


class Cover(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only 顶班: on this day the round is done by this person; the newest row of a round and day counts."""

    __tablename__ = "covers"
    __table_args__ = (Index("ix_covers_round_id_on", "round_id", "on"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    on: Mapped[date]
    person_id: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(120), default="")


class ScheduleEvent(db.Model):  # type: ignore[name-defined,misc]
    """A meeting, trip, job or warning that triggers event windows; what became of it stands in its changes."""

    __tablename__ = "schedule_events"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    facts: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ScheduleEventChange(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: put, moved, cancelled; `data` says from when to when."""

    __tablename__ = "schedule_event_changes"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("schedule_events.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class Occurrence(db.Model):  # type: ignore[name-defined,misc]
    """A due window at a point: what was planned, by which edition, and what became of it.

    `state`: planned, in_window, in_grace, late, missed, unable (reported, not judged), exempt, void, unknown (未同步).
    The counts are those of the check that filled it; `key_due`, `photos_due` stand from the start (rules MT-13, MT-14).
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("point_id", "standard_code", "window_key"),
        Index("ix_occurrences_point_id_start_at", "point_id", "start_at"),
        Index("ix_occurrences_assignee_id_business_on", "assignee_id", "business_on"),
        Index("ix_occurrences_implementer_id_start_at", "implementer_id", "start_at"),
        Index("ix_occurrences_implementer_id_grace_end_at", "implementer_id", "grace_end_at"),
        Index("ix_occurrences_state_expire_at", "state", "expire_at"),
        # Of those that are filled only: filling one moves no entry among the thousands that are not.
        Index("ix_occurrences_check_id", "check_id", sqlite_where=FILLED, postgresql_where=FILLED),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    window_key: Mapped[str] = mapped_column(String(60))
    business_on: Mapped[date] = mapped_column(index=True)
    day_type: Mapped[str] = mapped_column(String(8))
    profile: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(60), default="")
    open_at: Mapped[datetime] = mapped_column(UtcDateTime)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    grace_end_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expire_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expected_minutes: Mapped[int]
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    round_id: Mapped[str | None] = mapped_column(String(40))
    assignee_id: Mapped[str | None] = mapped_column(String(40))
    event_id: Mapped[str | None] = mapped_column(String(40))
    facts: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
    state: Mapped[str] = mapped_column(String(12), default="planned")
    check_id: Mapped[str | None] = mapped_column(String(36))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[str | None] = mapped_column(String(40))
    claimed_by_id: Mapped[str | None] = mapped_column(String(40))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unable_reason: Mapped[str | None] = mapped_column(String(20))
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    awaiting_signature: Mapped[bool] = mapped_column(default=False)
    signed: Mapped[bool] = mapped_column(default=False)
    dual_due: Mapped[bool] = mapped_column(default=False)
    helped: Mapped[bool] = mapped_column(default=False)
    offline: Mapped[bool] = mapped_column(default=False)
    short_visit: Mapped[bool] = mapped_column(default=False)
    scanned: Mapped[bool] = mapped_column(default=False)
    steps_pass: Mapped[int] = mapped_column(default=0)
    steps_fail: Mapped[int] = mapped_column(default=0)
    key_due: Mapped[int] = mapped_column(default=0)
    key_evidenced: Mapped[int] = mapped_column(default=0)
    key_pass: Mapped[int] = mapped_column(default=0)
    photos_due: Mapped[int] = mapped_column(default=0)
    photos_sent: Mapped[int] = mapped_column(default=0)
    photos_valid: Mapped[int] = mapped_column(default=0)


class OccurrenceEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: filled, missed, exempted, judged, moved; the state above can be rebuilt from these."""

    __tablename__ = "occurrence_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(BigId, index=True)
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class PointExemption(db.Model):  # type: ignore[name-defined,misc]
    """A planned exemption (点位封闭、维修停用、上级指令, rules MT-3): what starts there in this time is not due."""

    __tablename__ = "point_exemptions"
    __table_args__ = (Index("ix_point_exemptions_point_id_to_at", "point_id", "to_at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str | None] = mapped_column(String(20))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PhoneFetch(db.Model):  # type: ignore[name-defined,misc]
    """A phone has this occurrence in its pocket: until it calls again the outcome is 未同步 (contract, Which clock)."""

    __tablename__ = "phone_fetches"
    occurrence_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PhoneCall(db.Model):  # type: ignore[name-defined,misc]
    """When a person's phone last called."""

    __tablename__ = "phone_calls"
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Lease(db.Model):  # type: ignore[name-defined,misc]
    """Who may do a timed job now, and until when; two timers do a thing once."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
