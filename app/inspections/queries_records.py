"""Reads of what inspections rest on and lead to: records linked by number, findings and what became of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app import db
from app.checks.models import Check, Receipt
from app.inspections.models import Item
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.rules_deeds import Deed
from app.organisations.queries import scope_of, within
from app.web.current import CurrentPerson


@dataclass(frozen=True, slots=True)
class Linked:
    """A record or a finding that an item may rest on."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finding of an inspection and what became of it; `rechecked_at` is the last recheck, `rechecks` how many."""

    no: int
    id: str
    number: str
    severity: str
    state: str
    due_at: datetime | None
    closed_at: datetime | None
    rechecks: int = 0
    rechecked_at: datetime | None = None


def record_by_number(number: str, who: CurrentPerson) -> Linked | None:
    """The check of this receipt number, or the finding of this number, within the reach of who asks."""
    scope = scope_of(who)
    check = db.row(
        select(Receipt.check_id, Receipt.number)
        .join(Check, Check.id == Receipt.check_id)
        .where(Receipt.number == number, *within(scope, Check.implementer_id, Check.responsible_id))
    )
    if check:
        return Linked("check", check.check_id, check.number)
    finding = db.row(
        select(Finding.id, Finding.number).where(
            Finding.number == number, *within(scope, Finding.implementer_id, Finding.responsible_id)
        )
    )
    return Linked("finding", finding.id, finding.number) if finding else None


def outcomes_of(ids: list[str]) -> dict[str, list[Outcome]]:
    """Inspection -> its findings by item, each with where it stands and its rechecks."""
    columns = (Finding.id, Finding.number, Finding.severity, Finding.state, Finding.due_at, Finding.closed_at)
    statement = (
        select(Item.inspection_id, Item.no, *columns)
        .join(Finding, Finding.id == Item.finding_id)
        .where(Item.inspection_id.in_(ids))
        .order_by(Item.no)
    )
    found = list(db.rows(statement))
    looks = _rechecks([row.id for row in found])
    by_inspection: dict[str, list[Outcome]] = defaultdict(list)
    for row in found:
        times = looks.get(row.id, [])
        last = times[-1] if times else None
        by_inspection[row.inspection_id].append(
            replace(Outcome(*tuple(row)[1:]), rechecks=len(times), rechecked_at=last)
        )
    return by_inspection


def _rechecks(finding_ids: list[str]) -> dict[str, list[datetime]]:
    """Finding -> the hours at which somebody rechecked it, in order."""
    looked = FindingEvent.kind.in_((Deed.CLOSE, Deed.RETURN))
    statement = select(FindingEvent.finding_id, FindingEvent.at).where(FindingEvent.finding_id.in_(finding_ids), looked)
    found: dict[str, list[datetime]] = defaultdict(list)
    for row in db.rows(statement.order_by(FindingEvent.at, FindingEvent.id)):
        found[row.finding_id].append(row.at)
    return found
