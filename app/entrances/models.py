"""Table of the people as houses outside know them, and which account of ours each is."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Identity(db.Model):  # type: ignore[name-defined,misc]
    """Somebody of a house; without a `person_id` an administrator has still to say who that is.

    `how` says why the account is linked: rule (made at the first sign-in), claim, admin.
    """

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("house", "subject"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    house: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(255))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    claims: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    how: Mapped[str] = mapped_column(String(10), default="")
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    linked_by_id: Mapped[str | None] = mapped_column(String(40))
    linked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
