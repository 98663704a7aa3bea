"""Proposals to revise standards, with the records behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.nonconformities.models import Finding, RevisionProposal
from app.nonconformities.rules_proposals import Answer
from app.places.models import Point
from app.standards.models import Standard


@dataclass(frozen=True, slots=True)
class Proposal:
    """A standard's step that should change, why, and what became of it."""

    id: str
    standard_code: str
    edition: str
    standard: str | None
    step_id: str
    step_title: str
    reason: str
    text: str
    findings: tuple[str, ...]
    at: datetime
    by: str | None
    state: Answer
    decided_by: str | None
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a proposal."""

    id: str
    number: str
    point: str | None
    text: str
    found_at: datetime
    failed_rechecks: int


_BY, _DECIDER = aliased(Person), aliased(Person)
_PROPOSALS = (
    select(
        RevisionProposal.id, RevisionProposal.standard_code, RevisionProposal.edition, Standard.title.label("standard"),
        RevisionProposal.step_id, RevisionProposal.step_title, RevisionProposal.reason, RevisionProposal.text,
        RevisionProposal.findings, RevisionProposal.at, _BY.name.label("by"), RevisionProposal.state,
        _DECIDER.name.label("decided_by"), RevisionProposal.decided_at, RevisionProposal.decision,
    )
    .outerjoin(Standard, Standard.code == RevisionProposal.standard_code)
    .outerjoin(_BY, _BY.id == RevisionProposal.by_id)
    .outerjoin(_DECIDER, _DECIDER.id == RevisionProposal.decided_by_id)
)  # fmt: skip


def _proposal(row: db.AnyRow) -> Proposal:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's own name for the public mapping
    return Proposal(**{**values, "findings": tuple(values["findings"]), "state": Answer(values["state"])})


def proposals(limit: int = 100) -> list[Proposal]:
    """Those that wait first, then the newest."""
    waits = (RevisionProposal.state != Answer.OPEN).label("settled")
    found = db.rows(_PROPOSALS.order_by(waits, RevisionProposal.at.desc(), RevisionProposal.id).limit(limit))
    return [_proposal(row) for row in found]


def proposal_by_id(proposal_id: str) -> Proposal | None:
    """One proposal."""
    found = db.row(_PROPOSALS.where(RevisionProposal.id == proposal_id))
    return _proposal(found) if found else None


def proposals_of(standard_code: str, limit: int = 50) -> list[Proposal]:
    """Those about one standard, the newest first."""
    mine = _PROPOSALS.where(RevisionProposal.standard_code == standard_code)
    found = db.rows(mine.order_by(RevisionProposal.at.desc(), RevisionProposal.id).limit(limit))
    return [_proposal(row) for row in found]


def waiting_by_code() -> dict[str, int]:
    """Standard -> how many of its proposals wait for an answer."""
    statement = select(RevisionProposal.standard_code, func.count()).where(RevisionProposal.state == Answer.OPEN)
    return dict(map(tuple, db.rows(statement.group_by(RevisionProposal.standard_code))))


def proposals_waiting() -> int:
    """How many the standards section has not answered."""
    statement = select(func.count()).select_from(RevisionProposal).where(RevisionProposal.state == Answer.OPEN)
    return int(db.scalar(statement))


def records_behind(found: Iterable[Proposal]) -> dict[str, Behind]:
    """Finding id -> the record, for all of these proposals. One query."""
    ids = sorted({finding_id for each in found for finding_id in each.findings})
    statement = (
        select(Finding.id, Finding.number, Point.name, Finding.text, Finding.found_at, Finding.failed_rechecks)
        .outerjoin(Point, Point.id == Finding.point_id)
        .where(Finding.id.in_(ids))
    )
    return {row.id: Behind(*row) for row in db.rows(statement)} if ids else {}
