"""The shipped gunicorn settings without the application's timer."""

from app.serving import graceful_timeout, keepalive, timeout, worker_class, worker_tmp_dir

__all__ = ["graceful_timeout", "keepalive", "timeout", "worker_class", "worker_tmp_dir"]
control_socket_disable = True
workers = 1
threads = 8
