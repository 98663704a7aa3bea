from datetime import UTC, date, datetime, timedelta

import pytest

from app.schedule.rules_crew import Duty, Progress, Standing, crew_today, progress
from app.schedule.rules_states import Deadlines, State
from tests.support.rota import SHANGHAI

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def duty(state=State.PLANNED, opens=0, grace_end=1, expiry=4):
    """Opens, ends with its grace and expires so many hours from NOW."""
    due = Deadlines(NOW + opens * HOUR, NOW + grace_end * HOUR, NOW + expiry * HOUR)
    return Duty("r-1", "卫生间", "巡回", due.opens_at, due.grace_end_at, due, state, None)


@pytest.mark.parametrize(
    ("seen", "standing"),
    [
        (duty(opens=1, grace_end=2), Standing.AHEAD),
        (duty(), Standing.OPEN),
        (duty(opens=-2, grace_end=-1, expiry=1), Standing.OVERTIME),
        (duty(opens=-3, grace_end=-2, expiry=-1), Standing.MISSED),
        (duty(State.IN_WINDOW), Standing.ON_TIME),
        (duty(State.IN_GRACE), Standing.ON_TIME),
        (duty(State.LATE), Standing.LATE),
        (duty(State.MISSED), Standing.MISSED),
        (duty(State.UNABLE), Standing.UNABLE),
        (duty(State.EXEMPT), Standing.EXEMPT),
        (duty(State.UNKNOWN), Standing.UNKNOWN),
    ],
)
def test_given_a_duty_when_it_is_looked_at_then_state_or_clock_say_where_it_stands(seen, standing):
    assert seen.standing(NOW) is standing


def test_given_a_round_when_it_is_counted_then_exempt_ones_stay_outside_and_late_ones_are_done():
    states = (State.IN_WINDOW, State.LATE, State.MISSED, State.UNABLE, State.EXEMPT, State.UNKNOWN)
    duties = [*map(duty, states), duty(opens=-2, grace_end=-1, expiry=1), duty(opens=1, grace_end=2)]

    counted = progress(duties, NOW)

    assert counted == Progress(due=7, done=2, overtime=1, missed=1, unable=1, unknown=1, left=3)


def test_given_two_rounds_when_they_are_ordered_then_what_can_still_be_saved_comes_first():
    late, missed = progress([duty(opens=-2, grace_end=-1)], NOW), progress([duty(State.MISSED)] * 3, NOW)
    unknown, unable = progress([duty(State.UNKNOWN)], NOW), progress([duty(State.UNABLE)] * 2, NOW)

    troubles = [late.trouble, missed.trouble, unknown.trouble, unable.trouble, progress([duty()], NOW).trouble]

    assert troubles == sorted(troubles, reverse=True)
    assert len(set(troubles)) == 5


def test_given_the_small_hours_when_the_crews_day_is_asked_then_it_turns_at_four():
    night = datetime(2026, 11, 23, 19, 59, tzinfo=UTC)

    assert crew_today(night, SHANGHAI) == date(2026, 11, 23)
    assert crew_today(night + timedelta(minutes=1), SHANGHAI) == date(2026, 11, 24)
