"""Given days and months of the site, when counted or turned over, then as a calendar on the wall has them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.days import (
    ONE_DAY,
    begins,
    days_between,
    month_of,
    month_span,
    months_between,
    months_on,
    next_month,
    previous_month,
)

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(-240, 240))
def test_given_any_day_when_months_are_counted_on_or_back_then_it_is_that_many_firsts_away(day, months):
    first = months_on(day, months)

    assert first.day == 1
    assert (first.year - day.year) * 12 + first.month - day.month == months


@given(DAYS)
def test_given_any_day_when_its_neighbours_are_asked_for_then_not_a_day_lies_between_them(day):
    assert previous_month(day) < month_of(day) <= day < next_month(day)
    assert month_of(next_month(day) - ONE_DAY) == month_of(day) == next_month(previous_month(day))


def test_given_the_turn_of_a_year_when_crossed_then_the_year_changes():
    assert (next_month(date(2026, 12, 31)), previous_month(date(2027, 1, 31))) == (date(2027, 1, 1), date(2026, 12, 1))


@given(DAYS, st.integers(0, 400))
def test_given_two_days_when_gone_through_then_each_day_and_each_month_comes_once(day, length):
    until = day + timedelta(days=length)
    days = list(days_between(day, until))

    assert days == [day + timedelta(days=n) for n in range(length)]
    assert list(months_between(day, until)) == sorted({month_of(each) for each in (*days, until)})


def test_given_a_day_of_the_site_when_it_begins_then_at_its_midnight():
    assert begins(date(2026, 11, 23), ZoneInfo("Asia/Shanghai")) == datetime(2026, 11, 22, 16, tzinfo=UTC)


@given(DAYS)
def test_given_any_day_when_the_span_of_its_month_is_asked_for_then_from_its_first_midnight_to_that_of_the_next(day):
    zone = ZoneInfo("Asia/Shanghai")

    first, after = month_span(day, zone)

    assert (first, after) == (begins(month_of(day), zone), begins(next_month(day), zone))
    assert first <= begins(day, zone) < after
