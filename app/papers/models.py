"""Tables of papers, all insert-only: drafts, papers as they were issued, and what their figures said later."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class PaperDraft(db.Model):  # type: ignore[name-defined,misc]
    """拟稿: somebody puts a paper up for issue, with words of their own; the newest of a paper counts.

    `kind` is a bulletin or an evaluation; `unit_id` "" means the whole site; `id` is made by the page.
    """

    __tablename__ = "paper_drafts"
    __table_args__ = (Index("ix_paper_drafts_kind_first_unit_id", "kind", "first", "unit_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    first: Mapped[date]
    months: Mapped[int]
    unit_id: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Paper(db.Model):  # type: ignore[name-defined,misc]
    """签发: a paper as it left; `body` holds all that it says, `sha256` is the hash of it with its head and words.

    `number` counts the papers of a kind and unit within the `year` in which they were issued.
    """

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("kind", "first", "months", "unit_id"),
        UniqueConstraint("kind", "unit_id", "year", "number"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("paper_drafts.id"))
    kind: Mapped[str] = mapped_column(String(12))
    first: Mapped[date]
    months: Mapped[int]
    unit_id: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    number: Mapped[int]
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperAddendum(db.Model):  # type: ignore[name-defined,misc]
    """补记: what the records of an issued paper said later: late syncs, rulings, voided records. The paper stays."""

    __tablename__ = "paper_addenda"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    paper_id: Mapped[str] = mapped_column(ForeignKey("papers.id"), index=True)
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
