"""Views of figures that a person saved under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, UtcDateTime, db


class SavedView(db.Model):  # type: ignore[name-defined,misc]
    """A page of figures with its filters, as an address of this site; at most one of a person's is the start."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("person_id", "name"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(String(400))
    is_start: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
