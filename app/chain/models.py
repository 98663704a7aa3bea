"""Tables of the chain, all insert-only but the marks: entries, seals, anchors, checks of it, disposal, voiding."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class ChainEntry(db.Model):  # type: ignore[name-defined,misc]
    """One record's digest in its place: `link` is the SHA-256 over the link before it and all that stands here."""

    __tablename__ = "chain_entries"
    __table_args__ = (Index("uq_chain_entries_kind_key", "kind", "key", unique=True),)
    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(130))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    link: Mapped[bytes] = mapped_column(LargeBinary)


class ChainSeal(db.Model):  # type: ignore[name-defined,misc]
    """Entries up to `seq` were sealed at `at`: `mac` binds their last link with the key outside the database."""

    __tablename__ = "chain_seals"
    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    first_seq: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    link: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16))
    mac: Mapped[bytes] = mapped_column(LargeBinary)


class ChainMark(db.Model):  # type: ignore[name-defined,misc]
    """How far a table has been looked through: everything up to `low` is done, `middle` follows after the overlap."""

    __tablename__ = "chain_marks"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    low: Mapped[int] = mapped_column(BigId)
    middle: Mapped[int] = mapped_column(BigId)
    high: Mapped[int] = mapped_column(BigId)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class ChainAnchor(db.Model):  # type: ignore[name-defined,misc]
    """The head of a day, as it is printed, posted and shown to everybody."""

    __tablename__ = "chain_anchors"
    day: Mapped[date] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigId)
    link: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChainVerification(db.Model):  # type: ignore[name-defined,misc]
    """A walk along the chain and what it found; `faults` holds the first ones, in words of the rules."""

    __tablename__ = "chain_verifications"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    entries: Mapped[int] = mapped_column(BigId)
    seconds: Mapped[float]
    faults_found: Mapped[int]
    faults: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    without_key: Mapped[int] = mapped_column(BigId)


class Disposal(db.Model):  # type: ignore[name-defined,misc]
    """A proposal to remove records; `by_id` None is the timer, then two persons have to approve."""

    __tablename__ = "disposals"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DisposalItem(db.Model):  # type: ignore[name-defined,misc]
    """One record that a disposal names, with the digest that stays in its place."""

    __tablename__ = "disposal_items"
    __table_args__ = (Index("ix_disposal_items_kind_key", "kind", "key"),)
    disposal_id: Mapped[str] = mapped_column(ForeignKey("disposals.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(130), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class DisposalApproval(db.Model):  # type: ignore[name-defined,misc]
    """A person stands for a disposal; two different ones permit it."""

    __tablename__ = "disposal_approvals"
    disposal_id: Mapped[str] = mapped_column(ForeignKey("disposals.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DisposalEnd(db.Model):  # type: ignore[name-defined,misc]
    """How a disposal ended: carried out, or withdrawn by a person; the permit ends with it."""

    __tablename__ = "disposal_ends"
    disposal_id: Mapped[str] = mapped_column(ForeignKey("disposals.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str | None] = mapped_column(String(40))
    removed: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Voiding(db.Model):  # type: ignore[name-defined,misc]
    """A supervisor says that a check must not count; another person decides."""

    __tablename__ = "voidings"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    check_id: Mapped[str] = mapped_column(String(36), index=True)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoidDecision(db.Model):  # type: ignore[name-defined,misc]
    """The second person's word: `void` takes the check out of the figures, otherwise it stands."""

    __tablename__ = "void_decisions"
    voiding_id: Mapped[str] = mapped_column(ForeignKey("voidings.id"), primary_key=True)
    void: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Correction(db.Model):  # type: ignore[name-defined,misc]
    """What should have been said, beside what was said; the record itself never changes.

    `field` is what is corrected: value, choice, text or result. Where `result_now` differs from `result_was`, a second
    person decides before it counts.
    """

    __tablename__ = "corrections"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    check_id: Mapped[str] = mapped_column(String(36), index=True)
    step_id: Mapped[str] = mapped_column(String(8), default="")
    was: Mapped[str] = mapped_column(Text, default="")
    now: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    field: Mapped[str | None] = mapped_column(String(10))
    result_was: Mapped[str | None] = mapped_column(String(16))
    result_now: Mapped[str | None] = mapped_column(String(16))


class CorrectionDecision(db.Model):  # type: ignore[name-defined,misc]
    """The second person's word on a correction that turns a result: `stands` makes it count."""

    __tablename__ = "correction_decisions"
    correction_id: Mapped[str] = mapped_column(ForeignKey("corrections.id"), primary_key=True)
    stands: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
