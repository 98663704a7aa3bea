"""Given dates that count from the day of loading, when read, then they are dates; the sample week is moved whole."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.demo.rules_dates import dated, moved, next_monday

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_given_days_from_load_when_dated_then_they_become_due_dates_inside_and_outside():
    attrs = {"bay": "F1", "next_inspection_days_from_load": 21, "vehicle": {"insurance_days_from_load": 14}}

    found = dated(attrs, date(2026, 11, 21))

    assert found == {"bay": "F1", "next_inspection": "2026-12-12", "vehicle": {"insurance_due": "2026-12-05"}}


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-11-21", "2027-01-20"), ("2026-12-21", "2027-01-20"), ("2026-12-22", "2028-01-20"),
        ("2027-01-20", "2028-01-20"), ("2031-06-11", "2032-01-20"), ("2020-01-01", "2027-01-20"),
    ],
)  # fmt: skip
def test_given_papers_of_a_fixed_day_when_loaded_in_any_year_then_they_hold_for_a_month_at_least(day, due):
    found = dated({"vehicle": {"insurance_due": "2027-01-20"}}, date.fromisoformat(day))

    assert found == {"vehicle": {"insurance_due": due}}


@pytest.mark.parametrize(
    ("day", "monday"), [("2026-11-21", "2026-11-23"), ("2026-11-22", "2026-11-23"), ("2026-11-23", "2026-11-30")]
)
def test_given_a_day_when_the_next_monday_is_asked_then_it_lies_behind_that_day(day, monday):
    assert next_monday(date.fromisoformat(day)) == date.fromisoformat(monday)


def test_given_a_sample_event_when_moved_two_weeks_then_weekday_and_hour_stay():
    event = {
        "id": "mt-02", "kind": "meeting", "point": "pt-030", "facts": {},
        "starts": "2026-11-24T10:00", "ends": "2026-11-24T11:00",
    }  # fmt: skip

    found = moved(event, date(2026, 11, 23), date(2026, 12, 7), SHANGHAI)

    assert found["starts_at"] == datetime(2026, 12, 8, 2, tzinfo=UTC)
    assert found["ends_at"] == datetime(2026, 12, 8, 3, tzinfo=UTC)
    assert found["point_id"] == "pt-030"
