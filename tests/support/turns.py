"""Works at once; or in a known order while somebody else has the turn at SQLite, so that they are carried together."""

import importlib
import threading
import time
from contextlib import suppress

from app.db import _gate, _link, _writes_of
from app.db_sqlite import file_of


def at_once(*works):
    """Run all at the same time; gives back their answers in order."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        gate.wait()
        answers[place] = work()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def meeting_at(monkeypatch, place, seconds=0.5):
    """Two works wait for one another before this function, so long at most; then nobody waits there any more.

    What they read before it was read by both before either wrote, unless a lock keeps one of them from coming so far.
    """
    module, _, name = place.rpartition(".")
    gate, goes_on = threading.Barrier(2), getattr(importlib.import_module(module), name)

    def met(*args, **keys):
        with suppress(threading.BrokenBarrierError):
            gate.wait(seconds)
        return goes_on(*args, **keys)

    monkeypatch.setattr(place, met)


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
