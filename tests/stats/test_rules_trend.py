"""The month by day and hour: folding into local dates, the line, the heat."""

from datetime import date, timedelta

from app.stats.rules import Counts
from app.stats.rules_trend import HEIGHT, LEFT, TOP, WIDTH, Day, days_of, heat_level, heat_of, trend_of
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

    assert trend.scale[0][0] == 40
    assert trend.dots[0].y < HEIGHT


def test_given_a_day_without_anything_due_when_drawn_then_the_line_breaks_there():
    trend = trend_of([day(1, 1, 1), day(2, 1, 1), day(3, 0, 0), day(4, 1, 1), day(5, 1, 1)], FIRST)

    assert [len(run.split()) for run in trend.runs] == [2, 2]
    assert trend.dots[2].y is None


def test_given_days_off_when_drawn_then_they_are_shaded():
    trend = trend_of([day(1, 1, 1, "restday"), day(2, 1, 1), day(3, 1, 1, "holiday")], FIRST)

    assert len(trend.shades) == 2
    assert trend.shades[0][0] == LEFT


def test_given_missed_starts_when_counted_by_hour_then_the_site_clock_decides():
    cells = heat_of({at("00:30"): 2, at("00:45"): 1, at("00:30") - timedelta(hours=1): 4}, SITE)

    assert cells == {(0, 0): 3, (6, 23): 4}


def test_given_counts_when_coloured_then_the_most_is_darkest_and_one_is_never_white():
    assert [heat_level(times, 100) for times in (0, 1, 50, 100)] == [0, 1, 4, 9]
