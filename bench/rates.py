"""Rates: G2 against the raw limit, G5 the worst wait of eight writers, G6 what shared syncs bring on a slow disk.

Submissions come from many phones at once; a rate is checks a second, a wait is what one phone waits for photo and
check together. `bench/slowsync.c` adds 5 ms to every sync for G6.
"""

import statistics
import tempfile
import threading
import time
from pathlib import Path

from bench.fsync import shim
from bench.world import Server, limit, running

SLOW_US = "5000"
# A rented core is twice as fast in one second as in the next: each second of ours is compared with the one beside it.
SECONDS, TURNS = 1.0, 4
# Each check fills a window of its own; a quick machine does three hundred a second in ten turns.
ENOUGH = 24_000
# As `dabiao serve` and the unit file start it: two workers with eight threads each, on both sides.
WORKERS = 2


class Crowd:
    """So many phones that submit one after another until the time is over."""

    def __init__(self, side: Server, phones: int, seconds: float) -> None:
        self.waits: list[float] = []
        self._side, self._lock = side, threading.Lock()
        self._until = time.monotonic() + seconds
        self._threads = [threading.Thread(target=self._go) for _ in range(phones)]

    def run(self) -> "Crowd":
        began = time.monotonic()
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()
        self.rate = len(self.waits) / (time.monotonic() - began)
        return self

    def _go(self) -> None:
        own = self._side.another()
        while time.monotonic() < self._until:
            began = time.monotonic()
            own.post()
            with self._lock:
                self.waits.append(time.monotonic() - began)


def rates(reps: int) -> dict[str, dict[str, float]]:
    """G2 at 8 and 32 phones, the two sides taking turns."""
    found = {}
    with running(workers=WORKERS, windows=ENOUGH) as app, limit("raw_wsgi", workers=WORKERS) as raw:
        for phones in (8, 32):
            ratio, ours, theirs = _in_turns(phones, app, raw, reps)
            found[f"G2_{phones}"] = {"value": ratio, "ours_per_s": ours, "limit_per_s": theirs}
    return found


def waits(_reps: int) -> dict[str, dict[str, float]]:
    """G5: eight phones on two workers for half a minute."""
    with running(workers=WORKERS, windows=ENOUGH) as app:
        crowd = Crowd(app, 8, 30).run()
    worst, usual = max(crowd.waits), statistics.median(crowd.waits)
    return {"G5": {"value": worst / usual, "worst_s": worst, "median_s": usual, "per_s": crowd.rate}}


def slow_disk(reps: int) -> dict[str, dict[str, float]]:
    """G6: the shipped way against the same program with each commit syncing for itself inside its turn."""
    with tempfile.TemporaryDirectory() as name:
        library = shim(Path(name))
        if library is None:
            return {}
        slow = {"LD_PRELOAD": str(library), "SLOWSYNC_US": SLOW_US}
        with (
            running(workers=WORKERS, **slow) as app,
            running(workers=WORKERS, application="bench.single", **slow) as single,
        ):
            ratio, ours, theirs = _in_turns(32, app, single, reps)
    return {"G6": {"value": ratio, "ours_per_s": ours, "one_commit_a_request_per_s": theirs}}


def _in_turns(phones: int, ours: Server, theirs: Server, reps: int) -> tuple[float, float, float]:
    """Medians: of the ratios of neighbours, of our rate, of theirs; whoever begins a pair takes turns too."""
    pairs: list[dict[Server, float]] = []
    for number in range(reps * TURNS):
        sides = (ours, theirs) if number % 2 else (theirs, ours)
        pairs.append({side: Crowd(side, phones, SECONDS).run().rate for side in sides})
    ratio = statistics.median(pair[ours] / pair[theirs] for pair in pairs)
    return ratio, *(statistics.median(pair[side] for pair in pairs) for side in (ours, theirs))
