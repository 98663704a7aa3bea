"""Reads of contractors: their files, contracts and disputes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.contractors.models import Contract, ContractorFile, Dispute, Ruling
from app.contractors.rules import Terms, in_force
from app.days import ONE_DAY, month_of, next_month
from app.organisations.models import Organisation
from app.organisations.queries import Unit, scope_of, units
from app.refusals import NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such contractor within your reach.")
NO_DISPUTE = lazy("There is no such dispute within your reach.")
CONTRACTOR = "contractor"


@dataclass(frozen=True)
class Standing:
    """A contract as it was entered; `levels` are targets in percent by measure, `weights` those it names itself."""

    number: str
    from_on: date
    to_on: date
    standards: tuple[str, ...]
    scope: str
    levels: Mapping[str, float]
    repairs: bool
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        return Terms(self.from_on, self.to_on, frozenset(self.standards), self.repairs)


@dataclass(frozen=True)
class Argued:
    """A dispute with its ruling; `upheld` None waits."""

    id: str
    org_id: str
    month: date
    kind: str
    target: str
    reason: str
    by_name: str | None
    at: datetime
    upheld: bool | None
    ruling: str | None


def contractors(who: CurrentPerson) -> list[Unit]:
    """The contractors within reach: a manager has the own company only (rules CT-9)."""
    scope = scope_of(who)
    return [each for each in units() if each.kind == CONTRACTOR and (scope.units is None or each.id in scope.units)]


def contractor(org_id: str, who: CurrentPerson) -> Unit:
    """One of them; raises NotFound."""
    found = next((each for each in contractors(who) if each.id == org_id), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def file_of(org_id: str) -> dict[str, str]:
    """The newest supplier file; empty when there is none."""
    statement = select(ContractorFile.entries).where(ContractorFile.org_id == org_id)
    found = db.row(statement.order_by(ContractorFile.id.desc()).limit(1))
    return dict(found.entries) if found else {}


def contracts_of(org_id: str) -> list[Standing]:
    """All that was entered, the newest first."""
    columns = (
        Contract.number, Contract.from_on, Contract.to_on, Contract.standards, Contract.scope, Contract.levels,
        Contract.repairs, Contract.weights,
    )  # fmt: skip
    found = db.rows(select(*columns).where(Contract.org_id == org_id).order_by(Contract.id.desc()))
    return [
        Standing(number, from_on, to_on, tuple(standards), scope, levels, repairs, weights or {})
        for number, from_on, to_on, standards, scope, levels, repairs, weights in found
    ]


def contract_in(org_id: str, month: date) -> Standing | None:
    """The one that rules a month (rules CT-7, CT-8): one entered for later days changes nothing before them."""
    return ruling(contracts_of(org_id), month)


def shown(held: Sequence[Standing], first: date, last: date) -> Standing | None:
    """Which a page shows of some days: the one that rules them, else the newest, over or yet to come."""
    return in_force(held, first, last) or next(iter(held), None)


def ruling(held: Sequence[Standing], month: date) -> Standing | None:
    """The same of contracts already read."""
    return in_force(held, month_of(month), next_month(month) - ONE_DAY)


_ARGUED = (
    select(
        Dispute.id, Dispute.org_id, Dispute.month, Dispute.kind, Dispute.target, Dispute.reason,
        Person.name.label("by_name"), Dispute.at, Ruling.upheld, Ruling.reason.label("ruling"),
    )
    .outerjoin(Ruling, Ruling.dispute_id == Dispute.id)
    .outerjoin(Person, Person.id == Dispute.by_id)
)  # fmt: skip


def disputes(org_id: str, month: date) -> dict[tuple[str, str], Argued]:
    """(kind, target) to what was said about it."""
    found = db.rows(_ARGUED.where(Dispute.org_id == org_id, Dispute.month == month).order_by(Dispute.at))
    return {(row.kind, row.target): Argued(*row) for row in found}


def dispute(dispute_id: str) -> Argued | None:
    """One dispute, wherever it belongs."""
    found = db.row(_ARGUED.where(Dispute.id == dispute_id))
    return Argued(*found) if found else None


def names(org_ids: list[str]) -> dict[str, str]:
    """Names of units."""
    statement = select(Organisation.id, Organisation.name).where(Organisation.id.in_(org_ids))
    return {row.id: row.name for row in db.rows(statement)}
