"""One writer at a time for a SQLite file, and one sync for all who wait for it."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy.engine import Engine

from app.db_doubt import doubt, is_doubted, settle
from app.db_engine import LOCK_WAIT_S
from app.disk import SharedSyncs, sync_content
from app.refusals import Unavailable
from app.web.words import lazy

BUSY = lazy("The server is busy. Nothing is lost: please try again in a moment.")
_logs = SharedSyncs(sync_content)


def file_of(engine: Engine) -> str | None:
    """The path of the database, past all links; None for one in memory or on a server."""
    path = engine.url.database
    return None if engine.dialect.name != "sqlite" or not path or path == ":memory:" else _past_links(path)


# SQLite keeps its log beside the file itself: beside a link to it there is none that could be synced.
_past_links = lru_cache(maxsize=64)(os.path.realpath)


class Gate:
    """First come first served, between threads and processes; SQLite's own sleep-and-retry starves some."""

    def __init__(self) -> None:
        self.threads = threading.Lock()

    @contextmanager
    def held(self, file: str | None, came: float | None = None) -> Iterator[None]:
        """Nothing to wait for without a file. Raises Unavailable after as long as anybody waits; `came`: since when."""
        if file is None:
            yield
            return
        came = came or time.monotonic()
        with self.threads:
            handle = os.open(f"{file}.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                # Those in front waited in vain: everybody behind them would add a wait of their own to it.
                if time.monotonic() - came > LOCK_WAIT_S:
                    raise Unavailable(BUSY)
                yield
            finally:
                os.close(handle)


def make_durable(file: str) -> None:
    """The log of this database to the disk, outside the gate, one sync for all who came meanwhile.

    Commits are made with synchronous=NORMAL, which writes the log and leaves its sync to us. Others can see a commit
    before it is on the disk; what they build on it lies behind it in the same log, so their own sync carries both.
    Raises Unavailable when the disk does not do it; from then on until `app/db_doubt.py` has settled it.
    """
    try:
        if is_doubted(file):
            settle(file)
        _logs.wait(f"{file}-wal")
    except FileNotFoundError:
        # The log ends with the last connection, after its content has gone to the database and been synced there.
        return
    except OSError as fault:
        doubt(file)
        raise Unavailable(BUSY) from fault
