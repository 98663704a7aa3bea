"""Tails of chance against exact counts and tables."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flags.rules_chance import at_least, below, chi_square, chi_square_tail, decades


@pytest.mark.parametrize(("probability", "power"), [(1, 0), (0.001, 3), (1e-299, 299), (1e-301, 300), (0, 300)])
def test_given_a_probability_when_written_in_powers_of_ten_then_it_is_capped(probability, power):
    assert decades(probability) == pytest.approx(power)


@given(st.integers(0, 40), st.integers(0, 40), st.fractions(Fraction(1, 100), Fraction(99, 100)))
def test_given_hits_among_tries_when_counted_exactly_then_the_tail_agrees(hits, more, share):
    tries = hits + more

    exact = sum(comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(hits, tries + 1))

    assert at_least(hits, tries, float(share)) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize(
    ("hits", "tries", "share", "is_so"),
    [(0, 5, 0.0, 1), (-1, 5, 0.0, 1), (1, 5, 0.0, 0), (5, 5, 1.0, 1), (3, 3, 1.2, 1)],
)
def test_given_certainty_when_counted_then_the_tail_is_nought_or_one(hits, tries, share, is_so):
    assert at_least(hits, tries, share) == is_so


def test_given_thousands_of_tries_when_counted_then_nothing_overflows():
    assert at_least(2600, 5000, 0.5) == pytest.approx(0.00242, rel=0.02)


def test_given_a_fair_die_when_thrown_sixty_times_then_chi_square_is_the_text_book_value():
    assert chi_square([5, 8, 9, 8, 10, 20], [10] * 6) == (pytest.approx(13.4), 5)


def test_given_cells_that_expect_nothing_when_summed_then_they_are_left_out():
    assert chi_square([3, 1, 9], [2, 2, 0]) == (1.0, 1)
    assert chi_square([], []) == (0, 0)
    assert chi_square([1, 1], [0.5, 0.5]) == (1.0, 1)


def test_given_more_cells_than_were_expected_when_summed_then_it_is_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        chi_square([1, 2], [1])


@pytest.mark.parametrize(
    ("value", "degrees", "tail"),
    [
        (5.991, 2, 0.05),
        (9.488, 4, 0.05),
        (18.307, 10, 0.05),
        (23.209, 10, 0.01),
        (23.209, 9, 0.01),
        (0, 6, 1),
        (3, 0, 1),
    ],
)
def test_given_a_table_of_chi_square_when_looked_up_then_the_tail_agrees(value, degrees, tail):
    assert chi_square_tail(value, degrees) == pytest.approx(tail, abs=0.0001)


@pytest.mark.parametrize(("value", "share"), [(10, 0.5), (11.96, 0.975), (8.04, 0.025), (11, 0.8413), (40, 1)])
def test_given_a_normal_law_when_looked_up_then_the_share_agrees(value, share):
    assert below(value, 10, 1) == pytest.approx(share, abs=0.0001)


def test_given_a_wider_spread_when_looked_up_then_the_share_is_nearer_to_half():
    assert below(14, 10, 4) == pytest.approx(0.8413, abs=0.0001)
