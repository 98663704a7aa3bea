"""Syncs of the disk that many wait for at once: one call carries everybody who came before it began."""

import os
import threading
from collections.abc import Callable


class SharedSync:
    """One `sync` for all threads that ask meanwhile; each returns when a call that began after it asked has ended.

    Real disks take milliseconds for a sync, whoever asks: thirty that wait for one call wait for one, not for thirty.
    """

    def __init__(self, sync: Callable[[], None]) -> None:
        self._sync = sync
        self._state = threading.Condition()
        self._begun = self._ended = 0
        self._failed: dict[int, OSError] = {}

    def wait(self) -> None:
        """Raises the OSError of the call that was to carry this thread."""
        with self._state:
            mine = self._begun + 1
            while self._ended < mine:
                if self._begun == self._ended:
                    self._lead()
                else:
                    self._state.wait()
            failed = self._failed.get(mine)
        if failed is not None:
            raise failed

    def _lead(self) -> None:
        """With the state held; lets go of it while the disk works."""
        self._begun += 1
        fault: OSError | None = None
        self._state.release()
        try:
            self._sync()
        except OSError as told:
            fault = told
        finally:
            self._state.acquire()
            if fault is not None:
                # Kept for whoever was carried and has not looked yet; a fault is rare, and its number never comes back.
                self._failed = {self._begun: fault}
            self._ended = self._begun
            self._state.notify_all()


class SharedSyncs:
    """A SharedSync for each path; only as many are kept as there are paths in use, the oldest go."""

    def __init__(self, sync: Callable[[str], None], most: int = 64) -> None:
        self._sync, self._most = sync, most
        self._of: dict[str, SharedSync] = {}
        self._lock = threading.Lock()

    def wait(self, path: str) -> None:
        """Until a sync of this path that began after now has ended; raises OSError."""
        shared = self._of.get(path)
        if shared is None:
            with self._lock:
                if len(self._of) >= self._most:
                    self._of = dict(list(self._of.items())[self._most // 2 :])
                shared = self._of.setdefault(path, SharedSync(lambda: self._sync(path)))
        shared.wait()


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_content(path: str) -> None:
    """Make what was written into a file durable; opened anew, for a file may have been replaced since."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fdatasync(handle)
    finally:
        os.close(handle)
