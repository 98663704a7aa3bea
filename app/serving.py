"""Gunicorn's shipped settings."""

worker_class = "gthread"
timeout = 60
graceful_timeout = 20
keepalive = 5
control_socket_disable = True
accesslog = None
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm"  # noqa: S108  heartbeat file only; a disk there would stall workers
