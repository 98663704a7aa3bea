"""Rates: dash, threshold on the unrounded value, half up, Wilson interval."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tallies.rules_rates import Grade, Rate, wilson, worst_first
from app.web.filters import percent


def test_given_eighteen_of_twenty_when_the_interval_is_made_then_it_is_that_of_the_rules():
    low, high = Rate(18, 20).interval

    assert (round(low * 100, 1), round(high * 100, 1)) == (69.9, 97.2)


def test_given_thirty_cases_when_asked_then_there_is_a_grade_and_no_interval():
    assert Rate(29, 30).interval is None
    assert Rate(29, 30).grade(Fraction(95, 100)) is Grade.MET
    assert Rate(29, 29).grade(Fraction(95, 100)) is None
    assert Rate(29, 29).is_small
    assert Rate(0, 1).is_small


def test_given_a_value_that_rounds_up_to_the_target_when_graded_then_it_is_still_below():
    rate = Rate(94999, 100000)

    assert percent(94999, 100000) == "95.0%"
    assert rate.grade(Fraction(95, 100)) is Grade.BELOW
    assert Rate(95, 100).grade(Fraction(95, 100)) is Grade.MET


def test_given_nothing_due_when_asked_then_there_is_no_share_no_interval_and_no_grade():
    rate = Rate(0, 0)

    assert (rate.share, rate.interval, rate.grade(Fraction(1, 2)), rate.is_small) == (None, None, None, False)


def test_given_no_target_when_graded_then_there_is_none():
    assert Rate(99, 100).grade(None) is None


@pytest.mark.parametrize(
    ("n", "of", "text"), [(1, 8, "12.5%"), (1, 16, "6.3%"), (1, 2000, "0.1%"), (0, 3, "0.0%"), (1, 1, "100.0%")]
)
def test_given_a_rate_when_shown_then_it_has_one_decimal_half_up(n, of, text):
    assert percent(n, of) == text


def test_given_rates_when_sorted_worst_first_then_the_larger_of_equals_leads_and_the_empty_one_ends():
    rates = [Rate(0, 0), Rate(9, 10), Rate(1, 2), Rate(50, 100)]

    assert sorted(rates, key=worst_first) == [Rate(50, 100), Rate(1, 2), Rate(9, 10), Rate(0, 0)]
    assert sorted([*rates, Rate(0, 7)], key=worst_first)[0] == Rate(0, 7)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_given_any_rate_when_the_interval_is_made_then_it_lies_in_range_and_holds_the_share(case):
    numerator, denominator = case

    low, high = wilson(numerator, denominator)

    assert 0 <= low <= numerator / denominator + 1e-12
    assert numerator / denominator - 1e-12 <= high <= 1
    assert low < high


def test_given_more_than_all_when_the_interval_is_made_then_it_is_that_of_all():
    assert wilson(7, 6) == wilson(6, 6)
