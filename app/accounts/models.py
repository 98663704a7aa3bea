"""Tables of people, their grants, badges, sign-ins and the buckets that slow guessing down."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Person(db.Model):  # type: ignore[name-defined,misc]
    """An account; `id` is the sign-in name and the name in the protocol.

    `external_of` names the outside body of an external checker, who ends at `ends_at` and sees what a pass names.
    """

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(24))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    crew_id: Mapped[str | None] = mapped_column(String(40), index=True)
    shift_id: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    pin_hash: Mapped[str] = mapped_column(String(200), default="")
    pin_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locale: Mapped[str | None] = mapped_column(String(12))
    large_text: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    demo: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    external_of: Mapped[str | None] = mapped_column(String(80))
    profile: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class Grant(db.Model):  # type: ignore[name-defined,misc]
    """A dated grant beside the role (rules.GRANTS); `to_on` None is open-ended."""

    __tablename__ = "grants"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    given_by_id: Mapped[str | None] = mapped_column(String(40))


class Pass(db.Model):  # type: ignore[name-defined,misc]
    """What an external checker reaches: one record a row, such as an inspection."""

    __tablename__ = "external_passes"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    given_by_id: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


_LIVE = text("revoked_at IS NULL")


class Badge(db.Model):  # type: ignore[name-defined,misc]
    """A card; `token_key` is the SHA-256 of the token, which stands on the card and nowhere else.

    `strange_tries` counts wrong PINs on phones where this person has not signed in before.
    """

    __tablename__ = "badges"
    __table_args__ = (Index("uq_badges_live", "person_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_key: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    issued_by_id: Mapped[str | None] = mapped_column(String(40))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    code_hash: Mapped[str] = mapped_column(String(200), default="")
    code_until: Mapped[datetime] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(20), default="")
    strange_tries: Mapped[int] = mapped_column(default=0)


class SignIn(db.Model):  # type: ignore[name-defined,misc]
    """One session; `id` is the SHA-256 of the token that the cookie carries.

    `badge_id` names the badge that opened it; `idle_until` stands on team phones, where every use moves it on;
    `proven` says that a second factor was shown.
    """

    __tablename__ = "sign_ins"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    device: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    badge_id: Mapped[int | None] = mapped_column(BigId)
    idle_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proven: Mapped[bool] = mapped_column(default=False, server_default=false())


class SecondFactor(db.Model):  # type: ignore[name-defined,misc]
    """A code generator on the own phone; `sealed` holds its secret, `last_step` is the newest code that was used.

    It counts once `confirmed_at` stands.
    """

    __tablename__ = "second_factors"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(String(400))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_step: Mapped[int] = mapped_column(BigId, default=0)


class RecoveryCode(db.Model):  # type: ignore[name-defined,misc]
    """A code on paper for the day the phone is gone; `code_key` is its SHA-256, each works once."""

    __tablename__ = "recovery_codes"
    code_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Bucket(db.Model):  # type: ignore[name-defined,misc]
    """A token bucket in the database: it holds across workers and restarts."""

    __tablename__ = "buckets"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    tokens: Mapped[float]
    filled_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccountEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: what was done to an account, by whom."""

    __tablename__ = "account_events"
    __table_args__ = (Index("ix_account_events_person_id_at", "person_id", "at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
