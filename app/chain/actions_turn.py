"""One seals at a time: of two at once each would look like a run that brought old records too late to the other's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from app import clock
from app.db import atomically
from app.schedule.writes_leases import end_lease, take_lease

# The timer's own job of sealing goes by the same lease (app/timer_jobs.py).
LEASE, HOLD = "chain", timedelta(minutes=30)


@contextmanager
def sealing_turn(holder: str, now: datetime) -> Iterator[bool]:
    """Whether the turn is ours; False while somebody else seals."""
    mine = atomically(lambda: take_lease(LEASE, holder, now, hold=HOLD, every=timedelta(0)))
    try:
        yield mine
    finally:
        if mine:
            atomically(lambda: end_lease(LEASE, holder, clock.now(), None))
