from datetime import timedelta

import pytest

from app.schedule.rules_leases import AHEAD, is_free
from tests.support.builders import NOW

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def free(until=-HOUR, done=None):
    done_at = None if done is None else NOW + done
    return is_free(NOW + until, done_at, NOW, every=HOUR, hold=5 * MINUTE)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (-SECOND, True),
        (timedelta(0), True),
        (SECOND, False),
        (5 * MINUTE + AHEAD, False),
        (5 * MINUTE + AHEAD + SECOND, True),
        (timedelta(days=366), True),
    ],
)
def test_given_a_holder_when_asked_then_it_binds_for_a_hold_and_not_from_a_clock_put_back(until, expected):
    assert free(until=until) is expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        (None, True),
        (-HOUR, True),
        (-HOUR + SECOND, False),
        (timedelta(0), False),
        (AHEAD, False),
        (AHEAD + SECOND, True),
        (timedelta(days=366), True),
    ],
)
def test_given_a_job_done_when_asked_then_it_waits_its_time_and_not_a_year(done, expected):
    assert free(done=done) is expected
