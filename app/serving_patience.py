"""Nobody holds a thread by being slow: a head that does not come, a body or a reader that stands still ends the line.

Gunicorn's threads wait for ever in a read or a write, and a web server in front is not always there. Each wait has a
time here; the main thread looks once a second and shuts the lines that are over it, which the waiting thread sees as
a client that hung up.
"""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

STILL_S = 20.0
# Less than the oldest mobile networks give; whoever is slower stands still.
SLOWEST_BYTES_A_S = 1000
# What leaves at once: even the slowest take one in time.
PIECE_BYTES = 16 * 1024


class Patience:
    """Until when each connection may keep its thread waiting; one wait at a time."""

    def __init__(self, still_s: float = STILL_S) -> None:
        self._still_s = still_s
        # Until when something has to move, until when all of it; and the line by its number.
        self._until: dict[int, tuple[float, float, int]] = {}

    def begin(self, conn: Any, size: int | None = None) -> None:
        """From now on, for so many bytes to come or to leave; a head when none are named."""
        until = monotonic() + self._still_s
        # By its number: while TLS is negotiated the connection has no socket of its own.
        self._until[id(conn)] = until, until + (size or 0) / SLOWEST_BYTES_A_S, conn.sock.fileno()

    def went_on(self, conn_id: int) -> None:
        """A piece came or left: what follows may keep the thread waiting anew, within the time for all of it."""
        found = self._until.get(conn_id)
        if found is not None:
            self._until[conn_id] = min(monotonic() + self._still_s, found[1]), *found[1:]

    def end(self, conn: Any) -> None:
        """It came, or it left."""
        self._until.pop(id(conn), None)

    def hang_up(self) -> int:
        """Shut what is over its time; how many."""
        now = monotonic()
        late = [number for until, _all, number in list(self._until.values()) if until < now]
        for number in late:
            with suppress(OSError), socket.socket(fileno=os.dup(number)) as line:
                line.shutdown(socket.SHUT_RDWR)
        return len(late)

    def heard(self, conn: Any) -> None:
        """From now on each piece that comes on this connection is noted."""
        unreader, conn_id = conn.parser.unreader, id(conn)
        if not isinstance(unreader.sock, Heard):
            unreader.sock = Heard(unreader.sock, lambda: self.went_on(conn_id))


class Heard:
    """A socket that tells of each piece that came."""

    def __init__(self, sock: socket.socket, came: Callable[[], None]) -> None:
        self._sock, self._came = sock, came

    def recv(self, size: int) -> bytes:
        """As of a socket."""
        piece = self._sock.recv(size)
        self._came()
        return piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
