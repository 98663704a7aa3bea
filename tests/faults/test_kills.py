"""SIGKILL under load (docs/reliability.md): no acknowledged check is lost or doubled, no row is without its photo."""

import pytest

from tests.support.calls import photo_step
from tests.support.killing import Harness, clear, judge

pytestmark = pytest.mark.slow

UPLOADING_AT_LEAST = 8
# One round on one database; 50 of them make 10,000 workers and 1,000 servers.
WORKER_KILLS, SERVER_KILLS, ROUNDS = 200, 20, 50
# What `make test` has always done.
SHARE_OF_WORKERS = 180


def test_given_kills_under_load_when_all_is_quiet_then_every_receipt_holds(templates, tmp_path, fork, rounds, soak):
    workers = (WORKER_KILLS if soak else SHARE_OF_WORKERS) // SERVER_KILLS

    for number in rounds.of("kills", share=1, full=ROUNDS, each=WORKER_KILLS + SERVER_KILLS):
        instance = tmp_path / f"instance-{number}"
        with templates.copy("sqlite", "photo_step", photo_step, instance) as url:
            with Harness(url, instance, fork, seed=20261121 + number) as harness:
                for _ in range(SERVER_KILLS):
                    for _ in range(workers):
                        harness.kill_worker(UPLOADING_AT_LEAST)
                    harness.kill_server(UPLOADING_AT_LEAST)

            assert harness.kills == {"worker": workers * SERVER_KILLS, "server": SERVER_KILLS}
            assert harness.least_under_way >= UPLOADING_AT_LEAST
            rounds.note(**harness.kills, under_way=harness.least_under_way, **judge(url, instance, harness.fleet))
        clear(instance)
