"""Reads of receipts: has this id been seen, and with which content."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app import db
from app.accounts.models import Person
from app.checks.models import Arrival, Signature
from app.checks.models import Receipt as ReceiptTable
from app.checks.rules_receipt import Receipt, receipt_of
from app.checks.rules_signing import Signed

_RECEIPTS = ReceiptTable.__table__.c
_SEEN = db.Prepared(
    select(_RECEIPTS.digest, _RECEIPTS.answer, _RECEIPTS.person_id).where(_RECEIPTS.check_id == bindparam("check_id"))
)
_SIGNATURES = select(
    Signature.id, Signature.check_id, Signature.steps, Signature.person_id, Signature.person_name, Signature.author_id,
    Signature.method, Signature.signed_at, Person.org_id, Person.role,
).outerjoin(Person, Person.id == Signature.person_id)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenBefore:
    digest: str
    person_id: str
    receipt: Receipt


def seen_before(check_id: str) -> SeenBefore | None:
    found = db.row(_SEEN, {"check_id": check_id})
    return SeenBefore(found.digest, found.person_id, receipt_of(found.answer)) if found else None


def digest_of_arrival(check_id: str) -> str | None:
    """Of the arrival that a phone has told of this check."""
    found: str | None = db.scalar(select(Arrival.digest).where(Arrival.check_id == check_id))
    return found


def canonical_body(check_id: str) -> bytes | None:
    """The canonical bytes as received."""
    kept: bytes | None = db.scalar(select(ReceiptTable.body).where(ReceiptTable.check_id == check_id))
    return kept


def signatures_of(check_id: str) -> list[Signed]:
    """All second signatures of a check, whether it has arrived yet or not."""
    found = db.rows(_SIGNATURES.where(Signature.check_id == check_id).order_by(Signature.signed_at))
    return [Signed(row[0], row[1], tuple(row[2]), *row[3:]) for row in found]


def signature_by_id(signature_id: str) -> Signed | None:
    found = db.row(_SIGNATURES.where(Signature.id == signature_id))
    return Signed(found[0], found[1], tuple(found[2]), *found[3:]) if found else None
