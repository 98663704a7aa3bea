"""A whole site from one database into another, empty one: all tables and proof of each, or nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Table
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.operations import queries_move as queries
from app.operations import writes_move as writes
from app.operations.queries_backup import revision_of
from app.operations.rules_move import Summed, parents_first

# A running server ends a job of its timer every half minute.
STANDS_STILL_AFTER = timedelta(minutes=1)
Told = Callable[[str, Summed], None]


class NotMoved(Exception):
    """Nothing was changed; the message says why."""


def refuse_unfit(link: Connection, target: Engine, now: datetime) -> None:
    """Raises NotMoved while a server keeps the time of this site: what it takes meanwhile would stay behind.

    And where this site has another schema than the target got.
    """
    with target.connect() as there:
        if (here := revision_of(link)) != revision_of(there):
            raise NotMoved(f"the schema here is of migration {here}: run dabiao migrate first")
    last = queries.last_deed_of_timer(link)
    if last and now - last < STANDS_STILL_AFTER:
        raise NotMoved("a server is at work, its timer did something within the last minute: stop it, wait a minute")


def refuse_occupied(link: Connection) -> None:
    """Raises NotMoved when the target holds anything."""
    if found := queries.occupied(link):
        raise NotMoved(f"the target is not empty: {', '.join(found[:5])}")


def move(source: Connection, target: Engine, told: Told) -> int:
    """Every table in one transaction of the target; `told` hears of each that was read again and fits. Rows in all."""
    tables, sums = queries.tables(), {}
    with target.begin() as link:
        writes.unguarded(link)
        writes.clear(link, tables)
        for table in tables:
            sums[table.name] = _copied(source, link, table)
        writes.go_on_counting(link, queries.highest(link))
        for table in tables:
            found = _read_again(link, table)
            if found != sums[table.name]:
                raise NotMoved(
                    f"{table.name} came over otherwise: {sums[table.name].rows} rows here, {found.rows} there"
                )
            told(table.name, found)
        writes.guarded(link)
    return sum(each.rows for each in sums.values())


def _copied(source: Connection, link: Connection, table: Table) -> Summed:
    summed, own = Summed(), _own_parent(table)
    held: list[dict[str, object]] = []
    for portion in queries.portions(source, table):
        summed = summed.and_also(portion)
        rows = [dict(row._mapping) for row in portion]  # noqa: SLF001  the public name of a row's mapping
        if own:
            held += rows
        else:
            _add(link, table, rows)
    if held and own:
        _add(link, table, parents_first(held, *own))
    return summed


def _add(link: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    try:
        writes.add(link, table, rows)
    except SQLAlchemyError as fault:
        raise NotMoved(f"{table.name}: {str(fault.__cause__ or fault).splitlines()[0]}") from fault


def _read_again(link: Connection, table: Table) -> Summed:
    summed = Summed()
    for portion in queries.portions(link, table):
        summed = summed.and_also(portion)
    return summed


def _own_parent(table: Table) -> tuple[str, str] | None:
    """Key and column by which rows of a table name other rows of it."""
    for column in table.columns:
        for named in column.foreign_keys:
            if named.column.table is table:
                return named.column.name, column.name
    return None
