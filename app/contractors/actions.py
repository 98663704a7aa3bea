"""Deeds: keep a file or a contract, dispute a flag before the month closes, decide about it. Rows are only added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import insert

from app.contractors.models import Contract, ContractorFile, Dispute, Ruling
from app.contractors.queries import NO_DISPUTE, Standing, contract_in, contractor, contracts_of, dispute, file_of
from app.contractors.queries_view import flag_of, flags
from app.contractors.rules import closes_on, is_open
from app.db import run
from app.refusals import Conflict, Invalid, NotFound
from app.standards.queries import standards
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_FLAG = lazy("There is no such flag in that month.")
NO_CONTRACT = lazy("There is no contract yet, so nothing counts.")
DECIDED = lazy("This dispute has been decided already.")
UNKNOWN_STANDARD = lazy("Choose standards of the list.")


@dataclass(frozen=True)
class DisputeWish:
    """A dispute as typed."""

    id: str
    org_id: str
    month: date
    kind: str
    target: str
    reason: str


def keep_file(org_id: str, entries: dict[str, str], who: CurrentPerson, now: datetime) -> bool:
    """The file as it stands from now on; the same again changes nothing."""
    contractor(org_id, who)
    if file_of(org_id) == entries:
        return False
    run(insert(ContractorFile).values(org_id=org_id, entries=entries, by_id=who.id, at=now))
    return True


def keep_contract(org_id: str, wish: Standing, who: CurrentPerson, now: datetime) -> bool:
    """Another contract, or a correction of one; the same again changes nothing."""
    contractor(org_id, who)
    if not set(wish.standards) <= {each.code for each in standards()}:
        raise Invalid(UNKNOWN_STANDARD, fields={"standards": UNKNOWN_STANDARD})
    if next(iter(contracts_of(org_id)), None) == wish:
        return False
    run(
        insert(Contract).values(
            org_id=org_id, number=wish.number, from_on=wish.from_on, to_on=wish.to_on, scope=wish.scope,
            standards=list(wish.standards), levels=dict(wish.levels), repairs=wish.repairs, by_id=who.id, at=now,
            weights=dict(wish.weights) or None,
        )
    )  # fmt: skip
    return True


def raise_dispute(wish: DisputeWish, who: CurrentPerson, now: datetime, zone: tzinfo) -> bool:
    """The contractor's side of a flag. False when the flag is disputed already; Conflict once the month is closed."""
    contractor(wish.org_id, who)
    contract = contract_in(wish.org_id, wish.month)
    if contract is None:
        raise Conflict(NO_CONTRACT)
    if not is_open(wish.month, now.astimezone(zone).date()):
        day = closes_on(wish.month).isoformat()
        raise Conflict(lazy("The month closed on %(day)s; its flags stand.", day=day), problem="month-closed")
    flag = flag_of(flags(wish.org_id, contract, wish.month, now, zone), wish.kind, wish.target)
    if flag is None:
        raise NotFound(NO_FLAG)
    if flag.argued is not None or dispute(wish.id) is not None:
        return False
    values = {"id": wish.id, "org_id": wish.org_id, "month": wish.month, "kind": wish.kind, "target": wish.target}
    run(insert(Dispute).values(**values, reason=wish.reason, by_id=who.id, at=now))
    return True


def rule(dispute_id: str, reason: str, who: CurrentPerson, now: datetime, *, upheld: bool) -> str:
    """The responsible section decides, once; gives back whose dispute it was. Raises NotFound, Conflict."""
    found = dispute(dispute_id)
    if found is None:
        raise NotFound(NO_DISPUTE)
    contractor(found.org_id, who)
    if found.upheld is not None:
        if found.upheld is not upheld:
            raise Conflict(DECIDED)
        return found.org_id
    run(insert(Ruling).values(dispute_id=dispute_id, upheld=upheld, reason=reason, by_id=who.id, at=now))
    return found.org_id
