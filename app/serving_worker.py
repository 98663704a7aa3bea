"""Gunicorn's threads, staying with a connection for a moment: after a photo the check itself mostly follows at once."""

import os
import select
import socket
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from app.serving_body import Whole
from app.serving_patience import PIECE_BYTES, STILL_S, Patience

# Longer than a way there and back within a compound, shorter than anybody notices.
MOMENT_MS = 4
# What is longer is not copied once more to leave together.
TOGETHER_BYTES = 64 * 1024


class StayingWorker(ThreadWorker):  # type: ignore[misc]
    """Hands a connection back to the poller once nothing follows on it, or somebody else waits for a thread.

    Handing over costs two wake-ups of other threads and a round of the poller: a tenth of what a small call costs.
    """

    still_s = STILL_S

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._patience = Patience(self.still_s)

    def notify(self) -> None:
        """As gunicorn's own, once a second; lines that stand still are shut."""
        super().notify()
        self._patience.hang_up()

    def handle(self, conn: Any) -> Any:
        """As gunicorn's own: True keeps the connection."""
        kept = self._one(conn)
        while kept is True and self.alive and not self._others_wait() and _follows(conn.sock):
            kept = self._one(conn)
        return kept

    def _one(self, conn: Any) -> Any:
        self._patience.begin(conn)
        try:
            return super().handle(conn)
        finally:
            self._patience.end(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """As gunicorn's own, body and answer each in one piece."""
        self._patience.end(conn)
        if req.body is not None:
            self._patience.heard(conn)
            req.body = Whole(req.body, self._patience, conn)
        together = Together(conn, self._patience)
        kept = super().handle_request(req, SimpleNamespace(sock=together, client=conn.client, server=conn.server))
        together.flush()
        return kept

    def _others_wait(self) -> bool:
        return bool(self.tpool._work_queue.qsize())  # noqa: SLF001  the pool has no public count of what waits


class Together:
    """A socket for one answer: gunicorn sends head and body apart, and each wakes whoever asked.

    What is sent first waits for what follows, or for `flush`; from then on all leaves as it comes.
    """

    def __init__(self, conn: Any, patience: Patience) -> None:
        self._sock, self._patience, self._conn = conn.sock, patience, conn
        self._waits: bytes | None = None

    def sendall(self, data: bytes) -> None:
        """As of a socket, but for the first."""
        if self._waits is None:
            self._waits = data
        elif len(data) > TOGETHER_BYTES:
            self.flush()
            self._send(data)
        else:
            waited, self._waits = self._waits, b""
            self._send(waited + data)

    def flush(self) -> None:
        """Send what still waits."""
        waited, self._waits = self._waits, b""
        if waited:
            self._send(waited)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """As of a socket, piece by piece, so that a reader who stands still is noticed."""
        self.flush()
        whole = count or os.fstat(file.fileno()).st_size - offset
        return self._pieces(whole, lambda at: self._sock.sendfile(file, offset + at, min(PIECE_BYTES, whole - at)))

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        self._pieces(len(data), lambda at: self._sock.send(left[at : at + PIECE_BYTES]))

    def _pieces(self, whole: int, send: Callable[[int], int]) -> int:
        """A line that waits takes all that it is given: only between pieces does a slow reader differ from none."""
        at = 0
        try:
            self._patience.begin(self._conn, whole)
            while at < whole and (sent := send(at)):
                at += sent
                self._patience.went_on(id(self._conn))
        finally:
            self._patience.end(self._conn)
        return at

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def _follows(sock: socket.socket) -> bool:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(MOMENT_MS))
