"""SIGKILL under load (docs/operating.md): no acknowledged check is lost or doubled, no row is without its photo."""

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from app import clock
from app.db import db
from app.photos.actions_pictures import drain
from tests.support import servers
from tests.support.calls import photo_step
from tests.support.databases import make_app
from tests.support.phones import Fleet, Phone, cookie_and_token, sha256_of_kept

pytestmark = pytest.mark.slow

PHONES = 24
UPLOADING_AT_LEAST = 8
# As on a bad network: most phones are in the middle of an upload at any moment.
SLOW_UPLINK_SECONDS = 0.3
WORKERS = 3
WORKER_KILLS, SERVER_KILLS = 180, 20
SOAK = 10_000 // (WORKER_KILLS + SERVER_KILLS)
# The program is loaded once and forked, so that a killed worker is back in a moment.
QUICK_RESTART = {"GUNICORN_CMD_ARGS": "--preload"}


class Harness:
    """The server, its phones, and the hand that kills."""

    def __init__(self, url, instance):
        self.url, self.instance = url, instance
        self.server = servers.start(url, instance, workers=WORKERS, **QUICK_RESTART)
        self.server.wait()
        self.port = int(self.server.url.rpartition(":")[2])
        self.kills = Counter()
        self.chance = random.Random(20261121)
        app = make_app(url, instance)
        self.fleet = Fleet(self.port, *cookie_and_token(app, "ann"), uplink_seconds=SLOW_UPLINK_SECONDS)
        with app.app_context():
            db.engine.dispose()
        self.phones = [Phone(self.fleet, number) for number in range(PHONES)]
        for phone in self.phones:
            phone.start()

    def kill_worker(self):
        self.await_load()
        victims = self.server.workers()
        os.kill(self.chance.choice(victims), signal.SIGKILL)
        self.kills["worker"] += 1

    def kill_server(self):
        self.await_load()
        self.server.kill()
        self.kills["server"] += 1
        self.server = servers.start(self.url, self.instance, port=self.port, workers=WORKERS, **QUICK_RESTART)
        self.server.wait()

    def await_load(self):
        """Until uploads are under way and the server has answered since the last kill."""
        time.sleep(self.chance.random() * 0.1)
        answered, until = len(self.fleet.receipts), time.monotonic() + 60
        while self.fleet.uploading < UPLOADING_AT_LEAST or len(self.fleet.receipts) < answered + 3:
            assert not self.fleet.faults, self.fleet.faults
            assert time.monotonic() < until, self.server.log.read_text("utf-8")[-4000:]
            assert self.server.process.poll() is None, "the arbiter itself ended"
            time.sleep(0.002)

    def end(self):
        """Every phone finishes the check it is at; then the server stops."""
        self.fleet.stopping = True
        until = time.monotonic() + 60
        for phone in self.phones:
            phone.join(max(0, until - time.monotonic()))
        self.fleet.given_up = True
        self.server.stop()
        assert not any(phone.is_alive() for phone in self.phones)


def rows(url, statement):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as link:
        return link.execute(statement).fetchall()


def states_once_drained(url, instance):
    """The states of all pictures after the queue has been gone through."""
    app = make_app(url, instance)
    with app.app_context():
        while drain(app.extensions["photo_store"], now=clock.now(), on_failed=lambda _failed: None):
            pass
        db.session.remove()
        db.engine.dispose()
    return {state for (state,) in rows(url, "select distinct state from pictures")}


def test_given_kills_under_load_when_all_is_quiet_then_every_receipt_holds(templates, tmp_path, soak):
    times = SOAK if soak else 1
    with templates.copy("sqlite", "photo_step", photo_step, tmp_path / "instance") as url:
        harness = Harness(url, tmp_path / "instance")
        try:
            for _ in range(SERVER_KILLS * times):
                for _ in range(WORKER_KILLS // SERVER_KILLS):
                    harness.kill_worker()
                harness.kill_server()
        except BaseException:
            harness.fleet.given_up = True
            raise
        finally:
            harness.end()

        receipts, photos = harness.fleet.receipts, tmp_path / "instance" / "photos"
        checks = dict(rows(url, "select check_id, number from receipts"))
        pictures = rows(
            url, "select f.id, f.check_id, f.sha256, p.place from photos f left join pictures p on p.sha256 = f.sha256"
        )
        kept = {path.name: path for path in photos.rglob("*-*-*-*-*") if path.is_file()}

        assert harness.kills == {"worker": WORKER_KILLS * times, "server": SERVER_KILLS * times}
        assert not harness.fleet.faults
        assert {check_id: receipt["number"] for check_id, receipt in receipts.items()} == checks
        assert len(set(checks.values())) == len(checks)
        assert sorted(each for (each,) in rows(url, "select id from checks")) == sorted(checks)
        told = [(photo["id"], check, photo["sha256"]) for check, each in receipts.items() for photo in each["photos"]]
        assert sorted((photo_id, check_id, sha256) for photo_id, check_id, sha256, _ in pictures) == sorted(told)
        assert all(sha256_of_kept(kept[photo_id]) == sha256 for photo_id, _, sha256, _ in pictures)
        assert all(sha256_of_kept(photos / place) == sha256 for _, _, sha256, place in pictures)
        assert rows(url, "pragma integrity_check") == [("ok",)]
        assert states_once_drained(url, tmp_path / "instance") == {"ready"}
