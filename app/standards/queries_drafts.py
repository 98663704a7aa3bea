"""Reads of drafts: the text as it stands, its versions, and who had a hand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.places.models import Point
from app.standards.models import Edition as EditionTable
from app.standards.models_drafts import Draft as DraftTable
from app.standards.models_drafts import DraftRevision
from app.standards.rules_history import Version


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a project as it stands."""

    project_id: str
    responsible_id: str
    from_edition: str | None
    document: Mapping[str, Any]
    revision: int
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A version in the history of a draft: who did what to which part, and when."""

    revision: int
    deed: str
    part: str
    by: str | None
    at: datetime


_DRAFT = select(
    DraftTable.project_id, DraftTable.responsible_id, DraftTable.from_edition, DraftTable.document, DraftTable.revision,
    Person.name, DraftTable.updated_at,
).outerjoin(Person, Person.id == DraftTable.updated_by_id)  # fmt: skip


def draft_of(project_id: str) -> Draft | None:
    """The draft of a project, once it was begun."""
    found = db.row(_DRAFT.where(DraftTable.project_id == project_id))
    return Draft(*found) if found else None


def document_of(project_id: str) -> dict[str, Any] | None:
    """The edition document as it stands, without number, code and year."""
    found = db.row(select(DraftTable.document).where(DraftTable.project_id == project_id))
    return dict(found.document) if found else None


def drafters_of(project_id: str) -> set[str]:
    """Everybody who saved anything: none of them may approve it."""
    found = db.rows(select(DraftRevision.by_id).where(DraftRevision.project_id == project_id).distinct())
    return {each.by_id for each in found}


def versions_of(project_id: str) -> list[Version]:
    """Oldest first, without their texts."""
    columns = (DraftRevision.revision, DraftRevision.parent, DraftRevision.back_to)
    found = db.rows(select(*columns).where(DraftRevision.project_id == project_id).order_by(DraftRevision.revision))
    return [Version(*each) for each in found]


def document_at(project_id: str, revision: int) -> dict[str, Any] | None:
    """The text of one version."""
    found = db.row(
        select(DraftRevision.document).where(DraftRevision.project_id == project_id, DraftRevision.revision == revision)
    )
    return dict(found.document) if found else None


def changes_of(project_id: str, limit: int = 30) -> list[Change]:
    """The last changes, newest first."""
    found = db.rows(
        select(DraftRevision.revision, DraftRevision.deed, DraftRevision.part, Person.name, DraftRevision.at)
        .outerjoin(Person, Person.id == DraftRevision.by_id)
        .where(DraftRevision.project_id == project_id)
        .order_by(DraftRevision.revision.desc())
        .limit(limit)
    )
    return [Change(*each) for each in found]


def changes_since(project_id: str, revision: int) -> int:
    """How many versions came after this one."""
    statement = select(func.count()).select_from(DraftRevision).where(
        DraftRevision.project_id == project_id, DraftRevision.revision > revision
    )  # fmt: skip
    return int(db.scalar(statement))


def edition_document(number: str) -> dict[str, Any] | None:
    """The stored document of an edition, to begin a draft with."""
    found = db.row(select(EditionTable.document).where(EditionTable.number == number))
    return dict(found.document) if found else None


def point_attributes() -> list[str]:
    """The names of what is known of points, for conditions and limits set at each point."""
    return sorted({name for row in db.rows(select(Point.attrs)) for name, value in row.attrs.items() if _plain(value)})


def evidence_classes() -> list[str]:
    """The names of evidence that editions and drafts use: a new one is made by writing it into a step."""
    documents = (select(EditionTable.document), select(DraftTable.document))
    steps = [step for each in documents for row in db.rows(each) for step in row.document.get("steps") or ()]
    return sorted({step["evidence_class"] for step in steps if step.get("evidence_class")})


def _plain(value: object) -> bool:
    return isinstance(value, str | bool | int | float)
