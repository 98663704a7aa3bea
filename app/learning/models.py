"""Tables of learning, all insert-only: suggestions, what became of them, the records behind a standard's project."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Suggestion(db.Model):  # type: ignore[name-defined,misc]
    """What somebody would change at a step, in words or as a voice memo; `step_id` empty: the standard as a whole.

    `anonymous`: the name is shown to nobody; the answer still finds its way. `check_id` is the record it came from.
    """

    __tablename__ = "suggestions"
    __table_args__ = (Index("ix_suggestions_standard_code_at", "standard_code", "at"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    standard_code: Mapped[str] = mapped_column(ForeignKey("standards.code"))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    step_id: Mapped[str] = mapped_column(String(8), default="")
    step_title: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    anonymous: Mapped[bool]
    check_id: Mapped[str | None] = mapped_column(String(36))
    by_id: Mapped[str] = mapped_column(String(40), index=True)
    unit_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SuggestionEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: taken, answered, declined, written; the newest says where the suggestion stands."""

    __tablename__ = "suggestion_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    suggestion_id: Mapped[str] = mapped_column(ForeignKey("suggestions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text, default="")
    deed_id: Mapped[str | None] = mapped_column(String(36), unique=True)


class ProjectEvidence(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a record or figure behind a project to revise or abolish, in the words and numbers of that day."""

    __tablename__ = "project_evidence"
    __table_args__ = (UniqueConstraint("project_id", "kind", "ref"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    kind: Mapped[str] = mapped_column(String(12))
    ref: Mapped[str] = mapped_column(String(40), index=True)
    step_id: Mapped[str] = mapped_column(String(8), default="")
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
