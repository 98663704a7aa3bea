"""The whole database as one file, taken while others write, and brought back into an empty one."""

import hashlib
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, Engine

from app.config import environment

PIECE_BYTES = 1 << 20


class DumpFailed(Exception):
    """The database could not be written or brought back; the message is what its tool says."""


@contextmanager
def frozen(engine: Engine, file: Path) -> Iterator[Connection]:
    """Write `file` and give a connection that sees exactly what the file holds, whatever is written meanwhile."""
    if engine.dialect.name == "sqlite":
        _copy_sqlite(engine, file)
        still = create_engine(f"sqlite:///{file}")
        try:
            with still.connect() as link:
                yield link
        finally:
            still.dispose()
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as link, link.begin():
        snapshot = link.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        _run(engine, "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={file}")
        yield link


def bring_back(engine: Engine, file: Path) -> None:
    """Fill the empty database of `engine` with what the file holds: all of it, or nothing."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        try:
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(_path_of(engine))) as target:
                source.backup(target)
        except sqlite3.Error as fault:
            raise DumpFailed(f"the database cannot be brought back: {fault}") from fault
        return
    # What `dabiao migrate` may have made already makes way: the caller has seen that it holds nothing.
    _run(engine, "pg_restore", "--no-owner", "--clean", "--if-exists", "--single-transaction", str(file))


def digest_of(file: Path) -> str:
    """SHA-256 of a file of any size."""
    found = hashlib.sha256()
    with file.open("rb") as handle:
        while piece := handle.read(PIECE_BYTES):
            found.update(piece)
    return found.hexdigest()


def _copy_sqlite(engine: Engine, file: Path) -> None:
    try:
        with closing(sqlite3.connect(_path_of(engine))) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
            # A copy is one file: nothing of it may wait in a log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
            said = target.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as fault:
        raise DumpFailed(f"the database cannot be copied to {file}: {fault}") from fault
    if said != "ok":
        raise DumpFailed(f"the database does not hold together: {said}")


def _path_of(engine: Engine) -> str:
    path = engine.url.database
    if not path or path == ":memory:":
        raise DumpFailed("a database in memory has no file")
    return path


def _run(engine: Engine, tool: str, *options: str) -> None:
    """One of PostgreSQL's own tools; the password goes by the environment, where no list of processes shows it."""
    given = engine.dialect.create_connect_args(engine.url)[1]
    password = given.pop("password", None)
    # Several hosts, ports and the rest as libpq writes them; the driver's own adapters are no part of that.
    address = make_conninfo("", **{name: value for name, value in given.items() if isinstance(value, str | int)})
    named = {"PGPASSWORD": str(password)} if password else {}
    try:
        command, env = [tool, f"--dbname={address}", *options], environment(**named)
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603  our own
    except FileNotFoundError as missing:
        raise DumpFailed(f"{tool} is not installed: it comes with postgresql-client") from missing
    if done.returncode:
        raise DumpFailed(f"{tool}: {done.stderr.strip()[-400:]}")
