"""The leading PostgreSQL dies and its standby takes over: acknowledged records, the address of two hosts, a backup."""

import json
import subprocess
import time

import pytest

from tests.support.calls import Caller, photo_step
from tests.support.databases import let_go, make_app
from tests.support.killing import Harness, clear, judge, more_receipts, rows
from tests.support.pictures import jpeg
from tests.support.replicas import pair
from tests.support.soaking import ROOT

pytestmark = pytest.mark.slow

ROUNDS = 20
CUT_OFF = 12


def test_given_a_synchronous_standby_when_the_leader_dies_under_load_then_every_receipt_holds(
    templates, tmp_path, fork, rounds
):
    for number in rounds.of("postgresql-failovers", share=1, full=ROUNDS):
        instance = tmp_path / f"instance-{number}"
        with (
            templates.copy("postgresql", "photo_step", photo_step, instance) as source,
            pair(templates.server, synchronous=True) as both,
        ):
            url = both.url(source.partition("@/")[2].partition("?")[0])
            with Harness(url, instance, fork, phones=8, workers=2, uplink_seconds=0) as harness:
                more_receipts(harness.fleet, count=20, seconds=30)
                begun = time.monotonic()
                both.fail_over()
                promoted = time.monotonic()
                more_receipts(harness.fleet)
                well = time.monotonic()
                more_receipts(harness.fleet, count=20, seconds=30)
            figures = judge(url, instance, harness.fleet)
            rounds.note(promoted_s=round(promoted - begun, 2), well_s=round(well - begun, 2), **figures)
        clear(instance)


def test_given_a_standby_that_lags_when_the_leader_dies_then_the_rest_is_whole_and_the_lost_can_be_sent_again(
    templates, tmp_path, fork
):
    with (
        templates.copy("postgresql", "photo_step", photo_step, tmp_path) as source,
        pair(templates.server, synchronous=False) as both,
    ):
        url = both.url(source.partition("@/")[2].partition("?")[0])
        with Harness(url, tmp_path, fork, phones=8, workers=2, uplink_seconds=0) as harness:
            more_receipts(harness.fleet)
            both.cut()
            more_receipts(harness.fleet, count=CUT_OFF)
            both.fail_over()
            more_receipts(harness.fleet)

        kept = {check_id for (check_id,) in rows(url, "select id from checks")}
        lost = harness.fleet.receipts.keys() - kept
        for check_id in lost:
            del harness.fleet.receipts[check_id]
        assert len(lost) >= CUT_OFF
        judge(url, tmp_path, harness.fleet)


def test_given_a_read_replica_when_it_is_backed_up_or_written_to_then_the_copy_is_whole_and_writers_come_again(
    templates, tmp_path
):
    with (
        templates.copy("postgresql", "photo_step", photo_step, tmp_path) as source,
        pair(templates.server, synchronous=True) as both,
    ):
        name = source.partition("@/")[2].partition("?")[0]
        writing, reading = (make_app(server.url(name), tmp_path) for server in (both.leader, both.standby))
        caller = Caller(writing)
        photo = caller.put(jpeg(640, 480)).json["photo"]["id"]
        sent = caller.submit([photo])
        caller.client = reading.test_client(use_cookies=False)
        refused = caller.submit([photo])
        page = caller("GET", "/")
        let_go(writing)
        let_go(reading)
        backup = _backup(both.standby.url(name), tmp_path)

    assert sent.status_code == 201
    assert (refused.status_code, page.status_code) == (503, 200)
    assert refused.headers["Retry-After"]
    assert backup["rows"]["checks"] == 1


def _backup(url, instance):
    """The manifest of what `dabiao backup` writes."""
    into = instance / "backup"
    env = {"DABIAO_DATABASE_URL": url, "DABIAO_INSTANCE": str(instance), "DABIAO_PHOTO_STORE": str(instance / "photos")}
    done = subprocess.run(
        [ROOT / ".venv/bin/dabiao", "backup", str(into)], env={"PATH": "/usr/bin:/bin", **env}, capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(next(into.glob("*/manifest.json")).read_text("utf-8"))
