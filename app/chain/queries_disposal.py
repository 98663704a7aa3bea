"""What is proposed for disposal, by whom, and how far it got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.chain.models import Disposal, DisposalApproval, DisposalEnd, DisposalItem
from app.db import rows, scalar

PERSONS = 2
CARRIED = "carried"
"""The outcome of a disposal whose records are gone; the other is `withdrawn`."""


@dataclass(frozen=True)
class DisposalRow:
    """A disposal with the persons who stand for it; `outcome` None: still open."""

    id: str
    reason: str
    by_id: str | None
    at: datetime
    items: int
    approved_by: tuple[str, ...]
    outcome: str | None
    ended_at: datetime | None
    removed: int

    @property
    def permitted(self) -> bool:
        return len(self.approved_by) >= PERSONS and self.outcome is None


def disposals(*, open_only: bool = False, ids: Sequence[str] | None = None, limit: int = 50) -> list[DisposalRow]:
    """Newest first."""
    items = select(func.count()).where(DisposalItem.disposal_id == Disposal.id).scalar_subquery()
    columns = (Disposal.id, Disposal.reason, Disposal.by_id, Disposal.at, items.label("items"))
    found = select(*columns, DisposalEnd.outcome, DisposalEnd.at.label("ended_at"), DisposalEnd.removed)
    found = found.outerjoin(DisposalEnd, DisposalEnd.disposal_id == Disposal.id).order_by(Disposal.at.desc())
    if open_only:
        found = found.where(DisposalEnd.outcome.is_(None))
    if ids is not None:
        found = found.where(Disposal.id.in_(ids))
    here = rows(found.limit(limit))
    names = _approvals([row.id for row in here])
    return [
        DisposalRow(
            row.id, row.reason, row.by_id, row.at, row.items, names.get(row.id, ()), row.outcome, row.ended_at,
            row.removed or 0,
        )
        for row in here
    ]  # fmt: skip


def disposal(disposal_id: str) -> DisposalRow | None:
    return next(iter(disposals(ids=[disposal_id])), None)


def items_of(disposal_id: str) -> list[tuple[str, str]]:
    """The records it names: (table, key)."""
    named = select(DisposalItem.kind, DisposalItem.key).where(DisposalItem.disposal_id == disposal_id)
    return [(row.kind, row.key) for row in rows(named.order_by(DisposalItem.kind, DisposalItem.key))]


def waiting_for_approval() -> int:
    """How many disposals are open."""
    ended = select(DisposalEnd.disposal_id)
    return int(scalar(select(func.count()).select_from(Disposal).where(Disposal.id.not_in(ended))) or 0)


def _approvals(ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    given = select(DisposalApproval.disposal_id, DisposalApproval.person_id).where(
        DisposalApproval.disposal_id.in_(ids)
    )
    names: dict[str, list[str]] = {}
    for row in rows(given.order_by(DisposalApproval.at)):
        names.setdefault(row.disposal_id, []).append(row.person_id)
    return {key: tuple(each) for key, each in names.items()}
