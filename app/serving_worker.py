"""Gunicorn's threads, staying with a connection for a moment: after a photo the check itself mostly follows at once."""

import os
import select
import socket
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from gunicorn.util import close_graceful
from gunicorn.workers.gthread import ThreadWorker

from app.serving_answers import Answer, Environ, environ_of, surroundings
from app.serving_body import Whole
from app.serving_heads import PlainParser, PlainRequest
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
    alive: bool

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._patience = Patience(self.still_s)
        self._same = surroundings(self.cfg)
        asks_more = self.cfg.is_ssl or {self.cfg.proxy_protocol, self.cfg.http2_cleartext} != {"off"}
        self._reads_plainly = not asks_more and not self.cfg.env_orig.get("SCRIPT_NAME")

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
        if getattr(req, "is_plain", False):
            kept = self._plain(req, conn, together)
        else:
            kept = super().handle_request(req, SimpleNamespace(sock=together, client=conn.client, server=conn.server))
        together.flush()
        return kept

    def _plain(self, req: PlainRequest, conn: Any, sock: "Together") -> bool:
        """As gunicorn's own, for a request that needs nothing besides; its hooks before and after are not called."""
        answer = Answer(req, sock, self.cfg)
        environ = environ_of(self._same, req, sock, conn.client, conn.server)
        self._count(answer)
        began = perf_counter()
        try:
            body = self.wsgi(environ, answer.start_response)
            try:
                _send(answer, body, environ)
            finally:
                if self.log.access_log_enabled:
                    self.log.access(answer, req, environ, timedelta(seconds=perf_counter() - began))
                if hasattr(body, "close"):
                    body.close()
        except OSError:
            raise
        except (Exception, SystemExit) as fault:
            if not answer.headers_sent:
                raise
            # What has begun to leave cannot become a page about an error.
            self.log.exception("Error handling request")
            close_graceful(conn.sock)
            raise StopIteration from fault
        return not answer.should_close()

    def _count(self, answer: Answer) -> None:
        """After so many requests a worker makes way for a fresh one; one that ends keeps no connection."""
        self.nr += 1
        if self.nr >= self.max_requests and self.alive:
            self.log.info("Autorestarting worker after current request.")
            self.alive = False
        if not self.alive or not self.cfg.keepalive or len(self.keepalived_conns) >= self.max_keepalived:
            answer.force_close()

    def enqueue_req(self, conn: Any) -> None:
        """As gunicorn's own; a connection that is new is read by ours, where no setting asks for more."""
        if conn.parser is None and self._reads_plainly and isinstance(conn.client, tuple):
            conn.parser = PlainParser(self.cfg, conn.sock, conn.client)
        super().enqueue_req(conn)

    def _others_wait(self) -> bool:
        return bool(self.tpool._work_queue.qsize())  # noqa: SLF001  the pool has no public count of what waits


def _send(answer: Answer, body: Any, environ: Environ) -> None:
    if isinstance(body, environ["wsgi.file_wrapper"]):
        answer.write_file(body)
    else:
        for piece in body:
            answer.write(piece)
    answer.close()


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
