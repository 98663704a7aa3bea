"""The database locked, restarted, away or slow: 503 with Retry-After and never 500, well again by itself."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.support import builders, servers
from tests.support.calls import photo_step
from tests.support.killing import WELL_AGAIN_S, Harness, clear, judge, more_receipts
from tests.support.locking import held, lasting
from tests.support.soaking import ROOT

pytestmark = pytest.mark.slow

# Longer than anybody waits for a lock (app/db_engine.py), so that waiting ends in an answer and not in luck.
HELD_S = 14
# Twice the wait for a lock: for the gate, then for the file. Phones give up after 30 seconds.
ANSWER_WITHIN_S = 22
RESTARTS, ROUNDS = 3, 20


def answered(url, path):
    try:
        with urllib.request.urlopen(url + path, timeout=ANSWER_WITHIN_S) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        with fault:
            # Whoever is told no is told when to come again; anything else would be a fault of its own.
            return fault.code if fault.headers.get("Retry-After") else -fault.code


def test_given_a_database_held_by_another_when_people_go_on_then_each_is_told_when_to_come_again(
    templates, tmp_path, fork, database
):
    instance = tmp_path / "instance"
    with templates.copy(database, "photo_step", photo_step, instance) as url:
        with Harness(url, instance, fork, phones=6, workers=1, uplink_seconds=0, patience_s=ANSWER_WITHIN_S) as harness:
            more_receipts(harness.fleet)
            with held(url):
                time.sleep(0.5)
                harness.fleet.statuses.clear()
                paths = ("/healthz", f"/p/{builders.CODE}", "/login")
                read = lasting(HELD_S, lambda: [answered(harness.server.url, path) for path in paths])
                busy = harness.fleet.statuses.copy()
            more_receipts(harness.fleet)

        assert {status for each in read for status in each} == {200}
        assert busy[503]
        assert not set(busy) - {200, 201, 503}, busy
        judge(url, instance, harness.fleet)


def test_given_restarts_of_postgresql_under_load_when_it_is_back_then_nothing_is_lost_or_doubled(
    templates, tmp_path, fork, rounds
):
    for number in rounds.of("postgresql-restarts", share=1, full=ROUNDS, each=RESTARTS):
        instance = tmp_path / f"instance-{number}"
        with templates.copy("postgresql", "photo_step", photo_step, instance) as url:
            with Harness(url, instance, fork, phones=8, workers=2, uplink_seconds=0) as harness:
                for _ in range(RESTARTS):
                    more_receipts(harness.fleet, seconds=30)
                    templates.server.restart()
                    more_receipts(harness.fleet)

            told = {str(status): count for status, count in sorted(harness.fleet.statuses.items())}
            rounds.note(answers=told, **judge(url, instance, harness.fleet))
        clear(instance)


def test_given_postgresql_down_at_the_start_when_it_comes_up_then_the_server_serves_without_a_restart(
    templates, tmp_path
):
    instance = tmp_path / "instance"
    with templates.copy("postgresql", "photo_step", photo_step, instance) as url:
        templates.server.stop()
        try:
            server = servers.start(url, instance)
            until = time.monotonic() + 60
            while (early := _status(server.url)) == 0:
                assert time.monotonic() < until, server.log.read_text("utf-8")
                time.sleep(0.1)
            away = [early, answered(server.url, f"/p/{builders.CODE}"), answered(server.url, "/login")]
            migrated = _migrate(url, instance)
        finally:
            templates.server.start()
        try:
            server.wait(WELL_AGAIN_S)
            back = answered(server.url, f"/p/{builders.CODE}")
        finally:
            server.stop()

    assert away[:2] == [503, 503]
    assert away[2] in (200, 503)
    assert back == 200
    assert migrated.returncode == 1
    assert "Traceback" not in migrated.stderr, migrated.stderr
    assert "database" in migrated.stderr


def _status(url):
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code
    except OSError:
        return 0


def _migrate(url, instance):
    env = os.environ | {"DABIAO_DATABASE_URL": url, "DABIAO_INSTANCE": str(instance), "DABIAO_TIMER": "0"}
    command = [sys.executable, "-c", "from app.cli import main; main()", "migrate"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)
