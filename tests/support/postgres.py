"""A real PostgreSQL server for tests: own folder, unix socket only, no fsync; under root it runs as `postgres`."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql


class Server:
    """A running server; databases are made as copies of a template."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.user = folder, "tests"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs on this server's data, as who may own them."""
        done = subprocess.run(
            [_binaries() / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **_as_owner(),
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def stop(self) -> None:
        """At once, as a crash would: what was not committed is gone, connections break."""
        self.run("pg_ctl", "stop", "-w", "-m", "immediate")

    def start(self) -> None:
        self.run("pg_ctl", "start", "-w", *self._how())

    def restart(self) -> None:
        self.run("pg_ctl", "restart", "-w", "-m", "immediate", *self._how())

    def promote(self) -> None:
        """A standby becomes a server that may be written to; back when it is."""
        self.run("pg_ctl", "promote", "-w")

    def _how(self) -> tuple[str, ...]:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60"
        return "-l", str(self.folder / "log"), "-o", options

    def url(self, name: str) -> str:
        """What DABIAO_DATABASE_URL takes for the database of this name."""
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def execute(self, statement: sql.Composable) -> list[tuple[object, ...]]:
        """One statement outside any transaction; its rows, if it has any."""
        with psycopg.connect(host=str(self.folder), user=self.user, dbname="postgres", autocommit=True) as link:
            done = link.execute(statement)
            return done.fetchall() if done.description else []


def _roomy_memory() -> str | None:
    """A folder in memory where there is room: copying a template there takes 15 ms instead of 450."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000 else None


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert found, "PostgreSQL is not installed: run tools/machine"
    return found[-1]


def _owner() -> pwd.struct_passwd:
    return pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def _as_owner() -> dict[str, Any]:
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}


@contextmanager
def _filled(program: str, *arguments: str) -> Iterator[Server]:
    """A server on data that the program has put into a folder of its own; stopped and wiped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="dabiao-pg-", dir=_roomy_memory()))
    os.chown(folder, _owner().pw_uid, _owner().pw_gid)
    server = Server(folder)
    try:
        server.run(program, *arguments)
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def running() -> AbstractContextManager[Server]:
    """A fresh server."""
    return _filled("initdb", "--no-sync", "--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C.UTF-8")


def copied(source: Server, *, following: bool = False) -> AbstractContextManager[Server]:
    """A server with all that `source` holds, which goes its own way or is its standby (hot, by streaming)."""
    follow = ("--write-recovery-conf",) if following else ()
    reach = f"host={source.folder} user={source.user} application_name=standby"
    copy = ("--no-sync", "--checkpoint=fast", "--wal-method=stream", *follow, f"--dbname={reach}")
    return _filled("pg_basebackup", *copy)
