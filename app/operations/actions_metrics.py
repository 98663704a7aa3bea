"""How the site stands as gauges in Prometheus' terms."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily

from app.operations.queries_standing import Standing


def gauges(stands: Standing, now: datetime) -> Iterator[GaugeMetricFamily]:
    """Ages in seconds, queues in number; what never happened has no sample."""
    for name, words, value in (
        ("dabiao_pictures_queued", "Pictures that wait for their decode.", stands.pictures_queued),
        ("dabiao_pictures_failed", "Pictures that could not be read.", stands.pictures_failed),
        ("dabiao_messages_queued", "Messages that wait to be carried outside.", stands.messages_queued),
    ):
        yield GaugeMetricFamily(name, words, value=value)
    for name, words, at in (
        ("dabiao_oldest_picture_seconds", "Age of the oldest picture that waits.", stands.oldest_picture_at),
        ("dabiao_newest_check_seconds", "Time since the newest submission.", stands.newest_check_at),
    ):
        if at:
            yield GaugeMetricFamily(name, words, value=(now - at).total_seconds())
    if stands.rows_until:
        ahead_s = (stands.rows_until - now).total_seconds()
        yield GaugeMetricFamily("dabiao_rows_ahead_seconds", "How far ahead rows are made.", value=ahead_s)
    jobs = GaugeMetricFamily("dabiao_job_age_seconds", "Time since a timed job last ended.", labels=["job"])
    for job, done_at in sorted(stands.jobs.items()):
        if done_at:
            jobs.add_metric([job], (now - done_at).total_seconds())
    yield jobs
