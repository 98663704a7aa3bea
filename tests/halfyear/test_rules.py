"""Half-years, their due days, the freeze at midnight of the site, reminders, and who reads and writes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.halfyear.rules import (
    Half,
    Reporter,
    Standing,
    days_late,
    freezes_at,
    half_named,
    half_of,
    may_see,
    may_write,
    reminder,
    standing,
)
from app.web.current import CurrentPerson, Role

ZONE = ZoneInfo("Asia/Shanghai")
CARE = Reporter("care", "单位care", "section", "/bureau/care/")
CLEAN = Reporter("clean", "单位clean", "contractor", "/bureau/care/clean/")
WHOLE = Reporter("all", "")
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def somebody(role, org="care", path="/bureau/care/", **values):
    return CurrentPerson("x", "x", role, org, path, **values)


@pytest.mark.parametrize(
    ("day", "key"),
    [("2028-02-29", "2028-1"), ("2026-06-30", "2026-1"), ("2026-07-01", "2026-2"), ("2026-12-31", "2026-2")],
)
def test_rp1_given_a_day_when_its_half_year_is_asked_then_june_and_december_end_it(day, key):
    half = half_of(date.fromisoformat(day))

    assert half.key == key and half.first <= date.fromisoformat(day) <= half.last


def test_given_a_leap_year_when_its_first_half_is_counted_then_it_has_a_day_more():
    assert (Half(2028, 1).last - Half(2028, 1).first).days == 181
    assert (Half(2026, 1).last - Half(2026, 1).first).days == 180


@given(DAYS)
def test_given_any_day_when_half_years_follow_then_they_meet_without_a_gap(day):
    half = half_of(day)

    assert half.before.last + timedelta(days=1) == half.first
    assert half.after.first == half.last + timedelta(days=1)
    assert half.before.after == half and half_named(half.key) == half
    assert half.months()[0] == half.first and len(set(half.months())) == 6


@pytest.mark.parametrize("key", ["", "2026", "2026-3", "26-1", "2026-1x", "2026-01", "１２３４-1", "9999-1"])
def test_given_nonsense_when_a_half_year_is_named_then_there_is_none(key):
    assert half_named(key) is None


def test_rp4_given_the_thirtieth_of_june_when_it_ends_at_the_site_then_the_figures_freeze():
    assert freezes_at(Half(2026, 1), ZONE) == datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
    assert freezes_at(Half(2026, 2), ZONE) == datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        ("2026-06-14", None), ("2026-06-15", 15), ("2026-06-22", 15), ("2026-06-23", 7), ("2026-06-28", 7),
        ("2026-06-29", 1), ("2026-06-30", 1), ("2026-07-01", None),
    ],
)  # fmt: skip
def test_rp4_given_a_day_when_reminders_are_asked_then_15_7_and_1_days_before(day, days):
    assert reminder(Half(2026, 1), date.fromisoformat(day)) == days


@given(DAYS)
def test_rp4_given_any_year_when_every_day_is_asked_then_each_reminder_has_its_days(day):
    half = half_of(day)
    model = next((n for n in (1, 7, 15) if half.last - timedelta(days=n) <= day <= half.last), None)

    assert reminder(half, day) == model


@pytest.mark.parametrize(
    ("day", "known", "expected"),
    [
        ("2026-03-01", {}, Standing.RUNNING), ("2026-06-20", {}, Standing.DUE), ("2026-07-01", {}, Standing.OVERDUE),
        ("2026-03-01", {"begun": True}, Standing.DRAFT), ("2026-07-01", {"begun": True}, Standing.OVERDUE),
        ("2026-07-02", {"signed": True, "frozen": True}, Standing.SIGNED),
        ("2026-06-02", {"signed": True}, Standing.SIGNED_EARLY),
    ],
)  # fmt: skip
def test_given_a_report_when_its_standing_is_asked_then_it_is_told(day, known, expected):
    said = {"signed": False, "frozen": False, "begun": False} | known

    assert standing(Half(2026, 1), date.fromisoformat(day), **said) is expected


def test_given_the_due_day_when_days_late_are_counted_then_from_the_next_one():
    assert days_late(Half(2026, 1), date(2026, 6, 30)) == 0
    assert days_late(Half(2026, 1), date(2026, 7, 2)) == 2


@pytest.mark.parametrize(
    ("who", "unit", "sees", "writes"),
    [
        (somebody(Role.SUPERVISOR), CARE, True, True),
        (somebody(Role.SUPERVISOR), CLEAN, True, True),
        (somebody(Role.SUPERVISOR), WHOLE, False, False),
        (somebody(Role.SUPERVISOR, "other", "/bureau/other/"), CARE, False, False),
        (somebody(Role.MANAGER, "clean", "/bureau/care/clean/"), CLEAN, True, True),
        (somebody(Role.MANAGER, "clean", "/bureau/care/clean/"), CARE, False, False),
        (somebody(Role.STANDARDS, "std", "/bureau/std/"), CARE, True, False),
        (somebody(Role.STANDARDS, "std", "/bureau/std/"), WHOLE, True, True),
        (somebody(Role.LEADER, "bureau", "/bureau/"), WHOLE, True, True),
        (somebody(Role.LEADER, "bureau", "/bureau/"), CARE, True, False),
        (somebody(Role.AUDITOR, "bureau", "/bureau/"), CARE, True, False),
        (somebody(Role.ADMIN, "bureau", "/bureau/"), CARE, False, False),
        (somebody(Role.WORKER), CARE, False, False),
        (somebody(Role.INSPECTOR, "bureau", "/bureau/", external=True), CARE, False, False),
    ],
)
def test_given_a_role_when_a_report_is_asked_for_then_reach_decides(who, unit, sees, writes):
    assert (may_see(who, unit), may_write(who, unit)) == (sees, writes)
