"""Short writes that wait for their turn at one SQLite file, carried in one transaction by the first of them.

A turn of its own costs each write the lock between processes, a thread that wakes, a commit with pages that the next
one writes again. Whoever comes while another of this process has the turn or waits for it leaves its work to that
one, and gets its own outcome: a work that raises is undone alone.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from typing import Any

from app.refusals import Refusal

# Those in front get their receipts only when the last of a transaction is through.
MOST = 8
MOST_S = 0.02


class Write:
    """A work that waits, with the context it came in; in the end it has a result or a fault."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.came = time.monotonic()
        self.fault: BaseException | None = None
        self._work = work
        self._context: Context = copy_context()
        self._result: Any = None
        self._over = False
        self._bell = threading.Lock()
        self._bell.acquire()

    def run(self, inside: Callable[[Callable[[], Any]], Any]) -> bool:
        """Do the work as its own thread would; False when it raised."""
        try:
            self._result = self._context.run(inside, self._work)
        except BaseException as fault:  # noqa: BLE001  raised again where it belongs, in the thread that waits for it
            self.fault = fault
        return self.fault is None

    def wait(self) -> bool:
        """Until called; False when it was not carried and has to lead the next."""
        self._bell.acquire()
        return self._over

    def call(self, *, over: bool) -> None:
        self._over = over
        self._bell.release()

    def outcome(self) -> Any:
        if self.fault is not None:
            raise self.fault
        return self._result


class Together:
    """The writes of this process on one file. `carry` does those it is given, in order, and commits.

    What `carry` or `settle` raises is the fault of all but those with a fault of their own. A refusal is none: it may
    rest on what another of the same transaction wrote, and nobody has that.
    `settle` makes the commit durable; meanwhile the next transaction has begun.
    """

    def __init__(self, carry: Callable[[Iterator[Write]], None], settle: Callable[[], None]) -> None:
        self._carry, self._settle = carry, settle
        self._lock = threading.Lock()
        self._waiting: deque[Write] = deque()
        self._led = False

    def run(self, work: Callable[[], Any]) -> Any:
        """The result of the work once it is durable; raises what it raised, or why nothing was kept."""
        mine = Write(work)
        with self._lock:
            waits, self._led = self._led, True
            if waits:
                self._waiting.append(mine)
        if not (waits and mine.wait()):
            self._lead(mine)
        return mine.outcome()

    def _lead(self, mine: Write) -> None:
        taken = [mine]
        try:
            _blamed(taken, lambda: self._carry(self._these(taken)))
        finally:
            self._hand_on()
        if any(each.fault is None for each in taken):
            _blamed(taken, self._settle)
        for each in taken[1:]:
            each.call(over=True)

    def _these(self, taken: list[Write]) -> Iterator[Write]:
        """The leader's own, then who waits: only so many and only so long."""
        yield taken[0]
        until = time.monotonic() + MOST_S
        while len(taken) < MOST and time.monotonic() < until:
            with self._lock:
                if not self._waiting:
                    return
                taken.append(self._waiting.popleft())
            yield taken[-1]

    def _hand_on(self) -> None:
        with self._lock:
            following = self._waiting.popleft() if self._waiting else None
            self._led = following is not None
        if following is not None:
            following.call(over=False)


def _blamed(taken: list[Write], deed: Callable[[], None]) -> None:
    try:
        deed()
    except BaseException as fault:  # noqa: BLE001  each thread that waits has to learn of it, and raises it
        for each in taken:
            if each.fault is None or isinstance(each.fault, Refusal):
                each.fault = fault
