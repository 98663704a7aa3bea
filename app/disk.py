"""Syncs of the disk that many wait for at once: one call carries everybody who came before it began."""

import os
import threading
from collections.abc import Callable


class _Round:
    """One call of the sync: whoever it carries holds it, and reads from it what came of it, however late."""

    __slots__ = ("ended", "fault")

    def __init__(self) -> None:
        self.ended = False
        self.fault: BaseException | None = None


class SharedSync:
    """One `sync` for all threads that ask meanwhile; each returns when a call that began after it asked has ended.

    Real disks take milliseconds for a sync, whoever asks: thirty that wait for one call wait for one, not for thirty.
    """

    def __init__(self, sync: Callable[[], None]) -> None:
        self._sync = sync
        self._state = threading.Condition()
        self._coming = _Round()
        self._busy = False

    def wait(self) -> None:
        """Raises what the call raised that was to carry this thread."""
        with self._state:
            mine = self._coming
            while not mine.ended:
                if self._busy:
                    self._state.wait()
                else:
                    self._lead()
        if mine.fault is not None:
            raise mine.fault

    def _lead(self) -> None:
        """With the state held; lets go of it while the disk works."""
        this, self._coming, self._busy = self._coming, _Round(), True
        self._state.release()
        try:
            self._sync()
        except BaseException as told:  # noqa: BLE001  raised again in each thread that it was to carry
            this.fault = told
        finally:
            self._state.acquire()
            this.ended, self._busy = True, False
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
