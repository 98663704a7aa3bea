"""The server ends at named points of a submission: what was acknowledged stands, rows have photos, a retry is one."""

import time
from collections import Counter

import pytest

from tests.support.calls import photo_step
from tests.support.crashing import POINTS, arm, armed
from tests.support.killing import PATIENCE_S, Harness, clear, judge, rows

pytestmark = pytest.mark.slow

# Ten rounds of five make 50 ends at each point.
ROUNDS, TIMES = 10, 5
ENDED = "select p.id, p.check_id, q.place from photos p left join pictures q on q.sha256 = p.sha256"


def ended_at(harness, point):
    """The server comes to the point, ends there and is looked at as it lies; then it starts again."""
    arm(harness.instance, point)
    until = time.monotonic() + PATIENCE_S
    while harness.server.process.poll() is None:
        assert time.monotonic() < until, (point, harness.said())
        assert not harness.fleet.faults, harness.fleet.faults
        time.sleep(0.002)
    assert not armed(harness.instance), f"ended somewhere else than at {point}: {harness.said()}"
    acknowledged = set(harness.fleet.receipts)
    assert acknowledged <= {check for (check,) in rows(harness.url, "select check_id from receipts")}, point
    photos = harness.instance / "photos"
    without = [each for each in rows(harness.url, ENDED) if not (each[2] and (photos / each[2]).is_file())]
    assert without == [], point
    harness.kills[point] += 1
    harness.restart()
    while len(harness.fleet.receipts) < len(acknowledged) + 3:
        assert time.monotonic() < until + PATIENCE_S, (point, harness.said())
        time.sleep(0.002)


def test_given_an_end_at_each_point_when_started_again_then_nothing_is_lost_doubled_or_half_there(
    database, templates, tmp_path, fork, rounds, soak
):
    times = TIMES if soak else 1

    for number in rounds.of(f"crash-points-{database}", share=1, full=ROUNDS, each=TIMES * len(POINTS)):
        instance = tmp_path / f"instance-{number}"
        with templates.copy(database, "photo_step", photo_step, instance) as url:
            how = {"phones": 4, "workers": 1, "uplink_seconds": 0, "application": "tests.support.crashing"}
            with Harness(url, instance, fork, **how) as harness:
                for point in POINTS * times:
                    ended_at(harness, point)

            assert harness.kills == Counter(dict.fromkeys(POINTS, times))
            rounds.note(points=len(POINTS), **judge(url, instance, harness.fleet))
        clear(instance)
