"""The timer: jobs under a database lease, in a thread of each server and by `dabiao tick`; two do a thing once."""

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.db import atomically
from app.photos.actions_pictures import wait_for_work
from app.photos.actions_spool import Carried, carry, tidy
from app.schedule.queries_leases import held, lease_free
from app.schedule.writes_leases import end_lease, take_lease
from app.timer_holders import is_gone, new_holder
from app.timer_jobs import APART, JOBS, Host, Job, draw_pictures

log = logging.getLogger(__name__)
BETWEEN_LOOKS_S = 15.0
BETWEEN_POSTS_S = 3.0
AFTER_A_FAILURE = timedelta(minutes=5)
GATHER_PICTURES_S = 1.0
BETWEEN_CARRIES_S = 2.0
LONGEST_WAIT_S = 60.0
BETWEEN_TIDIES = timedelta(hours=1)


@dataclass(frozen=True)
class Ran:
    """A job that was done here, and how many things it did; None when it failed and will be tried again."""

    name: str
    count: int | None


def run_due(host: Host, jobs: Iterable[Job] | None = None, *, at_once: bool = False) -> list[Ran]:
    """Do every job whose time has come and that nobody else holds; `at_once` does not wait for its time."""
    with host.app_context():
        return list(_run(host, JOBS if jobs is None else jobs, at_once=at_once))


def take_back(host: Host) -> list[str]:
    """Free the jobs that killed processes of this machine held, before their hold runs out; which ones those were."""
    with host.app_context():
        now = clock.now()
        left = [(name, holder) for name, holder in held(now) if is_gone(holder)]
        return [name for name, holder in left if atomically(lambda: end_lease(name, holder, now, None))]  # noqa: B023


def start(host: Host) -> list[threading.Thread]:
    """The threads of this process, unless the settings leave the timer to cron; they end with the process."""
    if not host.extensions["settings"].timer:
        return []
    threads = [
        threading.Thread(target=_keep_time, args=(host,), name="timer", daemon=True),
        threading.Thread(target=_keep_pictures, args=(host,), name="pictures", daemon=True),
        threading.Thread(target=_keep_apart, args=(host, "messages"), name="messages", daemon=True),
        threading.Thread(target=_keep_apart, args=(host, "exports"), name="exports", daemon=True),
    ]
    if host.extensions["settings"].s3:
        threads.append(threading.Thread(target=_keep_spool, args=(host,), name="spool", daemon=True))
    for thread in threads:
        thread.start()
    return threads


def carry_spool(host: Host) -> Carried:
    """Photos of this machine into their bucket; under no lease of the site, for each server has a spool of its own."""
    with host.app_context():
        return carry(host.extensions["photo_store"])


def tidy_spool(host: Host) -> int:
    """Old copies of this machine go."""
    with host.app_context():
        return tidy(host.extensions["photo_store"], clock.now())


def _run(host: Host, jobs: Iterable[Job], *, at_once: bool) -> Iterator[Ran]:
    for job in jobs:
        now, holder = clock.now(), new_holder()
        every = timedelta(0) if at_once else job.every
        if not lease_free(job.name, now, every, job.hold) or not job.wanted(now):
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


def _keep_time(host: Host) -> None:
    pause, new_here = threading.Event(), True
    while True:
        try:
            # A worker takes the place of a killed one: at its beginning is when there may be something to take back.
            if new_here:
                take_back(host)
                new_here = False
            run_due(host, (job for job in JOBS if job.name not in APART))
        except Exception:
            log.exception("the timer stumbled; it goes on")
        pause.wait(BETWEEN_LOOKS_S)


def _keep_apart(host: Host, name: str) -> None:
    pause = threading.Event()
    while True:
        pause.wait(BETWEEN_POSTS_S)
        try:
            run_due(host, (job for job in JOBS if job.name == name))
        except Exception:
            log.exception("the thread of %s stumbled; it goes on", name)


def _keep_spool(host: Host) -> None:
    pause, wait, tidied = threading.Event(), BETWEEN_CARRIES_S, clock.now()
    away: str | None = None
    while True:
        pause.wait(wait)
        try:
            found = carry_spool(host)
            if found.away != away:
                log.warning(*(("photos wait: %s", found.away) if found.away else ("photos are carried again",)))
            away = found.away
            wait = min(wait * 2, LONGEST_WAIT_S) if away else BETWEEN_CARRIES_S
            if clock.now() - tidied > BETWEEN_TIDIES:
                tidied = clock.now()
                tidy_spool(host)
        except Exception:
            log.exception("carrying photos stumbled; it goes on")


def _keep_pictures(host: Host) -> None:
    pause = threading.Event()
    while True:
        wait_for_work(BETWEEN_LOOKS_S)
        # The wait gathers the pictures of several submissions into one commit.
        pause.wait(GATHER_PICTURES_S)
        try:
            with host.app_context():
                draw_pictures(host)
        except Exception:
            log.exception("the picture queue stumbled; it goes on")
