"""The shipped gunicorn settings without the application's timer; the worker is gunicorn's own unless named."""

import os

from app.serving import graceful_timeout, keepalive, timeout, worker_tmp_dir

__all__ = ["graceful_timeout", "keepalive", "timeout", "worker_tmp_dir"]
worker_class = os.environ.get("LIMIT_WORKER", "gthread")
control_socket_disable = True
workers = int(os.environ.get("LIMIT_WORKERS", "1"))
threads = 8
