"""What counts for a contractor in a month: windows of its contract, without what a ruling took out (CT-7, CT-8)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, tzinfo

from sqlalchemy import ColumnElement, or_, select

from app import db
from app.contractors.models import Dispute, Ruling
from app.contractors.queries import Standing
from app.contractors.rules import Kind
from app.days import ONE_DAY, begins
from app.nonconformities.models import Finding
from app.schedule.models import Occurrence

# A contract without an end may be entered with the last day there is, which no instant follows.
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True)
class Spared:
    """Windows and findings whose flag does not count: the contractor's dispute was upheld."""

    windows: frozenset[int] = frozenset()
    findings: frozenset[str] = frozenset()


NONE_SPARED = Spared()


def spared_in(month: date) -> dict[str, Spared]:
    """Contractor -> what rulings took out: windows of the month, findings of any, for their limit may lie later."""
    statement = (
        select(Dispute.org_id, Dispute.kind, Dispute.target)
        .join(Ruling, Ruling.dispute_id == Dispute.id)
        .where(Ruling.upheld.is_(True), or_(Dispute.month == month, Dispute.kind == Kind.FINDING))
    )
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: {Kind.MISSED: set(), Kind.FINDING: set()})
    for row in db.rows(statement):
        found[row.org_id][row.kind].add(row.target)
    return {
        org_id: Spared(frozenset(map(int, kinds[Kind.MISSED])), frozenset(kinds[Kind.FINDING]))
        for org_id, kinds in found.items()
    }


def windows_in(contract: Standing | None, spared: Spared) -> list[ColumnElement[bool]]:
    """CT-8: windows of the contract's standards and days; without those spared, as if neither due nor missed."""
    clauses: list[ColumnElement[bool]] = []
    if contract is not None:
        clauses += [Occurrence.standard_code.in_(contract.standards)]
        clauses += [Occurrence.business_on >= contract.from_on, Occurrence.business_on <= contract.to_on]
    if spared.windows:
        clauses.append(Occurrence.id.notin_(sorted(spared.windows)))
    return clauses


def findings_in(contract: Standing, spared: Spared, zone: tzinfo) -> list[ColumnElement[bool]]:
    """CT-8: findings of the contract's standards, found on its days; repairs only if they are in its scope."""
    first, last = max(contract.from_on, EARLIEST), min(contract.to_on, LATEST)
    clauses: list[ColumnElement[bool]] = [
        Finding.standard_code.in_(contract.standards),
        Finding.found_at >= begins(first, zone),
        Finding.found_at < begins(last + ONE_DAY, zone),
    ]
    if not contract.repairs:
        clauses += [Finding.fail_action != "repair", or_(Finding.cause.is_(None), Finding.cause != "facility")]
    if spared.findings:
        clauses.append(Finding.id.notin_(sorted(spared.findings)))
    return clauses
