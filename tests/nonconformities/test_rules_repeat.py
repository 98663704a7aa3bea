"""What comes back goes one level up, what never ends proposes a revision (rules NC-10, NC-11, NC-17)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nonconformities.rules_proposals import key_of_quarter
from app.nonconformities.rules_repeat import (
    LEVELS,
    QUARTER_COUNT,
    Earlier,
    came_back,
    one_up,
    quarter_name,
    quarter_start,
    repeat,
    spread,
)

SITE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def earlier(point="p1", days=1.0, closed=None, number=0):
    closed_at = AT - closed * DAY if closed is not None else None
    return Earlier(f"f{number}", "S01", point, AT - days * DAY, closed_at)


@pytest.mark.parametrize(("closed", "back"), [(0, True), (30, True), (30.01, False), (-1, False), (None, False)])
def test_nc_10_given_the_same_point_when_it_was_closed_then_30_days_count_and_what_is_open_never(closed, back):
    assert came_back("p1", AT, [earlier(days=40, closed=closed)]) is back


def test_nc_10_given_another_point_when_closed_there_then_it_did_not_come_back():
    assert not came_back("p2", AT, [earlier(closed=1)])
    assert not came_back(None, AT, [earlier(point=None, closed=1)])


@pytest.mark.parametrize(
    ("points", "wide"), [(["p2", "p3"], True), (["p2", "p2"], False), (["p1", "p2"], False), ([], False)]
)
def test_nc_10_given_other_points_in_seven_days_when_three_in_all_then_it_has_spread(points, wide):
    assert spread("p1", AT, [earlier(point, days=6.9) for point in points]) is wide
    assert not spread("p1", AT, [earlier(point, days=7.1) for point in points])


@pytest.mark.parametrize(("severity", "above"), [("minor", "major"), ("major", "critical"), ("critical", "critical")])
def test_nc_10_given_a_severity_when_raised_then_it_is_one_level_up_and_never_beyond(severity, above):
    assert one_up(severity) == above


@pytest.mark.parametrize(("before", "proposes"), [(3, False), (4, True), (9, True)])
def test_nc_11_given_findings_of_the_quarter_when_it_is_the_fifth_then_a_revision_is_proposed(before, proposes):
    found = repeat("new", "p9", AT, [earlier("p1", days=10, number=n) for n in range(before)], SITE)

    assert found.proposes is proposes
    assert found.quarter[-1] == "new"


def test_nc_11_given_findings_of_the_last_quarter_when_counted_then_they_are_left_out():
    assert repeat("new", "p9", AT, [earlier("p1", days=60)] * 9, SITE).quarter == ("new",)


def test_nc_11_given_new_year_at_the_site_when_the_quarter_is_named_then_the_sites_clock_counts():
    eve = datetime(2026, 12, 31, 16, tzinfo=UTC)

    assert key_of_quarter("X", "S01", eve, SITE) == "quarter:X:S01:2027Q1"
    assert quarter_start(eve, SITE) == eve


@given(
    st.lists(st.tuples(st.sampled_from(["p1", "p2", "p3", "p4"]), st.floats(0, 100), st.floats(0, 100)), max_size=12)
)
def test_given_any_history_then_severity_never_falls_and_order_does_not_matter(history):
    rows = [earlier(point, days, min(days, closed), n) for n, (point, days, closed) in enumerate(history)]

    forward, backward = (repeat("new", "p1", AT, order, SITE) for order in (rows, rows[::-1]))

    assert forward.raised == backward.raised
    assert set(forward.quarter) == set(backward.quarter)
    assert forward.proposes == (len(forward.quarter) >= QUARTER_COUNT)
    assert all(LEVELS.index(one_up(level)) >= LEVELS.index(level) for level in LEVELS)


def test_nc_10_given_several_closures_when_one_is_recent_then_one_is_enough():
    assert came_back("p1", AT, [earlier(days=90, closed=60), earlier(days=40, closed=3)])


def test_nc_10_given_no_point_then_nothing_has_spread():
    assert spread(None, AT, [earlier(point) for point in ("p1", "p2", "p3")]) is False


def test_nc_10_given_seven_days_to_the_second_or_the_same_moment_then_both_count():
    edges = [earlier("p2", days=7), earlier("p3", days=0)]

    assert spread("p1", AT, edges)


def test_nc_10_given_only_a_closure_or_only_a_spread_then_each_raises():
    assert repeat("new", "p1", AT, [earlier(days=40, closed=3)], SITE).raised
    assert repeat("new", "p1", AT, [earlier("p2"), earlier("p3")], SITE).raised
    assert not repeat("new", "p1", AT, [earlier("p2")], SITE).raised


def test_nc_11_given_the_first_moment_of_the_quarter_and_this_one_then_both_belong_to_it():
    begins = quarter_start(AT, SITE)
    edges = [Earlier("a", "S01", "p2", begins, None), Earlier("b", "S01", "p2", AT, None)]

    assert repeat("new", None, AT, edges, SITE).quarter == ("a", "b", "new")


@pytest.mark.parametrize(
    ("month", "name"), [(1, "2026Q1"), (3, "2026Q1"), (4, "2026Q2"), (9, "2026Q3"), (10, "2026Q4"), (12, "2026Q4")]
)
def test_nc_11_given_a_month_when_its_quarter_is_named_then_it_is_the_calendars(month, name):
    at = datetime(2026, month, 15, tzinfo=UTC)

    assert quarter_name(at, SITE) == name
    assert quarter_start(at, SITE).astimezone(SITE).month == (int(name[-1]) - 1) * 3 + 1
