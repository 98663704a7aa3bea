"""Tables of training, all insert-only: deliveries, reading, exams, sign-offs, certificates, newcomers, ledger."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class TrainingSetting(db.Model):  # type: ignore[name-defined,misc]
    """Days and months of the bureau; the newest row counts. `enforced_from` None: nobody is refused, nothing marked."""

    __tablename__ = "training_settings"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    newcomer_days: Mapped[int]
    remind_days: Mapped[int]
    enforced_from: Mapped[date | None]
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Delivery(db.Model):  # type: ignore[name-defined,misc]
    """An edition has reached a person (rules TR-1); `asked` names the changed steps after a revision, None is all."""

    __tablename__ = "training_deliveries"
    __table_args__ = (UniqueConstraint("person_id", "edition"), Index("ix_training_deliveries_edition", "edition"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    on: Mapped[date]
    asked: Mapped[list | None] = mapped_column(Json)  # type: ignore[type-arg]
    before: Mapped[str | None] = mapped_column(String(26))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reading(db.Model):  # type: ignore[name-defined,misc]
    """A person says that they have read and understood the text; `digest` is that of the text shown."""

    __tablename__ = "training_readings"
    __table_args__ = (UniqueConstraint("person_id", "edition", "on"), Index("ix_training_readings_edition", "edition"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sitting(db.Model):  # type: ignore[name-defined,misc]
    """An exam begun: the seed shuffles its questions, so the paper can be laid out again (rules TR-4)."""

    __tablename__ = "training_sittings"
    __table_args__ = (Index("ix_training_sittings_person_id", "person_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    seed: Mapped[str] = mapped_column(String(32))
    questions: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(db.Model):  # type: ignore[name-defined,misc]
    """What was answered in a sitting and how the server judged it."""

    __tablename__ = "training_attempts"
    __table_args__ = (
        Index("ix_training_attempts_person_id_edition", "person_id", "edition"),
        Index("ix_training_attempts_edition", "edition"),
    )
    sitting_id: Mapped[str] = mapped_column(ForeignKey("training_sittings.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    on: Mapped[date]
    answers: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    wrong: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    score: Mapped[int]
    passed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignOff(db.Model):  # type: ignore[name-defined,misc]
    """A crew leader has seen somebody do it as the standard says, which counts as 考核 (rules TR-4)."""

    __tablename__ = "training_sign_offs"
    __table_args__ = (
        UniqueConstraint("person_id", "edition", "on"),
        Index("ix_training_sign_offs_edition", "edition"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    edition: Mapped[str] = mapped_column(ForeignKey("editions.number"))
    on: Mapped[date]
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Certificate(db.Model):  # type: ignore[name-defined,misc]
    """A certificate as entered; the newest row of a person and name counts, `withdrawn` takes it away."""

    __tablename__ = "training_certificates"
    __table_args__ = (Index("ix_training_certificates_person_id", "person_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(60), default="")
    issuer: Mapped[str] = mapped_column(String(80), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Newcomer(db.Model):  # type: ignore[name-defined,misc]
    """带教期 of a person and who guides them; the newest row of a person counts."""

    __tablename__ = "training_newcomers"
    __table_args__ = (Index("ix_training_newcomers_person_id", "person_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    mentor_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LedgerEntry(db.Model):  # type: ignore[name-defined,misc]
    """A session, drill, demonstration or material with its head-count (rules TR-8); `replaces` corrects an entry."""

    __tablename__ = "training_ledger"
    __table_args__ = (Index("ix_training_ledger_org_id_on", "org_id", "on"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    way: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))
    edition: Mapped[str | None] = mapped_column(ForeignKey("editions.number"))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    on: Mapped[date]
    place: Mapped[str] = mapped_column(String(80), default="")
    led_by: Mapped[str] = mapped_column(String(60), default="")
    expected: Mapped[int]
    present: Mapped[int]
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    replaces: Mapped[str | None] = mapped_column(ForeignKey("training_ledger.id"), unique=True)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StandingMark(db.Model):  # type: ignore[name-defined,misc]
    """Whether the qualification of a record's author was valid on its date (rules EV-7, TR-4); written afterwards."""

    __tablename__ = "training_marks"
    check_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    standing: Mapped[str] = mapped_column(String(12))
    lacks: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    mentor_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
