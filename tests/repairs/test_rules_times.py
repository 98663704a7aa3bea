"""Response times: median and 90th percentile by trade and half-year (rules NC-18)."""

from datetime import UTC, date, datetime, timedelta
from statistics import median as known_median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.repairs.rules_times import Course, HalfYear, by_trade, median, minutes, percentile, span

SITE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, tzinfo=UTC)
SPANS = st.lists(st.integers(0, 100_000).map(lambda seconds: timedelta(seconds=seconds)), min_size=1, max_size=60)


def minute(*numbers):
    return [timedelta(minutes=number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "middle", "nine_of_ten"),
    [((5,), 5, 5), ((1, 3), 2, 3), ((9, 1, 5), 5, 9), (range(1, 11), 5.5, 9), (range(1, 12), 6, 10), ((0, 0, 7), 0, 7)],
)
def test_nc18_given_times_when_summed_up_then_median_and_nearest_rank_are_as_counted_by_hand(
    numbers, middle, nine_of_ten
):
    found = span(minute(*numbers))

    assert (found.median, found.p90) == (timedelta(minutes=middle), timedelta(minutes=nine_of_ten))
    assert found.count == len(tuple(numbers))


def test_given_nothing_when_summed_up_then_there_is_no_figure():
    assert (span([]).count, span([None]).median, percentile([], 0.9)) == (0, None, None)


@given(SPANS)
def test_given_any_times_when_summed_up_then_the_median_is_the_usual_one_and_nine_of_ten_are_within(values):
    limit = percentile(values, 0.9)

    assert median(values) == known_median(values)
    assert limit in values
    assert sum(value <= limit for value in values) * 10 >= len(values) * 9
    assert sum(value < limit for value in values) * 10 < len(values) * 9


def test_given_courses_when_grouped_then_each_trade_has_its_orders_and_only_what_happened_is_timed():
    courses = [
        Course("water", AT, AT + timedelta(minutes=4), AT + timedelta(minutes=9), None),
        Course("water", AT, AT + timedelta(minutes=8), None, None),
        Course("power", AT, None, None, None),
    ]

    found = by_trade(courses)

    assert (found["water"].orders, found["power"].orders) == (2, 1)
    assert found["water"].spans["accepted"].median == timedelta(minutes=6)
    assert [found["water"].spans[phase].count for phase in ("accepted", "arrived", "repaired")] == [2, 1, 0]


def test_given_a_clock_that_went_back_when_timed_then_nothing_takes_less_than_no_time():
    assert Course("water", AT, AT - timedelta(minutes=1), None, None).took("accepted") == timedelta()


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2026, 6, 30), "2026-1"), (date(2026, 7, 1), "2026-2"), (date(2026, 1, 1), "2026-1")],
)
def test_given_a_day_when_its_half_year_is_named_then_it_is_read_back(day, key):
    half = HalfYear.of(day)

    assert half.key == key
    assert HalfYear.read(key) == half


def test_given_half_years_when_walked_then_each_begins_where_the_one_before_ends():
    half = HalfYear(2026, 2)

    assert (half.before().key, half.after().key) == ("2026-1", "2027-1")
    assert half.before().before().key == "2025-2"
    assert half.before().after() == half
    assert half.bounds(SITE) == (datetime(2026, 7, 1, tzinfo=SITE), datetime(2027, 1, 1, tzinfo=SITE))
    assert half.before().bounds(SITE)[1] == half.bounds(SITE)[0]


@pytest.mark.parametrize("text", ["", "2026", "2026-3", "2026-", "26-1", "20²6-1", "1999-1", "2101-2", "2026-1-1"])
def test_given_words_that_are_no_half_year_when_read_then_there_is_none(text):
    assert HalfYear.read(text) is None


@pytest.mark.parametrize(("year", "known"), [("2000-1", True), ("2100-2", True)])
def test_given_the_ends_of_the_calendar_when_read_then_they_count(year, known):
    assert (HalfYear.read(year) is not None) is known


@pytest.mark.parametrize(("seconds", "whole"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2)])
def test_given_seconds_when_told_in_minutes_then_half_goes_up(seconds, whole):
    assert minutes(timedelta(seconds=seconds)) == whole


def test_given_the_first_half_year_when_bounded_then_from_new_year_to_the_first_of_july():
    first = HalfYear(2026, 1)

    assert first.bounds(SITE) == (datetime(2026, 1, 1, tzinfo=SITE), datetime(2026, 7, 1, tzinfo=SITE))
