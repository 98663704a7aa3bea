"""Addresses of log and month: what they carry, and that nonsense falls back."""

from datetime import date

import pytest

from app.stats.forms import log_query, month_query
from app.stats.rules_asked import record_query

TODAY = date(2026, 11, 23)


def test_given_a_whole_address_when_read_then_everything_is_there_and_goes_back_into_one():
    args = {"day": "2026-11-20", "view": "photos", "building": "b1", "person": "ann", "page": "3"}

    query = log_query(args, TODAY)

    assert (query.day, query.view, query.wanted.building, query.page) == (date(2026, 11, 20), "photos", "b1", 3)
    assert query.args() == {"day": "2026-11-20", "view": "photos", "building": "b1", "person": "ann"}
    assert query.args(view="", day="2026-11-19") == {"day": "2026-11-19", "building": "b1", "person": "ann"}
    assert query.is_filtered


@pytest.mark.parametrize("day", ["", "heute", "2026-02-30", "9999-01-01", "0001-01-01", "2026-11"])
def test_given_a_day_that_is_none_when_read_then_it_is_today(day):
    query = log_query({"day": day, "view": "nothing", "page": "-2"}, TODAY)

    assert (query.day, query.view, query.page, query.is_filtered) == (TODAY, "", 1, False)


@pytest.mark.parametrize(("text", "first"), [("2026-10", 10), ("", 11), ("2026-13", 11), ("x", 11)])
def test_given_a_month_when_read_then_it_is_its_first_day(text, first):
    assert month_query({"month": text}, TODAY).first == date(2026, first, 1)


def test_given_a_month_address_when_made_then_what_is_usual_is_left_out():
    query = month_query({"month": "2026-11", "by": "point", "unit": "clean"}, TODAY)

    assert query.args() == {"month": "2026-11", "by": "point", "unit": "clean"}
    assert month_query({"by": "nothing"}, TODAY).args() == {"month": "2026-11"}


def test_given_the_address_of_records_when_read_then_hour_nought_and_monday_are_kept():
    query = record_query(
        {"month": "2026-11", "hour": "0", "weekday": "0", "outcome": "missed", "day": "2026-11-02"}, TODAY
    )

    assert (query.hour, query.weekday, query.outcome, query.day) == (0, 0, "missed", date(2026, 11, 2))
    assert query.args(page=2) == {
        "month": "2026-11", "day": "2026-11-02", "outcome": "missed", "weekday": 0, "hour": 0, "page": 2,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["24", "-1", "x", "٣", "999"])
def test_given_an_hour_that_is_none_when_read_then_it_is_left_out(text):
    assert record_query({"hour": text, "weekday": "7"}, TODAY).hour is None
    assert record_query({"hour": text, "weekday": "7"}, TODAY).weekday is None
