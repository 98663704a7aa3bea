"""VH-3, VH-10: consumption between two full fills, flagged when over by a tenth twice in a row."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.rules_fuel import Fill, flagged, periods

START = datetime(2026, 11, 1, tzinfo=UTC)


def fill(km, quantity, full=True):
    return Fill(START + timedelta(hours=km), km, quantity, full)


def test_vh10_given_two_full_fills_when_worked_out_then_what_was_taken_after_the_first_over_the_way_between():
    [period] = periods([fill(1000, 50), fill(1500, 43)])

    assert (period.km, period.quantity) == (500, 43)
    assert period.per_100 == pytest.approx(8.6)
    assert (period.since, period.until) == (START + timedelta(hours=1000), START + timedelta(hours=1500))


def test_vh10_given_a_fill_that_is_not_full_when_worked_out_then_it_counts_into_the_period_and_ends_none():
    [period] = periods([fill(1000, 50), fill(1200, 10, full=False), fill(1500, 33)])

    assert (period.km, period.quantity) == (500, 43)


def test_vh10_given_no_full_fill_or_one_only_when_worked_out_then_there_is_no_period():
    assert periods([]) == ()
    assert periods([fill(1000, 50)]) == ()
    assert periods([fill(1000, 5, full=False), fill(1400, 50)]) == ()
    assert periods([fill(1000, 50), fill(1000, 1)]) == ()


def test_vh10_given_a_quota_when_a_period_is_a_tenth_above_then_it_is_over_and_just_below_is_not():
    [over] = periods([fill(0, 1), fill(1000, 110)])
    [below] = periods([fill(0, 1), fill(1000, 109.9)])

    assert over.over(10.0)
    assert not below.over(10.0)
    assert not over.over(None)


def test_vh10_given_two_periods_over_when_flagged_then_only_the_last_two_together_count():
    over, well = 120, 90

    assert flagged(periods([fill(0, 1), fill(1000, over), fill(2000, over)]), 10.0)
    assert not flagged(periods([fill(0, 1), fill(1000, over)]), 10.0)
    assert not flagged(periods([fill(0, 1), fill(1000, over), fill(2000, well)]), 10.0)
    assert not flagged(periods([fill(0, 1), fill(1000, over), fill(2000, over), fill(3000, well)]), 10.0)
    assert flagged(periods([fill(0, 1), fill(1000, well), fill(2000, over), fill(3000, over)]), 10.0)


@given(st.lists(st.tuples(st.integers(0, 3000), st.floats(0.5, 80), st.booleans()), max_size=20))
def test_vh10_given_any_fills_when_worked_out_then_nothing_is_counted_twice(given_):
    fills = [Fill(START + timedelta(minutes=place), km, taken, full) for place, (km, taken, full) in enumerate(given_)]

    found = periods(fills)

    assert all(each.km > 0 for each in found)
    assert sum(each.quantity for each in found) <= sum(each.quantity for each in fills) + 1e-6
    assert sum(each.km for each in found) <= max((each.km for each in fills), default=0)
