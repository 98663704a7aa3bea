"""Nobody holds a thread by being slow: a head that does not come, a body or a reader that stands still ends the line.

Gunicorn's threads wait for ever in a read or a write, and a web server in front is not always there. Each wait has a
time here; the main thread looks once a second and shuts the lines that are over it, which the waiting thread sees as
a client that hung up.
"""

import os
import socket
from contextlib import suppress
from time import monotonic
from typing import Any

STILL_S = 20.0
# Less than the oldest mobile networks give; whoever is slower stands still.
SLOWEST_BYTES_A_S = 1000


class Patience:
    """Until when each connection may keep its thread waiting; one wait at a time."""

    def __init__(self, still_s: float = STILL_S) -> None:
        self._still_s = still_s
        self._until: dict[int, tuple[float, int]] = {}

    def begin(self, conn: Any, size: int | None = None) -> None:
        """From now on, for so many bytes to come or to leave; a head when none are named."""
        until = monotonic() + self._still_s + (size or 0) / SLOWEST_BYTES_A_S
        # By its number: while TLS is negotiated the connection has no socket of its own.
        self._until[id(conn)] = until, conn.sock.fileno()

    def end(self, conn: Any) -> None:
        """It came, or it left."""
        self._until.pop(id(conn), None)

    def hang_up(self) -> int:
        """Shut what is over its time; how many."""
        now = monotonic()
        late = [number for until, number in list(self._until.values()) if until < now]
        for number in late:
            with suppress(OSError), socket.socket(fileno=os.dup(number)) as line:
                line.shutdown(socket.SHUT_RDWR)
        return len(late)
