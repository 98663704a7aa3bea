"""Tables of organisations: one tree of bureau, centre, sections and contractors."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Json, db


class Organisation(db.Model):  # type: ignore[name-defined,misc]
    """A unit; `path` is `/org-bureau/…/own-id/` so that a subtree is a prefix."""

    __tablename__ = "organisations"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"))
    path: Mapped[str] = mapped_column(String(400), index=True)
    telephone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)
    profile: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
