"""What a database holds: rows of a table in order, and row counts to compare before and after."""

from typing import Any

from sqlalchemy import func, select

from app.db import db, rows, scalar


def rows_of(table: type) -> list[Any]:
    """All rows of a mapped table, by its primary key."""
    columns = table.__table__
    return list(rows(select(columns).order_by(*columns.primary_key.columns)))


def tables() -> dict[str, int]:
    """Table name -> number of rows."""
    return {name: scalar(select(func.count()).select_from(table)) for name, table in db.metadata.tables.items()}
