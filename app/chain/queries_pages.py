"""What the pages of the chain show: a receipt checked by anybody, the state of the chain for those who keep watch."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.chain.queries import anchors, entry_of, last_seal, sealed_at
from app.chain.queries_rows import digests
from app.chain.rules_history import BUNDLE
from app.checks.models import CheckState, Receipt
from app.db import AnyRow, row, rows

CODE_LENGTH = 8
NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Proof:
    """What anybody may know of a receipt: unchanged or not, which entry, sealed when, under which head, void or not."""

    unchanged: bool
    seq: int | None = None
    sealed_at: datetime | None = None
    link: str = ""
    void: bool = False


def proof_of(number: str, code: str) -> Proof | None:
    """The proof of a receipt, for whoever has its number and its check code (or the whole fingerprint); None: unknown.

    Unknown numbers and wrong codes take the same way as known ones.
    """
    found = row(
        select(Receipt.check_id, Receipt.digest, CheckState.void)
        .outerjoin(CheckState, CheckState.check_id == Receipt.check_id)
        .where(Receipt.number == number)
    )
    check_id, digest = (found.check_id, found.digest) if found else (NOBODY, "-" * 64)
    right = len(code) in (CODE_LENGTH, 64) and hmac.compare_digest(digest[: len(code)].encode(), code.encode())
    entry, there = entry_of(BUNDLE, check_id), digests(BUNDLE, [check_id]).get(check_id)
    at = sealed_at(entry.seq if entry else 0)
    if not (found and right):
        return None
    void = bool(found.void)
    if entry is None:
        return Proof(unchanged=there is not None, void=void)
    same = there is not None and there.digest == bytes(entry.digest)
    return Proof(same, entry.seq, at, bytes(entry.link).hex(), void)


def head() -> AnyRow | None:
    """(seq, at, link) of the newest seal."""
    return last_seal()


def last_anchors(limit: int = 14) -> list[tuple[date, int, str]]:
    """Newest first: day, entry, head."""
    return [(each.day, each.seq, bytes(each.link).hex()) for each in anchors(limit)]


def names_of(ids: set[str]) -> dict[str, str]:
    """The names of these people."""
    if not ids:
        return {}
    return {each.id: each.name for each in rows(select(Person.id, Person.name).where(Person.id.in_(ids)))}
