"""What is kept about one person: rows of every table that names the account, secrets left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, or_, select

from app.db import db, rows, scalar
from app.privacy.rules_own import COUNTED, LEFT_OUT, NAMES_A_PERSON, SECRETS
from app.schedule.models import Crew

_PORTION = 500


@dataclass(frozen=True)
class Part:
    """A table with the columns that may name the person."""

    table: str
    columns: tuple[str, ...]


def parts() -> list[Part]:
    """Every table with such a column, in the order of their names; new tables come in by themselves."""
    found = []
    for table in db.metadata.sorted_tables:
        columns = tuple(column.name for column in table.columns if _names(table.name, column.name))
        if columns and table.name not in LEFT_OUT:
            found.append(Part(table.name, columns))
    return sorted(found, key=lambda part: part.table)


def crew_named(crew_id: str | None) -> str:
    """What people call the crew; "" without one."""
    return str(scalar(select(Crew.name).where(Crew.id == crew_id)) or "") if crew_id else ""


def counts(person_id: str) -> dict[str, int]:
    """How many rows the parts that the page shows have."""
    named = {part.table: part for part in parts()}
    shown = [named[table] for table in COUNTED if table in named]
    return {part.table: int(scalar(_counting(part, person_id)) or 0) for part in shown}


def rows_of_part(part: Part, person_id: str) -> Iterator[dict[str, Any]]:
    """The rows that name the person, in portions."""
    table = db.metadata.tables[part.table]
    kept = [column for column in table.columns if f"{part.table}.{column.name}" not in SECRETS]
    statement = select(*kept).where(_own(table, part, person_id)).order_by(*table.primary_key.columns)
    yield from _portions(statement)


def answers_of(person_id: str) -> Iterator[dict[str, Any]]:
    """The steps of the own checks; they name the check only."""
    checks, answers = db.metadata.tables["checks"], db.metadata.tables["answers"]
    statement = select(answers).join_from(answers, checks, checks.c.id == answers.c.check_id)
    yield from _portions(statement.where(checks.c.person_id == person_id).order_by(*answers.primary_key.columns))


def _portions(statement: Any) -> Iterator[dict[str, Any]]:
    start = 0
    while found := rows(statement.limit(_PORTION).offset(start)):
        yield from ({name: _plain(value) for name, value in each._mapping.items()} for each in found)  # noqa: SLF001
        start += _PORTION


def _counting(part: Part, person_id: str) -> Any:
    table = db.metadata.tables[part.table]
    return select(func.count()).select_from(table).where(_own(table, part, person_id))


def _own(table: Table, part: Part, person_id: str) -> ColumnElement[bool]:
    named: list[Column[Any]] = [table.c[name] for name in part.columns]
    return or_(*(column == person_id for column in named))


def _names(table: str, column: str) -> bool:
    return f"{table}.{column}" in ("people.id", "audit_events.about") or column in NAMES_A_PERSON


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} bytes"
    return str(value) if isinstance(value, Decimal) else value
