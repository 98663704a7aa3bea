"""Databases of many rows, made once and kept in bench/out: the product's schema, filled from bench/years.py.

    python -m bench.kept 1000000 10000000 [--databases sqlite,postgresql]

A folder is named by its generator and by the columns that it fills. Later migrations run on what is kept, so that a new
index needs no new rows. Loading goes past triggers and indexes, which stand again before the tallies are counted.
"""

import argparse
import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import psycopg
from flask import Flask
from flask_migrate import upgrade

from app import clock
from app.checks.models import Check, CheckState, Receipt
from app.db import db
from app.nonconformities.models import Finding
from app.photos.models import Photo, Picture
from app.schedule.models import Occurrence
from app.tallies import actions as tallies
from bench import years
from bench.postgres import Kept
from bench.small_rows import fill_small, small_rows
from bench.years_columns import COUNTS, OCCURRENCES, TABLES
from bench.years_shape import NOW
from tests.support.databases import make_app

OUT = Path(__file__).parent / "out"
KINDS = ("sqlite", "postgresql")
BLOCK = 20_000
MODELS = (Occurrence, Check, Receipt, CheckState, Finding, Photo, Picture)


def key() -> str:
    """Names what the rows follow from: the statements, the small rows, DuckDB's hash, the columns that are filled."""
    parts = [years.facts_text(*next(years.months()), 1), *map(years.select, TABLES), repr(small_rows())]
    parts += [f"{model.__tablename__}: {sorted(model.__table__.columns.keys())}" for model in MODELS]
    said = " ".join("\n".join([*parts, duckdb.__version__]).split())
    return hashlib.sha256(said.encode()).hexdigest()[:12]


@contextmanager
def kept(kind: str, windows: int) -> Iterator[tuple[Flask, int | None]]:
    """The application on the kept database, in its context, and PostgreSQL's process; made when it is missing."""
    folder = OUT / f"years-{key()}"
    folder.mkdir(parents=True, exist_ok=True)
    with _server(kind, folder) as server:
        name = f"w{windows}"
        url = server.url(name) if server else f"sqlite:///{folder / name}.sqlite3"
        app = make_app(url, folder / "instance")
        mark = folder / f"{kind}-{windows}.json"
        with app.app_context():
            if not mark.is_file():
                if server:
                    server.create_anew(name)
                else:
                    (folder / f"{name}.sqlite3").unlink(missing_ok=True)
                mark.write_text(json.dumps(_make(app, kind, url, folder, windows), indent=1), "utf-8")
            upgrade()
            try:
                yield app, server.pid if server else None
            finally:
                db.session.remove()
                db.engine.dispose()


@contextmanager
def _server(kind: str, folder: Path) -> Iterator[Kept | None]:
    if kind == "sqlite":
        yield None
        return
    with Kept(folder / "pg") as server:
        yield server


def raw(windows: int) -> Path:
    """The file of DuckDB with the same windows."""
    return OUT / f"years-{key()}" / f"raw-{windows}.duckdb"


def _make(app: Flask, kind: str, url: str, folder: Path, windows: int) -> dict[str, Any]:
    began = time.monotonic()
    # In a thread of its own: a connection stays with its thread, and SQLite lets nobody else change how it journals.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(_begin, app).result()
    db.engine.dispose()
    (_load_sqlite if kind == "sqlite" else _load_postgres)(url, windows)
    loaded = time.monotonic()
    zone = app.extensions["settings"].zone
    with clock.at(NOW):
        tallies.close_days(clock.today(zone))
        tallies.rebuild(zone)
    rebuilt = time.monotonic()
    _say(f"{kind}: tallies counted in {rebuilt - loaded:.0f} s")
    _keep_raw(folder, windows)
    return {"load_s": round(loaded - began), "rebuild_s": round(rebuilt - loaded), "bytes": _size(url)}


def _begin(app: Flask) -> None:
    with app.app_context():
        upgrade()
        fill_small()
        db.session.remove()


def _size(url: str) -> int:
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    with closing(psycopg.connect(url)) as link:
        return link.execute("SELECT pg_database_size(current_database())").fetchone()[0]


def _batches(windows: int) -> Iterator[duckdb.DuckDBPyConnection]:
    link = duckdb.connect(config={"threads": 1})
    for first, until in years.months():
        years.facts(link, first, until, windows)
        _say(f"{first:%Y-%m}")
        yield link
    link.close()


def _load_sqlite(url: str, windows: int) -> None:
    tables = "', '".join(TABLES)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as link:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-3000000", "foreign_keys=OFF"):
            link.execute(f"PRAGMA {pragma}")
        found = link.execute(
            f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('{tables}') AND sql IS NOT NULL "
            "AND type IN ('index', 'trigger')"
        ).fetchall()
        for what, name, _sql in found:
            link.execute(f"DROP {what} {name}")
        for facts in _batches(windows):
            for table in TABLES:
                _copy_sqlite(facts, link, table)
        for _what, name, made in found:
            _say(name)
            link.execute(made)
        link.execute("PRAGMA journal_mode=WAL")


def _copy_sqlite(facts: duckdb.DuckDBPyConnection, link: sqlite3.Connection, table: str) -> None:
    columns = TABLES[table][0]
    values = ", ".join("CAST(? AS BLOB)" if each == "body" else "?" for each in columns)
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"
    facts.execute(years.select(table))
    link.execute("BEGIN")
    while rows := facts.fetchmany(BLOCK):
        link.executemany(statement, rows)
    link.execute("COMMIT")


def _load_postgres(url: str, windows: int) -> None:
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
        for facts in _batches(windows):
            for table in tables:
                _copy_postgres(facts, link, table, Path(folder) / "rows.csv")
        for name, made in found:
            _say(name)
            link.execute(made)
        link.execute("VACUUM ANALYZE")


def _copy_postgres(facts: duckdb.DuckDBPyConnection, link: psycopg.Connection, table: str, file: Path) -> None:
    columns = TABLES[table][0]
    facts.execute(f"COPY ({years.select(table)}) TO '{file}' (FORMAT csv, HEADER false, NULLSTR '\\N')")
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv, NULL '\\N')"
    with link.cursor() as cursor, cursor.copy(statement) as copy, file.open("rb") as rows:
        while block := rows.read(1 << 20):
            copy.write(block)


def _keep_raw(folder: Path, windows: int) -> None:
    """The windows as DuckDB would hold them, with types of its own."""
    file = folder / f"raw-{windows}.duckdb"
    if file.is_file():
        return
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


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("windows", type=int, nargs="+")
    parser.add_argument("--databases", default=",".join(KINDS))
    options = parser.parse_args()
    os.nice(10)
    for kind in options.databases.split(","):
        for windows in options.windows:
            with kept(kind, windows):
                _say(f"{kind} {windows} is there")


if __name__ == "__main__":
    main()
