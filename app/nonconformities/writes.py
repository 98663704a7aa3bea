"""Inserts and the one guarded update of findings; events, photos and proposals are insert-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.nonconformities.models import Finding, FindingEvent, FindingPhoto, RevisionProposal

PROPOSALS = cast("Table", RevisionProposal.__table__)


def insert_findings(rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        run(insert(Finding), [dict(row) for row in rows])


def insert_events(events: Sequence[Mapping[str, Any]]) -> None:
    """Each needs finding_id, kind, by_id and at; the rest is filled."""
    plain: dict[str, Any] = {"check_id": None, "state": None, "text": "", "deed_id": None, "data": None}
    if events:
        run(insert(FindingEvent), [{**plain, **event} for event in events])


def insert_photos(rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        run(insert(FindingPhoto), [dict(row) for row in rows])


def change(finding_id: str, version: int, **values: Any) -> bool:
    """Move a finding on from the version that was read; False when somebody was faster."""
    mine = update(Finding).where(Finding.id == finding_id, Finding.version == version)
    return run(mine.values(version=version + 1, **values)).rowcount == 1


def keep_proposal(row: Mapping[str, Any]) -> bool:
    """Propose once a key; False when it stands already."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(PROPOSALS).values(**row)
    return run(statement.on_conflict_do_nothing(index_elements=[PROPOSALS.c.key])).rowcount == 1


def add_to_proposal(key: str, findings: Sequence[str]) -> None:
    """More records for a proposal that nobody has decided yet."""
    run(update(PROPOSALS).where(PROPOSALS.c.key == key, PROPOSALS.c.state == "open").values(findings=list(findings)))


def decide_proposal(proposal_id: str, *, state: str, by_id: str, at: datetime, text: str) -> bool:
    """False when it has been decided already."""
    mine = update(PROPOSALS).where(PROPOSALS.c.id == proposal_id, PROPOSALS.c.state == "open")
    return run(mine.values(state=state, decided_by_id=by_id, decided_at=at, decision=text)).rowcount == 1


def keep_level(finding_id: str, level: int) -> None:
    """How far up an overdue finding has been told."""
    run(update(Finding).where(Finding.id == finding_id).values(escalated=level))
