from datetime import date, timedelta

import pytest

from app.schedule.rules_days import (
    Calendar,
    DayType,
    Listed,
    date_facts,
    day_type,
    may_be_listed,
    next_workday,
    off_days_after,
    off_days_before,
    with_joined_weekends,
)
from tests.support.rota import calendar

YEAR_2026 = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 2), DayType.HOLIDAY),
        (date(2026, 10, 3), DayType.HOLIDAY),
        (date(2026, 10, 10), DayType.WORKDAY),
        (date(2026, 11, 28), DayType.RESTDAY),
        (date(2026, 11, 29), DayType.RESTDAY),
        (date(2026, 11, 23), DayType.WORKDAY),
        (date(2026, 11, 27), DayType.WORKDAY),
    ],
)
def test_given_the_official_list_of_2026_when_a_date_is_asked_then_its_type_follows_the_order_of_the_rule(
    day, expected
):
    kind = day_type(day, calendar())

    assert kind is expected


def test_given_a_date_that_is_both_when_it_is_asked_then_the_holiday_wins():
    both = Calendar(holidays=frozenset({date(2026, 10, 10)}), makeup_workdays=frozenset({date(2026, 10, 10)}))

    kind = day_type(date(2026, 10, 10), both)

    assert kind is DayType.HOLIDAY


def test_given_2026_when_a_monday_to_friday_rule_is_compared_then_it_is_wrong_on_25_days():
    wrong = [day for day in YEAR_2026 if (day_type(day, calendar()) is DayType.WORKDAY) != (day.weekday() < 5)]

    assert len(wrong) == 25
    assert sum(day.weekday() >= 5 for day in wrong) == 6


def test_given_a_date_after_a_break_when_its_facts_are_asked_then_they_are_those_of_the_vocabulary():
    facts = date_facts(date(2026, 10, 8), calendar())

    assert facts == {"date.month": 10, "date.weekday": "TH", "date.day_type": "workday", "date.prev_offdays": 7}


def test_given_a_break_when_its_length_is_asked_from_both_sides_then_both_agree():
    before, after = off_days_after(date(2026, 9, 30), calendar()), off_days_before(date(2026, 10, 8), calendar())

    assert (before, after) == (7, 7)
    assert off_days_before(date(2026, 11, 24), calendar()) == 0
    assert off_days_after(date(2026, 11, 27), calendar()) == 2


def test_given_the_eve_of_a_break_when_the_next_workday_is_asked_then_make_up_days_count():
    assert next_workday(date(2026, 10, 9), calendar()) == date(2026, 10, 10)
    assert next_workday(date(2026, 9, 30), calendar()) == date(2026, 10, 8)


def test_given_weekday_holidays_only_when_weekends_join_then_a_made_up_weekend_day_stays_out():
    named = frozenset({date(2026, 1, 1), date(2026, 1, 2)})

    joined = with_joined_weekends(named, frozenset({date(2026, 1, 4)}))

    assert joined == named | {date(2026, 1, 3)}


@pytest.mark.parametrize(
    ("day", "as_makeup"),
    [(date(2026, 11, 27), False), (date(2026, 11, 28), True), (date(2026, 11, 29), True), (date(2026, 11, 30), False)],
)
def test_given_a_day_when_it_is_listed_then_any_can_be_off_and_only_a_weekend_day_worked_instead(day, as_makeup):
    assert may_be_listed(day, Listed.HOLIDAY)
    assert may_be_listed(day, Listed.MAKEUP) is as_makeup


def test_given_a_list_without_end_when_a_break_is_measured_then_it_is_sixty_days_at_most():
    first = date(2026, 3, 2)
    shut = Calendar(holidays=frozenset(first + timedelta(days=step) for step in range(70)))

    assert off_days_after(first - timedelta(days=1), shut) == 60
