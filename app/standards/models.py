"""Tables of standards and their editions; an effective edition is never edited, so its steps are one document."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db
from app.standards import models_drafts as models_drafts  # noqa: PLC0414  the texts of standards while they are written
from app.standards import models_projects as models_projects  # noqa: PLC0414  the tables of a standard's life


class Standard(db.Model):  # type: ignore[name-defined,misc]
    """A standard by its number without year, such as JGSW05003.01 (seed 001-1 §4)."""

    __tablename__ = "standards"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(160), default="")
    category: Mapped[str] = mapped_column(String(40), default="")
    point_kinds: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    responsible_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    public: Mapped[bool] = mapped_column(default=False)


class Edition(db.Model):  # type: ignore[name-defined,misc]
    """An edition by its full number; `document` holds steps and schedules, `digest` its canonical SHA-256."""

    __tablename__ = "editions"
    __table_args__ = (Index("ix_editions_code_effective_on", "code", "effective_on"),)
    number: Mapped[str] = mapped_column(String(26), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("standards.code"))
    year: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    effective_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    next_review_on: Mapped[date | None]
    cover_mark: Mapped[str] = mapped_column(String(40), default="")
    document: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    digest: Mapped[str] = mapped_column(String(64))


class StepAudio(db.Model):  # type: ignore[name-defined,misc]
    """A step explained by voice, insert-only: the newest of a unit or crew counts, one without a sound takes it back.

    `words` names the text that was read: once the text differs, the recording is no longer heard.
    """

    __tablename__ = "step_audio"
    __table_args__ = (Index("ix_step_audio_standard_code", "standard_code"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    standard_code: Mapped[str] = mapped_column(ForeignKey("standards.code"))
    step_id: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(String(16))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    crew_id: Mapped[str | None] = mapped_column(String(40))
    photo_id: Mapped[str | None] = mapped_column(String(36))
    sha256: Mapped[str | None] = mapped_column(String(64))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
