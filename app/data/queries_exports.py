"""Reads of files of a period: one's own, the one that is to be made next, and the pieces of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from sqlalchemy import func, or_, select

from app import db
from app.data.models import DataExport, DataExportPart, left
from app.data.rules_exports import KEPT, Export, State

_COLUMNS = tuple(getattr(DataExport, each.name) for each in fields(Export))
_OPEN = (State.WAITING.value, State.RUNNING.value)


def own_exports(person_id: str) -> list[Export]:
    """The newest first. One query."""
    mine = select(*_COLUMNS).where(DataExport.by_id == person_id).order_by(DataExport.at.desc(), DataExport.id)
    return [Export(*row) for row in db.rows(mine.limit(50))]


def export_by_id(export_id: str, person_id: str = "") -> Export | None:
    """One, of this person where one is named."""
    statement = select(*_COLUMNS).where(DataExport.id == export_id)
    row = db.row(statement.where(DataExport.by_id == person_id) if person_id else statement)
    return Export(*row) if row else None


def open_exports(person_id: str) -> int:
    """How many of a person's are not made yet."""
    mine = (
        select(func.count()).select_from(DataExport).where(DataExport.by_id == person_id, DataExport.state.in_(_OPEN))
    )
    return int(db.scalar(mine) or 0)


def next_left(now: datetime) -> str | None:
    """The oldest that is to be made."""
    found: str | None = db.scalar(select(DataExport.id).where(left(now)).order_by(DataExport.at).limit(1))
    return found


def outlived(now: datetime) -> list[str]:
    """Those whose day is over."""
    return [row[0] for row in db.rows(select(DataExport.id).where(DataExport.ended_at <= now - KEPT))]


def anything_to_do(now: datetime) -> bool:
    """Cheap: most of the time there is nothing."""
    due = or_(left(now), DataExport.ended_at <= now - KEPT)
    return db.row(select(DataExport.id).where(due).limit(1)) is not None


def body_of(export_id: str) -> Iterator[bytes]:
    """Piece by piece; only one is in memory at a time."""
    position = 0
    piece = select(DataExportPart.body).where(DataExportPart.export_id == export_id)
    while (found := db.row(piece.where(DataExportPart.position == position))) is not None:
        yield bytes(found[0])
        position += 1
