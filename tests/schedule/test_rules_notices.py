from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schedule.rules_notices import HEARD_FOR, Hears, Numbers, Tally, ends_soon, hears, is_digest_time, numbers
from app.schedule.rules_states import State
from tests.support.builders import NOW

SITE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("minutes", "ahead", "tells"),
    [(10, 10, True), (11, 10, False), (1, 10, True), (0, 10, False), (-1, 10, False), (5, 0, False), (30, 30, True)],
)
def test_given_an_end_when_a_worker_has_chosen_the_minutes_then_they_hear_within_them(minutes, ahead, tells):
    assert ends_soon(NOW + timedelta(minutes=minutes), ahead, NOW) is tells


@pytest.mark.parametrize(
    ("minutes", "who"),
    [
        (-1, Hears.NOBODY), (0, Hears.NOBODY), (1, Hears.LEADER), (29, Hears.LEADER), (30, Hears.SUPERVISOR),
        (180, Hears.SUPERVISOR), (181, Hears.NOBODY),
    ],
)  # fmt: skip
def test_given_time_and_grace_over_when_nothing_came_then_the_leader_hears_and_later_the_supervisor(minutes, who):
    assert hears(NOW - timedelta(minutes=minutes), NOW) is who


@given(st.integers(-600, 600), st.integers(1, 600))
def test_given_any_window_when_time_goes_on_then_nobody_hears_before_the_leader(before, step):
    order = [Hears.NOBODY, Hears.LEADER, Hears.SUPERVISOR]
    end = NOW - timedelta(minutes=before)
    first, second = hears(end, NOW), hears(end, NOW + timedelta(minutes=step))

    assert order.index(first) <= order.index(second) or NOW + timedelta(minutes=step) - end > HEARD_FOR


@pytest.mark.parametrize(("hour", "minute", "goes"), [(6, 59, False), (7, 0, True), (11, 59, True), (12, 0, False)])
def test_given_the_morning_when_looked_then_yesterday_goes_out(hour, minute, goes):
    assert is_digest_time(datetime(2026, 11, 23, hour, minute, tzinfo=SITE).astimezone(UTC), SITE) is goes


def test_given_tallies_when_summed_then_each_reader_sees_their_own():
    tallies = [
        Tally("c1", ("clean", "care"), State.IN_WINDOW, 5),
        Tally("c1", ("clean", "care"), State.IN_GRACE, 1),
        Tally("c1", ("clean", "care"), State.LATE, 2),
        Tally("c2", ("clean", "care"), State.MISSED, 3),
        Tally(None, ("other", "other"), State.MISSED, 4),
        Tally("c1", ("clean", "care"), State.EXEMPT, 9),
        Tally("c1", ("clean", "care"), State.UNKNOWN, 1),
    ]

    assert numbers(tallies, crew_id="c1") == Numbers(due=9, done=6, late=2, missed=0)
    assert numbers(tallies, units={"care"}) == Numbers(due=12, done=6, late=2, missed=3)
    assert numbers(tallies) == Numbers(due=16, done=6, late=2, missed=7)
    assert numbers([]) == Numbers()


def test_given_a_minute_ahead_when_a_window_ends_within_it_then_the_worker_hears_and_with_nought_never():
    now = datetime(2026, 11, 23, 1, tzinfo=UTC)

    assert ends_soon(now + timedelta(minutes=1), 1, now)
    assert not ends_soon(now + timedelta(minutes=1), 0, now)
