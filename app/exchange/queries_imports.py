"""Reads of workbooks that came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.exchange.models import Import
from app.exchange.rules import Kind


@dataclass(frozen=True)
class Came:
    """A workbook that came in; `applied_at` None is a dry run still."""

    id: str
    kind: Kind
    name: str
    sha256: str
    by_id: str
    by: str
    at: datetime
    applied_at: datetime | None
    counts: Mapping[str, Any]


_COLUMNS = (
    Import.id,
    Import.kind,
    Import.name,
    Import.sha256,
    Import.by_id,
    Person.name.label("by"),
    Import.at,
    Import.applied_at,
    Import.counts,
)
_CAME = select(*_COLUMNS).outerjoin(Person, Person.id == Import.by_id)


def import_of(person_id: str, import_id: str) -> Came | None:
    """One of this person's own."""
    found = db.row(_CAME.where(Import.id == import_id, Import.by_id == person_id))
    return _came(found) if found else None


def imports_of(person_id: str, most: int = 20) -> list[Came]:
    """This person's own, newest first."""
    statement = _CAME.where(Import.by_id == person_id).order_by(Import.at.desc(), Import.id).limit(most)
    return [_came(row) for row in db.rows(statement)]


def body_of(import_id: str) -> bytes:
    """The workbook itself."""
    return bytes(db.scalar(select(Import.body).where(Import.id == import_id)))


def _came(row: Any) -> Came:
    by = row.by or row.by_id
    return Came(row.id, Kind(row.kind), row.name, row.sha256, row.by_id, by, row.at, row.applied_at, row.counts or {})
