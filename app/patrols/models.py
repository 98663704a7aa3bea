"""Tables of patrol routes; who walked when stands in the occurrences of the standard."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Json, UtcDateTime, db


class PatrolRoute(db.Model):  # type: ignore[name-defined,misc]
    """Points that one standard is walked along; a retired route stays readable, a changed one is a new one."""

    __tablename__ = "patrol_routes"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    standard_code: Mapped[str] = mapped_column(ForeignKey("standards.code"))
    points: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    ordered: Mapped[bool]
    least_minutes: Mapped[int | None]
    most_minutes: Mapped[int | None]
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_by_id: Mapped[str | None] = mapped_column(String(40))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
