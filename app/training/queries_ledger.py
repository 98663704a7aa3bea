"""Reads of the ledger of sessions, drills, demonstrations and materials (rules TR-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.training.models import LedgerEntry

A_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """An entry; `replaced`: a later one corrects it."""

    id: str
    kind: str
    way: str
    title: str
    edition: str | None
    org_id: str
    org_name: str
    on: date
    place: str
    led_by: str
    expected: int
    present: int
    minutes: int
    note: str
    replaces: str | None
    by_name: str | None
    replaced: bool


_LATER = LedgerEntry.__table__.alias("later")
_ENTRY = (
    select(
        LedgerEntry.id, LedgerEntry.kind, LedgerEntry.way, LedgerEntry.title, LedgerEntry.edition,
        LedgerEntry.org_id, Organisation.name.label("org_name"), LedgerEntry.on, LedgerEntry.place,
        LedgerEntry.led_by, LedgerEntry.expected, LedgerEntry.present, LedgerEntry.minutes, LedgerEntry.note,
        LedgerEntry.replaces, Person.name.label("by_name"),
        exists().where(_LATER.c.replaces == LedgerEntry.id).label("replaced"),
    )
    .join(Organisation, Organisation.id == LedgerEntry.org_id)
    .outerjoin(Person, Person.id == LedgerEntry.by_id)
)  # fmt: skip


def entry_of(entry_id: str) -> Entry | None:
    """One entry."""
    found = db.row(_ENTRY.where(LedgerEntry.id == entry_id))
    return Entry(*found) if found else None


def ledger(units: frozenset[str] | None, year: int, page: int) -> tuple[list[Entry], bool]:
    """One page of a year's entries that count, the newest first, and whether there are more."""
    found = db.rows(_of_year(units, year).limit(A_PAGE + 1).offset((page - 1) * A_PAGE))
    return [Entry(*row) for row in found[:A_PAGE]], len(found) > A_PAGE


def whole_ledger(units: frozenset[str] | None, year: int) -> list[Entry]:
    """All entries of a year that count."""
    return [Entry(*row) for row in db.rows(_of_year(units, year))]


def head_counts(units: frozenset[str] | None, year: int) -> dict[str, tuple[int, int, int]]:
    """Kind to how many entries count, and the heads expected and present in them."""
    inner = _of_year(units, year).order_by(None).subquery()
    statement = select(inner.c.kind, func.count(), func.sum(inner.c.expected), func.sum(inner.c.present)).group_by(
        inner.c.kind
    )
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in db.rows(statement)}


def _of_year(units: frozenset[str] | None, year: int) -> Any:
    statement = _ENTRY.where(LedgerEntry.on >= date(year, 1, 1), LedgerEntry.on <= date(year, 12, 31))
    statement = statement.where(~exists().where(_LATER.c.replaces == LedgerEntry.id))
    if units is not None:
        statement = statement.where(LedgerEntry.org_id.in_(units))
    return statement.order_by(LedgerEntry.on.desc(), LedgerEntry.at.desc(), LedgerEntry.id)
