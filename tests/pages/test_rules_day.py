"""The groups of a person's day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.pages.rules_day import day_of, group_of
from app.schedule.rules_states import State

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Due:
    """10:00 to 10:40 at the site, a quarter of an hour of grace, four hours to make up."""

    state: State = State.PLANNED
    shift: timedelta = timedelta()
    business_on: date = TODAY

    @property
    def open_at(self):
        return START + self.shift

    @property
    def end_at(self):
        return self.open_at + timedelta(minutes=40)

    @property
    def grace_end_at(self):
        return self.open_at + timedelta(minutes=55)

    @property
    def expire_at(self):
        return self.open_at + timedelta(hours=4)


@pytest.mark.parametrize(
    ("minutes", "group"),
    [(-1, "ahead"), (0, "now"), (40, "now"), (55, "now"), (56, "over"), (240, "over"), (241, "missed")],
)
def test_given_a_planned_task_when_the_clock_moves_then_it_changes_its_group(minutes, group):
    assert group_of(Due(), START + timedelta(minutes=minutes)) == group


@pytest.mark.parametrize(
    ("state", "group"),
    [
        (State.IN_WINDOW, "done"), (State.IN_GRACE, "done"), (State.LATE, "done"), (State.UNABLE, "unable"),
        (State.EXEMPT, "unable"), (State.MISSED, "missed"), (State.UNKNOWN, "now"),
    ],
)  # fmt: skip
def test_given_a_state_when_sorted_then_the_state_decides_before_the_clock(state, group):
    assert group_of(Due(state), START) == group


def test_given_a_day_when_counted_then_what_could_not_be_done_leaves_the_total():
    day = day_of([Due(), Due(State.IN_WINDOW), Due(State.EXEMPT), Due(State.MISSED)], START, TODAY)

    assert (day.total, day.left, len(day.done), len(day.unable)) == (3, 1, 1, 1)


def test_given_one_of_each_group_when_counted_then_what_is_left_is_what_can_still_be_done():
    over, ahead = Due(shift=timedelta(hours=-2)), Due(shift=timedelta(hours=2))

    day = day_of([Due(), over, ahead, Due(State.LATE), Due(State.MISSED), Due(State.UNABLE)], START, TODAY)

    assert (day.now, day.over, day.ahead) == ((Due(),), (over,), (ahead,))
    assert (day.total, day.left) == (5, 3)


def test_given_several_due_now_when_sorted_then_the_soonest_end_comes_first():
    late, soon = Due(shift=timedelta(minutes=-5)), Due(shift=timedelta(minutes=-20))

    assert day_of([late, soon], START, TODAY).now == (soon, late)


def test_given_tasks_of_the_next_date_when_sorted_then_they_stand_apart_uncounted_until_they_open():
    tomorrow = TODAY + timedelta(days=1)
    ahead, opened = Due(shift=timedelta(hours=2), business_on=tomorrow), Due(business_on=tomorrow)

    day = day_of([ahead, opened], START, TODAY)

    assert (day.night, day.now, day.ahead) == ((ahead,), (opened,), ())
    assert (day.total, day.left) == (1, 1)
