"""Whole tables, read a portion at a time; what a target holds already; whether a server is at work."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.engine import Connection, Row

from app.db import db
from app.operations.rules_move import OF_THE_SCHEMA
from app.schedule.models import Lease

AT_ONCE = 1_000
VERSION = "alembic_version"


def tables() -> list[Table]:
    """All tables, those that are named before those that name them."""
    return list(db.metadata.sorted_tables)


def portions(link: Connection, table: Table) -> Iterator[list[Row[*tuple[Any, ...]]]]:
    """All rows in portions."""
    found = link.execute(select(table), execution_options={"yield_per": AT_ONCE})
    for portion in found.partitions(AT_ONCE):
        yield list(portion)


def occupied(link: Connection) -> list[str]:
    """Tables that stand in the way: with rows, or of somebody else."""
    there, ours = set(inspect(link).get_table_names()) - {VERSION}, {table.name: table for table in tables()}
    strange = sorted(there - ours.keys())
    mine = [ours[name] for name in sorted(there & ours.keys()) if name not in OF_THE_SCHEMA]
    full = [table.name for table in mine if link.execute(select(1).select_from(table).limit(1)).first()]
    return strange + full


def last_deed_of_timer(link: Connection) -> datetime | None:
    """When a job of the timer last ended."""
    found: datetime | None = link.execute(select(func.max(Lease.done_at))).scalar()
    return found


def hold_still(link: Connection) -> None:
    """Nobody writes until this transaction is over, and what is read is of one moment."""
    if link.dialect.name == "sqlite":
        link.execute(text("UPDATE alembic_version SET version_num = version_num"))
    else:
        link.execute(text("LOCK TABLE receipts, occurrences, leases IN SHARE MODE"))


def highest(link: Connection) -> list[tuple[str, str, int]]:
    """Table and column that the database counts up by itself, and the largest number so far."""
    counted = [(table, table.autoincrement_column) for table in tables()]
    found = [
        (table.name, column.name, link.execute(select(func.max(column))).scalar())
        for table, column in counted
        if column is not None
    ]
    return [(table, column, largest) for table, column, largest in found if largest]
