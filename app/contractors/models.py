"""Tables of contractors, all insert-only: files and contracts as they stood, disputes of flags and their rulings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class ContractorFile(db.Model):  # type: ignore[name-defined,misc]
    """The supplier file with its ten fields (rules CT-6); the newest row of a unit counts."""

    __tablename__ = "contractor_files"
    __table_args__ = (Index("ix_contractor_files_org_id", "org_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    entries: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Contract(db.Model):  # type: ignore[name-defined,misc]
    """A contract with its standards, scope and service levels (rules CT-1 to CT-4); rows are terms and corrections.

    Of the rows whose days touch a month the newest rules it (`rules.in_force`).

    `weights` None: the contract names none, measures weigh as GR-7 says.
    """

    __tablename__ = "contractor_contracts"
    __table_args__ = (Index("ix_contractor_contracts_org_id", "org_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str] = mapped_column(String(60))
    from_on: Mapped[date]
    to_on: Mapped[date]
    standards: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    scope: Mapped[str] = mapped_column(Text)
    levels: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    repairs: Mapped[bool]
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    weights: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class Dispute(db.Model):  # type: ignore[name-defined,misc]
    """A contractor says that a flag does not count against it; one a flag."""

    __tablename__ = "contractor_disputes"
    __table_args__ = (
        UniqueConstraint("kind", "target"),
        Index("ix_contractor_disputes_org_id_month", "org_id", "month"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    month: Mapped[date]
    kind: Mapped[str] = mapped_column(String(10))
    target: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Ruling(db.Model):  # type: ignore[name-defined,misc]
    """What the responsible section decided; `upheld`: the flag counts in no figure of the contractor."""

    __tablename__ = "contractor_rulings"
    dispute_id: Mapped[str] = mapped_column(ForeignKey("contractor_disputes.id"), primary_key=True)
    upheld: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
