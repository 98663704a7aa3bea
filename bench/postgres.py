"""A PostgreSQL server whose data stay from run to run: a socket in its own folder, under root owned by `postgres`."""

import os
import shutil
from typing import Self

import psycopg
from psycopg import sql

from tests.support import postgres

# What a small server of an office has; the rest is PostgreSQL's own. Workers beside a query would hide its CPU time.
SETTINGS = ("shared_buffers=1GB", "max_wal_size=8GB", "max_parallel_workers_per_gather=0", "autovacuum=off")


class Kept(postgres.Server):
    """Runs inside a `with` block."""

    def __enter__(self) -> Self:
        if not (self.folder / "data").is_dir():
            self._begin()
        # Two databases of one server may be looked at in one run: who began it ends it.
        self.begun_here = not (self.folder / "data" / "postmaster.pid").exists()
        if self.begun_here:
            self.run("pg_ctl", "start", "-w", "-t", "600", *self._how())
        return self

    def __exit__(self, *_fault: object) -> None:
        if self.begun_here:
            self.run("pg_ctl", "stop", "-w", "-t", "600", "-m", "fast")

    def _begin(self) -> None:
        self.folder.mkdir(exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run(
            "initdb", "--no-sync", "--auth=trust", f"--username={self.user}", "--encoding=UTF8", "--locale=C.UTF-8"
        )
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="ascii") as settings:
            settings.write("".join(f"{each}\n" for each in SETTINGS))

    @property
    def pid(self) -> int:
        """The process above all the others of this server."""
        return int((self.folder / "data" / "postmaster.pid").read_text("ascii").split()[0])

    def create_anew(self, name: str) -> None:
        """An empty database, whatever was there."""
        self.drop(name)
        with psycopg.connect(host=str(self.folder), user=self.user, dbname="postgres", autocommit=True) as link:
            link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
