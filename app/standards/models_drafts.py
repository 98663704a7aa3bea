"""Tables of drafts: the document as it stands, and every version it had, insert-only, for undo and for the record."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Draft(db.Model):  # type: ignore[name-defined,misc]
    """The text of a standard's project while it is written; `revision` names the newest of its versions."""

    __tablename__ = "drafts"
    project_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    responsible_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    from_edition: Mapped[str | None] = mapped_column(String(26))
    document: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    revision: Mapped[int]
    updated_by_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftRevision(db.Model):  # type: ignore[name-defined,misc]
    """A version of a draft: made from `parent` (0 for the first), or shown again by undo and redo (`back_to`)."""

    __tablename__ = "draft_revisions"
    __table_args__ = (UniqueConstraint("project_id", "revision"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("drafts.project_id"))
    revision: Mapped[int]
    parent: Mapped[int]
    back_to: Mapped[int | None]
    deed: Mapped[str] = mapped_column(String(16))
    part: Mapped[str] = mapped_column(String(20), default="")
    document: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
