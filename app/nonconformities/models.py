"""Tables of findings; every change of state is an insert-only event (rules NC-14)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Finding(db.Model):  # type: ignore[name-defined,misc]
    """What did not meet the requirement, at which point and step, from which source, and where it stands now.

    `key` is the source's own natural key: the same key registers once. `version` grows with every deed. `recheck_by`
    is also when an appeal has to be decided; `until` is the last day of a concession.
    """

    __tablename__ = "findings"
    __table_args__ = (
        Index("ix_findings_point_id_state", "point_id", "state"),
        Index("ix_findings_state_due_at", "state", "due_at"),
        # The month's figures are counted in these two alone: of years of findings no row is opened.
        Index(
            "ix_findings_month",
            "found_at",
            "source",
            "state",
            "standard_code",
            "step_id",
            "implementer_id",
            "fixed_on_spot",
        ),
        Index("ix_findings_limit", "due_at", "fixed_on_spot", "state", "rectified_at", "closed_at", "failed_rechecks"),
        Index("ix_findings_standard_code_step_id_found_at", "standard_code", "step_id", "found_at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    point_id: Mapped[str | None] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str | None] = mapped_column(String(20))
    edition: Mapped[str | None] = mapped_column(String(26))
    step_id: Mapped[str | None] = mapped_column(String(8))
    step_title: Mapped[str] = mapped_column(String(120))
    check_id: Mapped[str | None] = mapped_column(String(36), index=True)
    source: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[str | None] = mapped_column(String(40), index=True)
    severity: Mapped[str] = mapped_column(String(10))
    cause: Mapped[str | None] = mapped_column(String(10))
    fail_action: Mapped[str] = mapped_column(String(10), default="nc")
    text: Mapped[str] = mapped_column(Text)
    implementer_id: Mapped[str] = mapped_column(String(40), index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), index=True)
    found_by_id: Mapped[str | None] = mapped_column(String(40), index=True)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fixed_on_spot: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[bool] = mapped_column(default=False)
    correction: Mapped[str] = mapped_column(Text, default="")
    corrective_action: Mapped[str] = mapped_column(Text, default="")
    cause_text: Mapped[str] = mapped_column(Text, default="")
    section_cause: Mapped[str] = mapped_column(Text, default="")
    containment: Mapped[str] = mapped_column(String(12), default="")
    contained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    contain_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rectifier_id: Mapped[str | None] = mapped_column(String(40), index=True)
    rectifier_org_id: Mapped[str | None] = mapped_column(String(40))
    rectified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recheck_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_rechecks: Mapped[int] = mapped_column(default=0)
    major: Mapped[bool] = mapped_column(default=False)
    follow_up: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None]
    escalated: Mapped[int] = mapped_column(default=0)


class FindingEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: who did what, when and why, and the state that followed; `deed_id` lets a repeat be known."""

    __tablename__ = "finding_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    finding_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    check_id: Mapped[str | None] = mapped_column(String(36))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    deed_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class FindingPhoto(db.Model):  # type: ignore[name-defined,misc]
    """A picture of a finding: before, after, containment or recheck; its bytes and owner stand in `photos`."""

    __tablename__ = "finding_photos"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    finding_id: Mapped[str] = mapped_column(ForeignKey("findings.id"), index=True)
    part: Mapped[str] = mapped_column(String(8))
    round: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RevisionProposal(db.Model):  # type: ignore[name-defined,misc]
    """A standard proposed for revision with the records behind it (rules NC-11); one a key, whoever proposes."""

    __tablename__ = "revision_proposals"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    standard_code: Mapped[str] = mapped_column(String(20), index=True)
    edition: Mapped[str] = mapped_column(String(26))
    step_id: Mapped[str] = mapped_column(String(8))
    step_title: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12))
    decided_by_id: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str] = mapped_column(Text, default="")
