"""Gunicorn's threads, staying with a connection for a moment: after a photo the check itself mostly follows at once."""

import select
import socket
from types import SimpleNamespace
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from app.serving_body import Whole

# Longer than a way there and back within a compound, shorter than anybody notices.
MOMENT_MS = 4
# What is longer is not copied once more to leave together.
TOGETHER_BYTES = 64 * 1024


class StayingWorker(ThreadWorker):  # type: ignore[misc]
    """Hands a connection back to the poller once nothing follows on it, or somebody else waits for a thread.

    Handing over costs two wake-ups of other threads and a round of the poller: a tenth of what a small call costs.
    """

    def handle(self, conn: Any) -> Any:
        """As gunicorn's own: True keeps the connection."""
        kept = super().handle(conn)
        while kept is True and self.alive and not self._others_wait() and _follows(conn.sock):
            kept = super().handle(conn)
        return kept

    def handle_request(self, req: Any, conn: Any) -> Any:
        """As gunicorn's own, body and answer each in one piece."""
        if req.body is not None:
            req.body = Whole(req.body)
        together = Together(conn.sock)
        kept = super().handle_request(req, SimpleNamespace(sock=together, client=conn.client, server=conn.server))
        together.flush()
        return kept

    def _others_wait(self) -> bool:
        return bool(self.tpool._work_queue.qsize())  # noqa: SLF001  the pool has no public count of what waits


class Together:
    """A socket for one answer: gunicorn sends head and body apart, and each wakes whoever asked.

    What is sent first waits for what follows, or for `flush`; from then on all leaves as it comes.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._waits: bytes | None = None

    def sendall(self, data: bytes) -> None:
        """As of a socket, but for the first."""
        if self._waits is None:
            self._waits = data
        elif len(data) > TOGETHER_BYTES:
            self.flush()
            self._sock.sendall(data)
        else:
            waited, self._waits = self._waits, b""
            self._sock.sendall(waited + data)

    def flush(self) -> None:
        """Send what still waits."""
        waited, self._waits = self._waits, b""
        if waited:
            self._sock.sendall(waited)

    def sendfile(self, *given: Any, **named: Any) -> int:
        """As of a socket."""
        self.flush()
        return self._sock.sendfile(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def _follows(sock: socket.socket) -> bool:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(MOMENT_MS))
