"""Whole tables written into an empty schema, and the counters of PostgreSQL set behind what came."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, delete, insert, text
from sqlalchemy.engine import Connection

from app.chain import writes_guards as guards
from app.operations.rules_move import OF_THE_SCHEMA
from app.tallies import writes_triggers as tallying


def unguarded(link: Connection) -> None:
    """Nothing adds rows of its own while rows come; part of the caller's transaction."""
    guards.take_down(link)
    tallying.take_down(link)


def guarded(link: Connection) -> None:
    """As every schema stands."""
    tallying.put_up(link)
    guards.put_up(link)


def clear(link: Connection, tables: Sequence[Table]) -> None:
    """What the schema itself has put there makes way."""
    for table in tables:
        if table.name in OF_THE_SCHEMA:
            link.execute(delete(table))


def add(link: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Rows as they are, numbers included."""
    link.execute(insert(table), rows)


def go_on_counting(link: Connection, highest: Sequence[tuple[str, str, int]]) -> None:
    """The next number is behind the largest that came; SQLite sees that by itself."""
    if link.dialect.name == "postgresql":
        for table, column, largest in highest:
            values = {"table": table, "column": column, "largest": largest}
            link.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :largest)"), values)
