"""How finely a number was read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flags.rules_scale import MOST_DIGITS, digits_of


@pytest.mark.parametrize(
    ("value", "digits"),
    [(45, 0), (45.0, 0), (0, 0), (45.5, 1), (-45.5, 1), (45.25, 2), (45.125, 3), (45.0625, 3), (1 / 3, 3), (0.3, 1)],
)
def test_given_a_number_when_read_then_its_digits_after_the_point_count_up_to_three(value, digits):
    assert digits_of(value) == digits


@given(st.integers(-10_000, 10_000), st.integers(0, MOST_DIGITS))
def test_given_a_dial_when_read_with_so_many_digits_then_no_more_are_seen(units, digits):
    assert digits_of(round(units / 10**digits, digits)) <= digits
