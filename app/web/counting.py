"""Requests and their times for Prometheus, counted over all workers (DABIAO_METRICS_KEY)."""

from flask import Flask, Response, request
from prometheus_client import Counter, Histogram

from app.web.requests import seconds_so_far

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
REQUESTS = Counter("dabiao_requests", "Answers by page and status.", ("endpoint", "method", "status"))
SECONDS = Histogram("dabiao_request_seconds", "Time until an answer stood.", ("endpoint",), buckets=BUCKETS_S)


def install(app: Flask) -> None:
    """Count only where somebody asks for it."""
    if app.extensions["settings"].metrics_key:
        app.after_request(_count)


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    REQUESTS.labels(endpoint, request.method, str(response.status_code)).inc()
    SECONDS.labels(endpoint).observe(seconds_so_far())
    return response
