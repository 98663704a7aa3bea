"""The demo's month as a day of it was played: records, findings with their deeds, draws with second opinions."""

from contextlib import contextmanager
from datetime import UTC, datetime

from app import clock
from app.db import atomically
from app.demo.actions import load_compound
from app.demo.actions_draws import play_draws
from app.demo.actions_findings import play_findings
from app.demo.actions_history import Site, make_history
from app.tallies.actions import fold

PLAYED = datetime(2026, 11, 20, 8, tzinfo=UTC)


@contextmanager
def demo_month(app):
    """A Friday afternoon with the day before it; half of what changed is folded, half is not. Inside a context."""
    settings = app.extensions["settings"]
    site = Site(settings.zone, app.extensions["photo_store"], settings.max_photo_bytes)
    with clock.at(PLAYED):
        atomically(load_compound)
        make_history(1, site, PLAYED, lambda _text: None)
        fold(settings.zone)
        atomically(lambda: play_findings(site, PLAYED))
        atomically(lambda: play_draws(1, site, PLAYED))
        yield app
