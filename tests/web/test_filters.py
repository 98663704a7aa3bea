"""Given figures and instants, when written for people, then as the rules say."""

from datetime import UTC, date, datetime

import pytest

from app.web.filters import local_date, local_day, local_stamp, local_time, number_display, percent, plain_number

EVE = datetime(2026, 11, 20, 16, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("numerator", "denominator", "written"),
    [
        (106, 114, "93.0%"),
        (111, 114, "97.4%"),
        (104, 112, "92.9%"),
        (1, 8, "12.5%"),
        (0, 7, "0.0%"),
        (3, 0, "—"),
        (1, 16, "6.3%"),
    ],
)
def test_given_a_rate_when_written_then_one_decimal_half_up_and_a_dash_without_denominator(
    numerator, denominator, written
):
    assert percent(numerator, denominator) == written


def test_given_an_evening_in_utc_when_written_then_the_sites_day_and_hour(app):
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert (local_time(EVE), local_day(EVE), local_stamp(EVE)) == ("00:05", "2026-11-21", "2026-11-21 00:05:09")
        assert local_date(EVE) == "11月21日 星期六"


def test_given_english_when_a_date_is_written_then_in_english(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert local_date(date(2026, 11, 20)) == "Fri, 20 Nov"


def test_given_nothing_when_written_then_a_dash(app):
    with app.test_request_context():
        assert {local_time(None), local_date(None), local_day(None), local_stamp(None), plain_number(None)} == {"—"}


@pytest.mark.parametrize(("value", "written"), [(90.0, "90"), (1.6, "1.6"), (0, "0"), (100, "100"), (1e-05, "0.00001")])
def test_given_a_reading_when_written_then_without_trailing_zeros(value, written):
    assert plain_number(value) == written


def test_given_a_number_of_a_standard_when_shown_then_with_the_em_dash():
    assert number_display("JGSW05003.01-2026") == "JGSW05003.01—2026"
