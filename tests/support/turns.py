"""Works that come in a known order while somebody else has the turn at SQLite, so that they are carried together."""

import threading
import time

from app.db import _gate, _link, _writes_of
from app.db_sqlite import file_of


def behind_the_turn(app, works):
    """Each work in a thread of its own, in this order, behind a turn that is taken; gives what came of each."""
    found: dict[int, object] = {}

    def go(number, work) -> None:
        try:
            found[number] = work()
        except Exception as fault:  # noqa: BLE001  looked at by the test
            found[number] = fault

    with app.app_context():
        file = file_of(_link().engine)
    with _gate.held(file):
        threads = [threading.Thread(target=go, args=each) for each in enumerate(works)]
        for number, thread in enumerate(threads):
            thread.start()
            if file:
                _until(lambda number=number: _in_line(file) == number + 1)
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(works))]


def _in_line(file) -> int:
    """Who leads, and who waits behind."""
    writes = _writes_of(file)
    return writes._led + len(writes._waiting)


def _until(met) -> None:
    for _ in range(2000):
        if met():
            return
        time.sleep(0.01)
    raise AssertionError("never met")
