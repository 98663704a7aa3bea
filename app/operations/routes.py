"""Figures for machines that watch: `/metrics`, with a key of its own."""

from collections.abc import Iterable
from hmac import compare_digest

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from app import clock
from app.operations.actions_metrics import gauges
from app.operations.queries_standing import standing
from app.refusals import NotFound
from app.web.guards import public
from app.web.words import lazy

bp = Blueprint("operations", __name__)


class _Standing:
    """Asked for at each look."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return gauges(standing(), clock.now())


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Counts of all workers and how the site stands; without the right bearer key there is no such page."""
    key = current_app.extensions["settings"].metrics_key
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not key or not compare_digest(given.encode(), key.encode()):
        raise NotFound(lazy("There is no such page. Check the address or type the code of the label."))
    registry = CollectorRegistry()
    registry.register(_Standing())
    return Response(_counts() + generate_latest(registry), mimetype=CONTENT_TYPE_LATEST)


def _counts() -> bytes:
    """Of all workers where `dabiao serve` has given them a folder to meet in, else of this one."""
    folder = current_app.extensions["settings"].metrics_folder
    if not folder:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together, str(folder))  # type: ignore[no-untyped-call]
    return generate_latest(together)
