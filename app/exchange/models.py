"""Table of workbooks that came in."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Json, UtcDateTime, db


class Import(db.Model):  # type: ignore[name-defined,misc]
    """A workbook as it was sent in: first a dry run, then taken over once and never changed again."""

    __tablename__ = "imports"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    by_id: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_by_id: Mapped[str | None] = mapped_column(String(40))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]
