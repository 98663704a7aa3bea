"""The timer: jobs under a database lease, in a thread of each server and by `dabiao tick`; two do a thing once."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from app import clock
from app.accounts.actions_limits import forget_full
from app.checks.actions_notices import notice_unsigned
from app.checks.actions_review import ask_again
from app.db import atomically
from app.feedback.actions_telling import raise_calls
from app.feedback.actions_tending import tend_cases
from app.feedback.queries_calls import anything_rising
from app.feedback.queries_tending import anything_to_tend
from app.messages.actions_deliver import Outside, carry
from app.messages.actions_forgetting import forget_old
from app.messages.queries_outbox import anything_to_carry
from app.nonconformities.actions_escalate import escalate
from app.nonconformities.queries_late import anything_late
from app.photos.actions_pictures import FailedPicture, drain, sweep, wait_for_work
from app.schedule.actions_calendar import fill_calendar
from app.schedule.actions_notices import notice_windows, notice_yesterday
from app.schedule.actions_rows import make_rows
from app.schedule.actions_settle import settle_states
from app.schedule.queries import anything_unsettled
from app.schedule.queries_leases import lease_free
from app.schedule.writes_leases import end_lease, take_lease
from app.spotchecks.actions_promises import draw_closed, promise_due, waiting
from app.spotchecks.actions_review import hand_in_left
from app.spotchecks.actions_selfchecks import draw_ready

log = logging.getLogger(__name__)
BETWEEN_LOOKS_S = 15.0
BETWEEN_POSTS_S = 3.0
AFTER_A_FAILURE = timedelta(minutes=5)
GATHER_PICTURES_S = 1.0


class Host(Protocol):
    """What the jobs need of the application."""

    extensions: dict[str, Any]

    def app_context(self) -> AbstractContextManager[Any]:
        """The context in which the database answers."""


@dataclass(frozen=True)
class Job:
    """Done at most once within `every`; held by one process for at most `hold`; `wanted` is a cheap look before."""

    name: str
    every: timedelta
    hold: timedelta
    work: Callable[[Host], int]
    wanted: Callable[[datetime], bool] = lambda _now: True


@dataclass(frozen=True)
class Ran:
    """A job that was done here, and how many things it did; None when it failed and will be tried again."""

    name: str
    count: int | None


def run_due(host: Host, jobs: Iterable[Job] | None = None, *, at_once: bool = False) -> list[Ran]:
    """Do every job whose time has come and that nobody else holds; `at_once` does not wait for its time."""
    with host.app_context():
        return list(_run(host, JOBS if jobs is None else jobs, at_once=at_once))


def start(host: Host) -> list[threading.Thread]:
    """The threads of this process, unless the settings leave the timer to cron; they end with the process."""
    if not host.extensions["settings"].timer:
        return []
    threads = [
        threading.Thread(target=_keep_time, args=(host,), name="timer", daemon=True),
        threading.Thread(target=_keep_pictures, args=(host,), name="pictures", daemon=True),
        threading.Thread(target=_keep_messages, args=(host,), name="messages", daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


def _run(host: Host, jobs: Iterable[Job], *, at_once: bool) -> Iterator[Ran]:
    for job in jobs:
        now, holder = clock.now(), uuid.uuid4().hex
        every = timedelta(0) if at_once else job.every
        if not lease_free(job.name, now, every) or not job.wanted(now):
            continue
        if atomically(lambda: take_lease(job.name, holder, now, hold=job.hold, every=every)):  # noqa: B023
            yield _do(host, job, holder, now)


def _do(host: Host, job: Job, holder: str, now: datetime) -> Ran:
    try:
        count = job.work(host)
    except Exception:
        log.exception("timed job %s failed; it is tried again", job.name)
        atomically(lambda: end_lease(job.name, holder, now + min(job.every, AFTER_A_FAILURE), None))
        return Ran(job.name, None)
    atomically(lambda: end_lease(job.name, holder, now, now))
    return Ran(job.name, count)


def _rows(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    year = now.astimezone(zone).year
    atomically(lambda: fill_calendar((year, year + 1)))
    made = atomically(lambda: make_rows(zone, now))
    return made.new + made.changed + made.gone


def _settle(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: settle_states(now))


def _calls(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: raise_calls(now))


def _notices(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: notice_windows(zone, now))


def _morning(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: notice_yesterday(zone, now) + notice_unsigned(zone, now))


def _carry(host: Host) -> int:
    settings = host.extensions["settings"]
    named = settings.message_hosts
    return carry(Outside(settings.secret_key, settings.base_url, settings.zone, settings.locale, named))


def _cases(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: tend_cases(now, zone))


def _selfchecks(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: draw_ready(now, zone))


def _handins(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: hand_in_left(now, zone))


def _escalate(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: escalate(now, zone))


def _sweep(host: Host) -> int:
    return sweep(host.extensions["photo_store"], now=clock.now())


def _buckets(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: forget_full(now) + forget_old(now))


def _pictures(host: Host) -> int:
    """Drain the queue; a picture taken by one process is left alone by the others, so no lease is needed."""
    count = 0
    while taken := drain(host.extensions["photo_store"], now=clock.now(), on_failed=_ask_again):
        count += taken
    return count


def _ask_again(failed: FailedPicture) -> None:
    """重拍: every step that carries the unreadable picture asks for it anew, in the queue's own transaction."""
    log.warning("picture %s cannot be read", failed.sha256)
    for _photo_id, check_id, step_id in failed.uses:
        ask_again(check_id, step_id, clock.now())


def _draws(host: Host) -> int:
    """Promise the draws of running periods, then make those whose period is over, each in a transaction of its own."""
    zone, now = host.extensions["settings"].zone, clock.now()
    promised = atomically(lambda: promise_due(now, zone))
    return promised + sum(atomically(partial(draw_closed, each, now, zone)) > 0 for each in waiting(now, zone))


JOBS = (
    Job("rows", timedelta(hours=1), timedelta(minutes=10), _rows),
    Job("settle", timedelta(minutes=1), timedelta(minutes=5), _settle, anything_unsettled),
    Job("calls", timedelta(minutes=1), timedelta(minutes=5), _calls, anything_rising),
    Job("cases", timedelta(minutes=1), timedelta(minutes=5), _cases, anything_to_tend),
    Job("selfchecks", timedelta(minutes=15), timedelta(minutes=5), _selfchecks),
    Job("handins", timedelta(minutes=30), timedelta(minutes=5), _handins),
    Job("escalation", timedelta(minutes=5), timedelta(minutes=5), _escalate, anything_late),
    Job("sweep", timedelta(hours=1), timedelta(minutes=30), _sweep),
    Job("buckets", timedelta(hours=24), timedelta(minutes=5), _buckets),
    Job("pictures", timedelta(minutes=1), timedelta(minutes=5), _pictures),
    Job("notices", timedelta(minutes=1), timedelta(minutes=5), _notices),
    Job("morning", timedelta(minutes=10), timedelta(minutes=5), _morning),
    Job("messages", timedelta(seconds=3), timedelta(minutes=2), _carry, anything_to_carry),
    Job("draws", timedelta(hours=1), timedelta(minutes=30), _draws),
)
# Jobs with a thread of their own: nothing else waits for pictures or for other people's servers.
APART = ("pictures", "messages")


def _keep_time(host: Host) -> None:
    pause = threading.Event()
    while True:
        try:
            run_due(host, (job for job in JOBS if job.name not in APART))
        except Exception:
            log.exception("the timer stumbled; it goes on")
        pause.wait(BETWEEN_LOOKS_S)


def _keep_messages(host: Host) -> None:
    pause = threading.Event()
    while True:
        pause.wait(BETWEEN_POSTS_S)
        try:
            run_due(host, (job for job in JOBS if job.name == "messages"))
        except Exception:
            log.exception("carrying messages stumbled; it goes on")


def _keep_pictures(host: Host) -> None:
    pause = threading.Event()
    while True:
        wait_for_work(BETWEEN_LOOKS_S)
        # The wait gathers the pictures of several submissions into one commit.
        pause.wait(GATHER_PICTURES_S)
        try:
            with host.app_context():
                _pictures(host)
        except Exception:
            log.exception("the picture queue stumbled; it goes on")
