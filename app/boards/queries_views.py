"""Reads of saved views: only ever a person's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.boards.models import SavedView


@dataclass(frozen=True, slots=True)
class View:
    """A saved view."""

    id: int
    name: str
    path: str
    is_start: bool


_COLUMNS = (SavedView.id, SavedView.name, SavedView.path, SavedView.is_start)


def views_of(person_id: str) -> list[View]:
    """All of a person's, by name. One query."""
    statement = select(*_COLUMNS).where(SavedView.person_id == person_id).order_by(SavedView.name)
    return [View(*row) for row in db.rows(statement)]


def start_of(person_id: str) -> str | None:
    """The address with which a person's figures begin. One query."""
    statement = select(SavedView.path).where(SavedView.person_id == person_id, SavedView.is_start)
    found: str | None = db.scalar(statement)
    return found
