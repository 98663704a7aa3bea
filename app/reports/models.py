"""Table of the organisation's own Word templates of forms; insert-only, the newest of a form counts."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, UtcDateTime, db


class FormTemplate(db.Model):  # type: ignore[name-defined,misc]
    """A template as it was sent in; `body` None goes back to the form's own one."""

    __tablename__ = "form_templates"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form: Mapped[str] = mapped_column(String(12), index=True)
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
