"""Tables of surveys: what is asked, who is invited by a link, answers without anybody's name, and the sealed result."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Json, UtcDateTime, db


class Survey(db.Model):  # type: ignore[name-defined,misc]
    """One a year; `state` is draft, ready, open, closed. `revision` counts edits, so that two people never overwrite.

    `analysis` and `measures` are what the office concludes (rules SA-2). `words_gone_at`: free texts are wiped.
    """

    __tablename__ = "surveys"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(60))
    intro: Mapped[str] = mapped_column(Text, default="")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), index=True)
    revision: Mapped[int] = mapped_column(default=0)
    analysis: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words_gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SurveyQuestion(db.Model):  # type: ignore[name-defined,misc]
    """One topic and its question, in order from 1; never changed once the survey is released."""

    __tablename__ = "survey_questions"
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(100))


class SurveyInvitation(db.Model):  # type: ignore[name-defined,misc]
    """A department that is asked; `key` hashes its link, `answered` of at most `invited` have come."""

    __tablename__ = "survey_invitations"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    org_id: Mapped[str | None] = mapped_column(String(40))
    invited: Mapped[int]
    answered: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SurveyAnswer(db.Model):  # type: ignore[name-defined,misc]
    """One answered form: of which department, nothing else. No person, no device, no address, no hour.

    `id` follows from the form's own random name, so that a form sent twice is stored once.
    """

    __tablename__ = "survey_answers"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    invitation_id: Mapped[str] = mapped_column(ForeignKey("survey_invitations.id"), index=True)
    words: Mapped[str] = mapped_column(Text, default="")


class SurveyMark(db.Model):  # type: ignore[name-defined,misc]
    """The face (5 is 非常满意) for one question of an answer, and the words beside it."""

    __tablename__ = "survey_marks"
    answer_id: Mapped[str] = mapped_column(ForeignKey("survey_answers.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    face: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")


class SurveyResult(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: the counts as they stood when the survey closed, and their SHA-256; sealed in the chain.

    `body` is {"year", "invited", "answers", "topics": [{"topic", "faces": [of 5 down to 1]}]}.
    """

    __tablename__ = "survey_results"
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    body: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
