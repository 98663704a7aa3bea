"""VH-1, VH-8, VH-9: service by distance, the monthly inspection, the papers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.rules_service import Due, monthly_missing, papers_due, service_due

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (0, Due.FAR), (4499, Due.FAR), (4500, Due.NEAR), (4550, Due.NEAR), (4690, Due.NEAR), (4999, Due.NEAR),
        (5000, Due.OVER), (5020, Due.OVER),
    ],
)  # fmt: skip
def test_vh8_given_the_distance_since_the_service_when_judged_then_4500_warns_and_5000_blocks(since, due):
    assert service_due(since, 5000) is due


@given(st.integers(0, 20_000), st.integers(1_000, 15_000))
def test_vh8_given_any_interval_when_the_distance_grows_then_it_never_gets_better(since, every):
    order = [Due.FAR, Due.NEAR, Due.OVER]

    assert order.index(service_due(since + 1, every)) >= order.index(service_due(since, every))


def test_vh9_given_no_inspection_in_october_when_november_begins_then_it_blocks_after_two_days_of_grace():
    since = date(2026, 9, 1)

    assert monthly_missing(date(2026, 11, 1), [], since) is None
    assert monthly_missing(date(2026, 11, 2), [], since) is None
    assert monthly_missing(date(2026, 11, 3), [], since) == OCTOBER
    assert monthly_missing(date(2026, 11, 30), [], since) == OCTOBER


def test_vh9_given_an_inspection_when_it_was_in_the_month_or_made_up_since_then_nothing_blocks():
    since, today = date(2026, 9, 1), date(2026, 11, 20)

    assert monthly_missing(today, [date(2026, 10, 1)], since) is None
    assert monthly_missing(today, [date(2026, 11, 4)], since) is None
    assert monthly_missing(today, [date(2026, 9, 30)], since) == OCTOBER


def test_vh9_given_a_vehicle_when_it_came_during_the_month_then_that_month_is_not_asked_for():
    today = date(2026, 11, 20)

    assert monthly_missing(today, [], date(2026, 10, 2)) is None
    assert monthly_missing(today, [], None) is None
    assert monthly_missing(today, [], date(2026, 10, 1)) == OCTOBER


def test_given_papers_when_their_day_is_today_then_they_hold_and_30_days_ahead_do_not_warn_yet():
    today = date(2026, 11, 20)
    papers = {
        "a": date(2026, 11, 19), "b": date(2026, 11, 20), "c": date(2026, 12, 19), "d": date(2026, 12, 20),
    }  # fmt: skip

    assert papers_due(papers, today) == {"a": Due.OVER, "b": Due.NEAR, "c": Due.NEAR}
