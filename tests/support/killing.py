"""A server under load whose processes end by force, and the judge who holds the receipts against disk and database."""

import os
import random
import shutil
import signal
import time
from collections import Counter

from sqlalchemy import create_engine, text

from app import clock
from app.config_values import database_url as _database_url
from app.db import db
from app.photos.actions_pictures import drain
from app.photos.queries import TRY_AGAIN_AFTER
from tests.support import servers
from tests.support.databases import make_app
from tests.support.phones import Fleet, Phone, cookie_and_token, sha256_of_kept

# The program is loaded once and forked, so that a killed worker is back in a moment.
QUICK_RESTART = {"GUNICORN_CMD_ARGS": "--preload"}
PATIENCE_S = 120
# From the moment the database is there again.
WELL_AGAIN_S = 10


class Harness:
    """The server, its phones, and the hand that kills."""

    def __init__(
        self, url, instance, fork, *, phones=24, workers=3, uplink_seconds=0.3, seed=20261121, patience_s=30, **how
    ):
        self.url, self.instance = url, instance
        self.how = {"workers": workers, "fork": fork, **QUICK_RESTART, **how}
        self.server = servers.start(url, instance, **self.how)
        self.server.wait(PATIENCE_S)
        self.port = int(self.server.url.rpartition(":")[2])
        self.kills, self.least_under_way = Counter(), phones
        self.chance = random.Random(seed)
        app = make_app(url, instance)
        self.fleet = Fleet(self.port, *cookie_and_token(app, "ann"), uplink_seconds=uplink_seconds)
        self.fleet.patience_s = patience_s
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.phones = [Phone(self.fleet, number) for number in range(phones)]
        for phone in self.phones:
            phone.start()

    def kill_worker(self, uploading):
        self.await_load(uploading)
        os.kill(self.chance.choice(self.server.workers()), signal.SIGKILL)
        self.kills["worker"] += 1

    def kill_server(self, uploading):
        self.await_load(uploading)
        self.server.kill()
        self.kills["server"] += 1
        self.restart()

    def restart(self):
        self.server = servers.start(self.url, self.instance, port=self.port, **self.how)
        self.server.wait(PATIENCE_S)

    def await_load(self, uploading):
        """Until so many uploads are under way and the server has answered since the last kill."""
        time.sleep(self.chance.random() * 0.1)
        answered, until = len(self.fleet.receipts), time.monotonic() + PATIENCE_S
        while self.fleet.uploading < uploading or len(self.fleet.receipts) < answered + 3:
            assert not self.fleet.faults, self.fleet.faults
            assert time.monotonic() < until, self.said()
            assert self.server.process.poll() is None, "the arbiter itself ended"
            time.sleep(0.002)
        self.least_under_way = min(self.least_under_way, self.fleet.uploading)

    def said(self):
        return self.server.log.read_text("utf-8")[-4000:]

    def end(self):
        """Every phone finishes the check it is at; then the server stops."""
        self.fleet.stopping = True
        until = time.monotonic() + PATIENCE_S
        for phone in self.phones:
            phone.join(max(0, until - time.monotonic()))
        self.fleet.given_up = True
        self.server.stop()
        assert not any(phone.is_alive() for phone in self.phones)

    def __enter__(self):
        return self

    def __exit__(self, kind, _fault, _trace):
        if kind:
            self.fleet.given_up = True
        self.end()


def more_receipts(fleet, count=3, seconds=WELL_AGAIN_S):
    """Waits until so many more have come."""
    had, until = len(fleet.receipts), time.monotonic() + seconds
    while len(fleet.receipts) < had + count:
        assert not fleet.faults, fleet.faults
        assert time.monotonic() < until, f"not well again after {seconds} s: {fleet.statuses}"
        time.sleep(0.01)


def rows(url, statement):
    """What stands in the database, read past the program."""
    engine = create_engine(_database_url(url))
    try:
        with engine.connect() as link:
            return [tuple(each) for each in link.execute(text(statement))]
    finally:
        engine.dispose()


PHOTOS = "select f.id, f.check_id, f.sha256, p.place from photos f left join pictures p on p.sha256 = f.sha256"


def judge(url, instance, fleet):
    """Every receipt holds, nothing stands twice, no row lacks its photo; gives back how many checks and photos."""
    receipts, photos = fleet.receipts, instance / "photos"
    checks = dict(rows(url, "select check_id, number from receipts"))
    pictures = rows(url, PHOTOS)
    kept = {path.name: path for path in photos.rglob("*-*-*-*-*") if path.is_file()}

    assert not fleet.faults, fleet.faults
    assert {check_id: receipt["number"] for check_id, receipt in receipts.items()} == checks
    assert len(set(checks.values())) == len(checks)
    assert sorted(each for (each,) in rows(url, "select id from checks")) == sorted(checks)
    told = [(photo["id"], check, photo["sha256"]) for check, each in receipts.items() for photo in each["photos"]]
    assert sorted((photo_id, check_id, sha256) for photo_id, check_id, sha256, _ in pictures) == sorted(told)
    assert all(sha256_of_kept(kept[photo_id]) == sha256 for photo_id, _, sha256, _ in pictures)
    assert all(sha256_of_kept(photos / place) == sha256 for _, _, sha256, place in pictures)
    if url.startswith("sqlite"):
        assert rows(url, "pragma integrity_check") == [("ok",)]
    assert states_once_drained(url, instance) == {"ready"}
    return {"checks": len(checks), "photos": len(pictures)}


def states_once_drained(url, instance):
    """The states of all pictures after the queue has been gone through, those too whose decode the end cut short."""
    app = make_app(url, instance)
    soon = clock.now() + 2 * TRY_AGAIN_AFTER
    with app.app_context():
        while drain(app.extensions["photo_store"], now=soon, on_failed=lambda _failed: None):
            pass
        db.session.remove()
        db.engine.dispose()
    return {state for (state,) in rows(url, "select distinct state from pictures")}


def clear(instance):
    """A round leaves no gigabytes behind."""
    shutil.rmtree(instance, ignore_errors=True)
