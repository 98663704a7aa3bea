"""Tables of a standard's life: projects with their papers, opinions and decisions, reviews, plans of implementation."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Project(db.Model):  # type: ignore[name-defined,misc]
    """One way of a standard from the wish to the register; `code` is its number without year, kept for it alone.

    `digest` names the text that was sent to review; no other text is approved or published.
    """

    __tablename__ = "projects"
    __table_args__ = (Index("ix_projects_code_state", "code", "state"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    responsible_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    leader_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(12), index=True)
    necessity: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text, default="")
    means: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    from_edition: Mapped[str | None] = mapped_column(String(26))
    comment_to: Mapped[date | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    approved_on: Mapped[date | None]
    edition: Mapped[str | None] = mapped_column(String(26), index=True)
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProjectEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: every deed, who, when, why; `data` holds what belongs to it, such as the minutes of the review."""

    __tablename__ = "project_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class StandardPaper(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a file as it was sent in, of a project or of an edition; of the approved text the newest counts."""

    __tablename__ = "standard_papers"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.id"), index=True)
    edition: Mapped[str | None] = mapped_column(String(26), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProjectRecipient(db.Model):  # type: ignore[name-defined,misc]
    """Whom a draft was sent to: a unit, or customers by the name they go by."""

    __tablename__ = "project_recipients"
    __table_args__ = (UniqueConstraint("project_id", "side", "name"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"), index=True)
    side: Mapped[str] = mapped_column(String(12))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(80))


class ProjectOpinion(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: what somebody asked says; an empty text agrees."""

    __tablename__ = "project_opinions"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(BigId, ForeignKey("project_recipients.id"))
    clause: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class OpinionDisposition(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: what becomes of an opinion and why; the newest counts."""

    __tablename__ = "opinion_dispositions"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    opinion_id: Mapped[str] = mapped_column(ForeignKey("project_opinions.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ImplementationPlan(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: how a standard is put into practice, line by line; the newest of a project counts."""

    __tablename__ = "implementation_plans"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"), index=True)
    lines: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class EditionReview(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a review of an edition (复审) and its outcome; `project_id` is the project that follows from it."""

    __tablename__ = "edition_reviews"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"), index=True)
    on: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(String(120), default="")
    project_id: Mapped[str | None] = mapped_column(String(36))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
