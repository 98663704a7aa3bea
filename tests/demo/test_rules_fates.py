"""Given windows of a day, when a sensible person works, then what ends first comes first and nothing is left out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.demo.rules_fates import Times, working_order

MORNING = datetime(2026, 11, 28, 0, 30, tzinfo=UTC)


def times(start: int, length: int, minutes: int = 10) -> Times:
    begins = MORNING + timedelta(minutes=start)
    ends = begins + timedelta(minutes=length)
    return Times(begins, ends, ends, ends + timedelta(hours=1), minutes)


def test_given_a_long_and_a_short_window_when_both_are_open_then_the_short_one_is_done_first():
    assert working_order([("ann", times(0, 480, 45)), ("ann", times(0, 90))]) == [1, 0]


def test_given_the_long_one_alone_when_a_short_one_opens_later_then_nobody_waits_idle():
    assert working_order([("ann", times(0, 480, 45)), ("ann", times(60, 90))]) == [0, 1]


@given(
    st.lists(st.tuples(st.sampled_from(["ann", "bob", None]), st.integers(0, 600), st.integers(5, 300)), max_size=25)
)
def test_given_any_windows_when_ordered_then_each_comes_once(windows):
    order = working_order([(person, times(start, length)) for person, start, length in windows])

    assert sorted(order) == list(range(len(windows)))
