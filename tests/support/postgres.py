"""A real PostgreSQL server for tests: own folder, unix socket only, no fsync; under root it runs as `postgres`."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql


class Server:
    """A running server; databases are made as copies of a template."""

    def __init__(self, socket_folder: Path, user: str, control: Callable[..., None]) -> None:
        self.socket_folder, self.user, self._control = socket_folder, user, control

    def stop(self) -> None:
        """At once, as a crash would: what was not committed is gone, connections break."""
        self._control("stop", "-w", "-m", "immediate")

    def start(self) -> None:
        self._control("start", "-w", "-l", str(self.socket_folder / "log"))

    def restart(self) -> None:
        self._control("restart", "-w", "-m", "immediate", "-l", str(self.socket_folder / "log"))

    def url(self, name: str) -> str:
        """What DABIAO_DATABASE_URL takes for the database of this name."""
        return f"postgresql://{self.user}@/{name}?host={self.socket_folder}"

    def create(self, name: str, template: str = "template0") -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._run(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(host=str(self.socket_folder), user=self.user, dbname="postgres", autocommit=True) as link:
            link.execute(statement)


def _roomy_memory() -> str | None:
    """A folder in memory where there is room: copying a template there takes 15 ms instead of 450."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000 else None


@contextmanager
def running() -> Iterator[Server]:
    """A fresh server; stopped and wiped at the end."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert binaries, "PostgreSQL is not installed: run tools/machine"
    owner = pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    folder = Path(tempfile.mkdtemp(prefix="dabiao-pg-", dir=_roomy_memory()))
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [binaries[-1] / program, "-D", folder / "data", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **as_owner,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def control(*words: str) -> None:
        run("pg_ctl", *words, "-o", options)

    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60"
    run("initdb", "--no-sync", "--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C.UTF-8")
    server = Server(folder, "tests", control)
    server.start()
    try:
        yield server
    finally:
        run("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
