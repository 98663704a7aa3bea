"""Gunicorn's shipped settings, and the timer that each worker starts."""

import gc
from typing import Any

from app.timer import start

worker_class = "app.serving_worker.StayingWorker"
timeout = 60
graceful_timeout = 20
keepalive = 5
control_socket_disable = True
accesslog = None
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm"  # noqa: S108  heartbeat file only; a disk there would stall workers


def post_worker_init(worker: Any) -> None:
    """Each worker keeps the timer; the lease sees to it that a thing is done once."""
    # What was loaded stays for good: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    settle(worker.cfg)
    start(worker.wsgi)


def settle(settings: Any) -> None:
    """As plain attributes: gunicorn asks for some twenty a request, each by a chain of calls; none changes any more."""
    vars(settings).update({name: each.get() for name, each in settings.settings.items()})
