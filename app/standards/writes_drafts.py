"""Inserts and updates of drafts; versions are only ever added."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update

from app.db import run
from app.standards.models_drafts import Draft, DraftRevision

DRAFTS, REVISIONS = cast("Table", Draft.__table__), cast("Table", DraftRevision.__table__)


def insert_draft(values: dict[str, Any]) -> None:
    run(insert(DRAFTS).values(values))


def insert_revision(values: dict[str, Any]) -> None:
    """A version; two of the same number are refused by the table."""
    run(insert(REVISIONS).values(values))


def put_text(project_id: str, before: int, document: dict[str, Any], by_id: str, at: datetime) -> bool:
    """The text moves on from revision `before` to the next one; False when somebody else has moved it."""
    done = run(
        update(DRAFTS)
        .where(DRAFTS.c.project_id == project_id, DRAFTS.c.revision == before)
        .values(document=document, revision=before + 1, updated_by_id=by_id, updated_at=at)
    )
    return bool(done.rowcount)
