"""Tables of pictures and files: who sent what for which step, and the state of the kept bytes."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, UtcDateTime, db

_LIVE = text("nonce IS NOT NULL")


class Photo(db.Model):  # type: ignore[name-defined,misc]
    """A picture or voice memo of a check, insert-only with the owner units, so that viewing needs no join."""

    __tablename__ = "photos"
    __table_args__ = (
        Index("ix_photos_check_id_step_id", "check_id", "step_id"),
        Index("uq_photos_nonce", "nonce", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    received_sha256: Mapped[str] = mapped_column(String(64), index=True)
    check_id: Mapped[str] = mapped_column(String(36))
    step_id: Mapped[str | None] = mapped_column(String(8))
    part: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[str] = mapped_column(String(40))
    point_id: Mapped[str] = mapped_column(String(40), index=True)
    standard_code: Mapped[str] = mapped_column(String(20))
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    media_type: Mapped[str] = mapped_column(String(40))
    bytes: Mapped[int]
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(8))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Of a picture that is 现场拍摄 and of no other one: each nonce is for one picture.
    nonce: Mapped[str | None] = mapped_column(String(24))


class Picture(db.Model):  # type: ignore[name-defined,misc]
    """The kept bytes by their hash: queued, ready or failed; nothing is served before ready."""

    __tablename__ = "pictures"
    __table_args__ = (Index("ix_pictures_state_queued_at", "state", "queued_at"),)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(40))
    upright: Mapped[bool] = mapped_column(default=True)
    phash: Mapped[int | None] = mapped_column(BigId)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)


class PhotoShare(db.Model):  # type: ignore[name-defined,misc]
    """A picture that the hands of a unit may look at although it is another's: they have to put right what it shows."""

    __tablename__ = "photo_shares"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(40), primary_key=True)
