"""After a sync of SQLite's log that failed, nobody is told that anything is kept until all of it lies in the database.

A disk tells once that it could not write. The next sync of the same file succeeds though what was lost stays lost, and
whatever stands behind a hole in the log is lost with it after a power cut. So the log is brought into the database
first, and the database synced; a mark beside it tells the other processes.
"""

import errno
import os
import sqlite3
from contextlib import closing, suppress

from app.db_engine import LOCK_WAIT_S

# Where the disk does not even take a mark.
_here: set[str] = set()


def doubt(file: str) -> None:
    """The log of this database could not be synced."""
    _here.add(file)
    with suppress(OSError):
        os.close(os.open(_mark(file), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600))
        os.utime(_mark(file))


def is_doubted(file: str) -> bool:
    return file in _here or os.path.exists(_mark(file))  # noqa: PTH110  text, not Path, behind every commit


def settle(file: str) -> None:
    """All of the log into the database and onto the disk. Raises OSError while the disk or a reader does not let it."""
    since = _since(file)
    try:
        with closing(sqlite3.connect(file, timeout=LOCK_WAIT_S)) as link:
            (busy, *_pages) = link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as fault:
        raise OSError(errno.EIO, str(fault)) from fault
    if busy:
        raise OSError(errno.EBUSY, "the log is still being read")
    # A sync that failed meanwhile has made the mark anew.
    if _since(file) == since:
        with suppress(FileNotFoundError):
            os.unlink(_mark(file))  # noqa: PTH108
        _here.discard(file)


def _since(file: str) -> int | None:
    try:
        return os.stat(_mark(file)).st_mtime_ns  # noqa: PTH116
    except OSError:
        return None


def _mark(file: str) -> str:
    return f"{file}.doubt"
