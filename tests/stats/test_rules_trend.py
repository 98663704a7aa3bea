"""The month by day and hour: folding into local dates, the line, the heat."""

from datetime import date, timedelta

import pytest

from app.stats.rules import Counts
from app.stats.rules_trend import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Day, days_of, heat_level, heat_of, trend_of
from tests.support.answers import at
from tests.support.logs import SITE

FIRST = date(2026, 11, 1)


def day(number, on_time, due, day_type="workday"):
    return Day(date(2026, 11, number), day_type, Counts(due=due, in_window=on_time))


def test_given_instants_around_midnight_when_folded_then_each_counts_for_its_local_date():
    some = [
        (at("23:59"), "workday", Counts(due=1)),
        (at("2026-11-24T00:01:00"), "workday", Counts(due=2)),
        (at("08:00"), "holiday", Counts(due=3)),
    ]

    days = days_of(some, SITE)

    assert [(each.on.day, each.counts.due, each.day_type) for each in days] == [(23, 4, "holiday"), (24, 2, "workday")]


def test_given_rates_of_days_when_drawn_then_better_days_stand_higher_inside_the_frame():
    trend = trend_of([day(1, 90, 100), day(2, 99, 100), day(3, 95, 100)], FIRST)

    first, second, third = trend.dots
    assert TOP <= second.y < third.y < first.y <= HEIGHT
    assert (first.is_low, second.is_low, third.is_low) == (True, False, False)
    assert third.y == trend.target_y
    assert LEFT < first.x < second.x < WIDTH
    assert trend.scale[0][0] == 80


def test_given_a_bad_day_when_drawn_then_the_scale_goes_down_to_it():
    trend = trend_of([day(1, 41, 100)], FIRST)

    assert [value for value, _y in trend.scale] == [40, 50, 60, 70, 80, 90, 100]
    assert trend.dots[0].y < HEIGHT


def test_given_good_days_only_when_drawn_then_the_scale_goes_from_eighty_to_a_hundred_over_the_whole_frame():
    trend = trend_of([day(1, 99, 100), day(2, 100, 100)], FIRST)

    assert [value for value, _y in trend.scale] == [80, 85, 90, 95, 100]
    assert (trend.scale[0][1], trend.scale[-1][1]) == (HEIGHT - BOTTOM, TOP)
    assert trend.target_y == dict(trend.scale)[95]


def test_given_a_day_of_exactly_eighty_when_drawn_then_it_stands_on_the_lowest_line():
    trend = trend_of([day(1, 80, 100)], FIRST)

    assert trend.scale[0] == (80, trend.dots[0].y)


@pytest.mark.parametrize("first", [date(2026, 2, 1), date(2026, 11, 1), date(2026, 12, 1)])
def test_given_a_month_of_days_off_when_drawn_then_their_shades_fill_the_frame_and_each_dot_is_in_the_middle(first):
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    days = [first + timedelta(days=n) for n in range((following - first).days)]

    trend = trend_of([Day(each, "restday", Counts(due=1, in_window=1)) for each in days], first)

    edges = [left for left, _width in trend.shades] + [WIDTH]
    for dot, (left, width), following_left in zip(trend.dots, trend.shades, edges[1:], strict=True):
        assert abs(left + width - following_left) <= 0.2
        assert abs(dot.x - (left + following_left) / 2) <= 0.2
    assert abs(edges[0] - LEFT) <= 0.1


def test_given_a_day_a_little_under_eighty_when_drawn_then_the_scale_begins_at_seventy():
    assert trend_of([day(1, 795, 1000)], FIRST).scale[0][0] == 70


def test_given_two_days_when_drawn_then_the_line_joins_their_dots_to_a_tenth_of_a_unit():
    trend = trend_of([day(1, 100, 100), day(2, 95, 99)], FIRST)

    assert trend.runs == ("53.9,12.0 73.8,48.4",)
    assert [(dot.x, dot.y) for dot in trend.dots] == [(53.9, 12.0), (73.8, 48.4)]


def test_given_a_day_without_anything_due_when_drawn_then_the_line_breaks_there():
    trend = trend_of([day(1, 1, 1), day(2, 1, 1), day(3, 0, 0), day(4, 1, 1), day(5, 1, 1)], FIRST)

    assert [len(run.split()) for run in trend.runs] == [2, 2]
    assert (trend.dots[2].y, trend.dots[2].is_low) == (None, False)


def test_given_a_day_alone_between_empty_ones_when_drawn_then_it_is_a_dot_without_a_line():
    trend = trend_of([day(1, 0, 0), day(2, 1, 1), day(3, 0, 0)], FIRST)

    assert trend.runs == ()
    assert trend.dots[1].y is not None


def test_given_days_off_when_drawn_then_they_are_shaded():
    trend = trend_of([day(1, 1, 1, "restday"), day(2, 1, 1), day(3, 1, 1, "holiday")], FIRST)

    assert trend.shades == ((LEFT, 19.9), (83.8, 19.9))


def test_given_missed_starts_when_counted_by_hour_then_the_site_clock_decides():
    cells = heat_of({at("00:30"): 2, at("00:45"): 1, at("00:30") - timedelta(hours=1): 4}, SITE)

    assert cells == {(0, 0): 3, (6, 23): 4}


def test_given_counts_when_coloured_then_the_most_is_darkest_and_one_is_never_white():
    assert [heat_level(times, 100) for times in (0, 1, 50, 100)] == [0, 1, 4, 9]
