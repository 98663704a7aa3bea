"""Writes of the tallies: cells added to, taken away, brought together by month; noted changes that are done with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, Table, delete, insert, text, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.tallies.models import Tally, TallyDelta, TallyMark, TallyVerification

DELTAS = cast("Table", TallyDelta.__table__)
MARKS = cast("Table", TallyMark.__table__)
VERIFICATIONS = cast("Table", TallyVerification.__table__)


def hold_still() -> None:
    """What follows sees one moment, and nobody else folds meanwhile. Must come first in its transaction.

    SQLite has one writer anyway. On PostgreSQL the lock comes before the snapshot is taken.
    """
    if db.engine.dialect.name == "postgresql":
        run(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        run(text("LOCK TABLE tally_marks IN EXCLUSIVE MODE"))


def add_cells(tally: Tally, cells: Select[Any]) -> None:
    """Add these cells (date, keys, counts) to those that stand."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    names = ["on", *tally.keys, *tally.counts]
    statement = dialect.insert(tally.table).from_select(names, cells, include_defaults=False)
    grown = {name: tally.table.c[name] + statement.excluded[name] for name in tally.counts}
    run(statement.on_conflict_do_update(index_elements=["on", *tally.keys], set_=grown))


def remove_cells(tally: Tally, first: date, until: date) -> None:
    """Cells from `first` on, before `until`."""
    run(delete(tally.table).where(tally.table.c.on >= first, tally.table.c.on < until))


def remove_empty_cells(tally: Tally) -> None:
    """Cells in which nothing is counted any more."""
    run(delete(tally.table).where(*(tally.table.c[name] == 0 for name in tally.counts)))


def remove_deltas_through(last_id: int) -> None:
    """Noted changes up to this number, as far as this transaction sees them."""
    run(delete(DELTAS).where(DELTAS.c.id <= last_id))


def remove_deltas_within(begins: datetime, ends: datetime) -> None:
    """Noted changes of windows whose grace ends in this time."""
    run(delete(DELTAS).where(DELTAS.c.grace_end_at >= begins, DELTAS.c.grace_end_at < ends))


def keep_months_before(first: date) -> None:
    """Days before this date stand together by month from now on."""
    run(update(MARKS).values(months_before=first))


def keep_today_until(until: datetime | None) -> None:
    """Windows of today that were over before this instant stand in the cells of today; None: nothing does."""
    run(update(MARKS).values(today_until=until))


def insert_verification(row: Mapping[str, Any]) -> None:
    run(insert(VERIFICATIONS).values(dict(row)))


def forget_verifications(before: datetime) -> None:
    run(delete(VERIFICATIONS).where(VERIFICATIONS.c.at < before))
