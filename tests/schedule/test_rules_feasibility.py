"""Minutes due against people on shift, against a model that walks through every minute and shares no code."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.schedule.rules_feasibility import (
    Load,
    Presence,
    Start,
    Task,
    batches,
    merged,
    spread,
    staggered,
    worst_interval,
)

SHORT = st.integers(0, 20)
LAST = 41


def task(start, end, minutes, person="ann", point="p1", reference="A/A1"):
    return Task(start, end, minutes, f"r-{person}", point, reference, person)


def one_task(start, length, minutes):
    return task(start, start + length, minutes)


def stretch(who, start, length):
    return Presence(who, start, start + length)


tasks_of_one = st.lists(st.builds(one_task, SHORT, st.integers(1, 15), st.integers(0, 8)), max_size=7)
people = st.lists(st.builds(stretch, st.sampled_from("abc"), SHORT, st.integers(0, 20)), max_size=4)


def keeps_everything(tasks, start, end):
    """One person, minute by minute: always the open task that ends first; whatever is left at its end is late."""
    left = [[each.start, each.end, each.minutes] for each in tasks]
    for minute in range(LAST):
        if any(todo and deadline <= minute for _, deadline, todo in left):
            return False
        if start <= minute < end:
            ready = [each for each in left if each[0] <= minute and each[2]]
            if ready:
                min(ready, key=lambda each: each[1])[2] -= 1
    return not any(todo for _, _, todo in left)


@settings(max_examples=200, deadline=None)
@given(tasks_of_one, SHORT, st.integers(0, 20))
def test_given_one_person_when_the_day_is_played_minute_by_minute_then_it_is_kept_exactly_where_no_interval_is_over(
    tasks, start, length
):
    worst = worst_interval(tasks, [Presence("ann", start, start + length)])

    assert keeps_everything(tasks, start, start + length) is (worst is None or worst.fits)


@settings(max_examples=100, deadline=None)
@given(tasks_of_one, people)
def test_given_several_people_when_every_interval_is_counted_minute_by_minute_then_the_worst_is_the_worst(tasks, there):
    worst = worst_interval(tasks, there)

    shares = []
    for first in range(LAST):
        for last in range(first + 1, LAST):
            due = sum(each.minutes for each in tasks if first <= each.start and each.end <= last)
            free = sum(
                any(one.start <= minute < one.end for one in there if one.person_id == who)
                for who in "abc"
                for minute in range(first, last)
            )
            shares.append((due > 0 and free == 0, Fraction(due, free) if free else Fraction(due)))
    if worst is not None:
        nobody = worst.due > 0 and worst.available == 0
        assert (nobody, Fraction(worst.due, worst.available) if worst.available else Fraction(worst.due)) == max(shares)
    assert (worst is None) is (not tasks)


def test_given_too_much_in_half_an_hour_when_the_worst_interval_is_named_then_it_says_from_when_to_when_and_how_much():
    due = [task(450, 480, 45, "ann"), task(450, 480, 50, "ben"), task(300, 500, 10, "ann")]

    worst = worst_interval(due, [Presence("ann", 300, 600), Presence("ben", 300, 600)])

    assert worst == Load(450, 480, 95, 60, 2)
    assert (worst.fits, worst.share, worst.people_needed) == (False, Fraction(19, 12), 4)


def test_given_just_enough_minutes_when_it_is_counted_then_it_fits():
    worst = worst_interval([task(0, 30, 30)], [Presence("ann", 0, 30)])

    assert worst == Load(0, 30, 30, 30, 1)
    assert worst.fits
    assert worst.people_needed == 1


def test_given_nobody_there_when_two_intervals_are_counted_then_the_one_with_more_due_is_worse():
    worst = worst_interval([task(0, 10, 5), task(100, 110, 6)], [])

    assert worst == Load(0, 110, 11, 0, 0)
    assert not worst.fits


def test_given_one_of_several_equal_intervals_when_the_worst_is_named_then_it_is_the_first_and_shortest():
    due = [task(0, 20, 10), task(40, 60, 10)]

    assert worst_interval(due, [Presence("ann", 0, 20), Presence("ann", 40, 60)]) == Load(0, 20, 10, 20, 1)


def test_given_stretches_that_touch_when_they_are_merged_then_nobody_counts_twice():
    told = (("b", 5, 9), ("a", 10, 20), ("a", 0, 10), ("a", 21, 30), ("a", 12, 15))

    assert merged(Presence(*each) for each in told) == [
        Presence("a", 0, 20),
        Presence("a", 21, 30),
        Presence("b", 5, 9),
    ]


def test_given_tasks_that_open_together_when_they_are_staggered_then_the_one_that_ends_first_is_begun_first():
    late, soon, after = task(400, 500, 20, point="p1"), task(400, 430, 20, point="p2"), task(450, 460, 20, point="p3")

    assert staggered([late, after, soon], 390) == [Start(soon, 400, 0), Start(late, 420, 0), Start(after, 450, 10)]


@settings(max_examples=100, deadline=None)
@given(tasks_of_one, SHORT)
def test_given_any_tasks_when_they_are_staggered_then_each_is_begun_once_one_after_the_other(tasks, begins):
    plan = staggered(tasks, begins)

    assert sorted(start.task for start in plan) == sorted(tasks)
    assert all(start.at >= max(begins, start.task.start) for start in plan)
    assert all(first.at + first.task.minutes <= then.at for first, then in pairwise(plan))
    assert all(start.late == max(0, start.at + start.task.minutes - start.task.end) for start in plan)


@pytest.mark.parametrize(
    ("load", "starts"),
    [
        (Load(450, 480, 95, 60, 2), [450, 480]),
        (Load(450, 480, 60, 60, 2), [450]),
        (Load(450, 480, 121, 60, 2), [450, 480, 510]),
        (Load(450, 480, 95, 0, 0), [450]),
    ],
)
def test_given_an_interval_when_groups_are_proposed_then_each_group_has_the_minutes(load, starts):
    assert batches(load) == starts


def test_given_minutes_of_people_when_the_spread_is_counted_then_it_is_none_for_equals_and_most_for_one_with_all():
    assert spread([50, 50, 50]) == 0
    assert spread([0, 0, 90]) == Fraction(2, 3)
    assert spread([10, 30]) == Fraction(1, 4)
    assert spread([]) == 0
    assert spread([0, 0]) == 0


def test_given_an_interval_of_a_minute_or_less_when_people_are_counted_then_each_does_a_minute_of_it():
    assert [Load(0, end, 3, 0, 0).people_needed for end in (0, 1, 2, 3)] == [3, 3, 2, 1]
