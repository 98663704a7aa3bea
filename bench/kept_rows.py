"""The rows of bench/years.py into the product's tables: as text through a file, past triggers and indexes.

A file of values that commas part is what DuckDB writes, and Python and PostgreSQL read, many times faster than row by
row; triggers and indexes stand again before anybody asks.
"""

import csv
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import psycopg

from bench import years
from bench.years_columns import COUNTS, OCCURRENCES, TABLES

# Stands for nothing at all: no text of the rows is like it.
NOTHING = "\\N"


def batches(windows: int) -> Iterator[duckdb.DuckDBPyConnection]:
    link = duckdb.connect(config={"threads": 1})
    for first, until in years.months():
        years.facts(link, first, until, windows)
        say(f"{first:%Y-%m}")
        yield link
    link.close()


def load_sqlite(url: str, windows: int) -> None:
    tables = "', '".join(TABLES)
    where = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(where, isolation_level=None)) as link, TemporaryDirectory() as folder:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-3000000", "foreign_keys=OFF"):
            link.execute(f"PRAGMA {pragma}")
        found = link.execute(
            f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('{tables}') AND sql IS NOT NULL "
            "AND type IN ('index', 'trigger')"
        ).fetchall()
        for what, name, _sql in found:
            link.execute(f"DROP {what} {name}")
        for facts in batches(windows):
            for table in TABLES:
                _copy_sqlite(facts, link, table, Path(folder) / "rows.csv")
        for _what, name, made in found:
            say(name)
            link.execute(made)
        link.execute("PRAGMA journal_mode=WAL")


def _copy_sqlite(facts: duckdb.DuckDBPyConnection, link: sqlite3.Connection, table: str, file: Path) -> None:
    columns = TABLES[table][0]
    values = ", ".join("CAST(? AS BLOB)" if each == "body" else f"nullif(?, '{NOTHING}')" for each in columns)
    _write(facts, table, file)
    link.execute("BEGIN")
    with file.open(encoding="utf-8", newline="") as rows:
        link.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", csv.reader(rows))
    link.execute("COMMIT")


def _write(facts: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    facts.execute(f"COPY ({years.select(table)}) TO '{file}' (FORMAT csv, HEADER false, NULLSTR '{NOTHING}')")


def load_postgres(url: str, windows: int) -> None:
    tables = list(TABLES)
    with closing(psycopg.connect(url, autocommit=True)) as link, TemporaryDirectory() as folder:
        link.execute("SET session_replication_role = replica")
        link.execute("SET timezone = 'UTC'")
        link.execute("SET maintenance_work_mem = '1GB'")
        found = link.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) "
            "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [tables],
        ).fetchall()
        for name, _made in found:
            link.execute(f'DROP INDEX "{name}"')
        for facts in batches(windows):
            for table in tables:
                _copy_postgres(facts, link, table, Path(folder) / "rows.csv")
        for name, made in found:
            say(name)
            link.execute(made)
        link.execute("VACUUM ANALYZE")


def _copy_postgres(facts: duckdb.DuckDBPyConnection, link: psycopg.Connection, table: str, file: Path) -> None:
    columns = TABLES[table][0]
    _write(facts, table, file)
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv, NULL '{NOTHING}')"
    with link.cursor() as cursor, cursor.copy(statement) as copy, file.open("rb") as rows:
        while block := rows.read(1 << 20):
            copy.write(block)


def keep_raw(file: Path, windows: int) -> None:
    """The windows as DuckDB would hold them, with types of its own."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    numbers = {*COUNTS, *("dual_due", "signed", "scanned", "short_visit")}
    with closing(duckdb.connect(str(fresh), config={"threads": 1})) as link:
        for number, (first, until) in enumerate(years.months()):
            years.facts(link, first, until, windows)
            typed = ", ".join(f"({value})::{_type(name, numbers)} AS {name}" for name, value in OCCURRENCES.items())
            made = f"SELECT {typed} FROM facts ORDER BY id"
            link.execute(f"INSERT INTO occurrences {made}" if number else f"CREATE TABLE occurrences AS {made}")
    fresh.rename(file)


def _type(name: str, numbers: set[str]) -> str:
    if name in numbers:
        return "SMALLINT"
    return {"id": "BIGINT", "business_on": "DATE"}.get(name) or ("TIMESTAMP" if name.endswith("_at") else "VARCHAR")


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
