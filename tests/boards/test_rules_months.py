"""Thirteen months as a line."""

from datetime import date

from app.boards.rules_months import HEIGHT, LEFT, MONTHS, WIDTH, line_of
from app.tallies.rules_counts import Counts

NOVEMBER = date(2026, 11, 1)


def test_given_two_months_apart_when_drawn_then_the_line_is_broken_and_every_month_has_a_place():
    line = line_of({NOVEMBER: Counts(due=40, in_window=39), date(2026, 9, 1): Counts(due=40, in_window=30)}, NOVEMBER)

    assert [len(line.months), line.months[0].first, line.months[-1].first] == [MONTHS, date(2025, 11, 1), NOVEMBER]
    assert line.runs == []
    assert [month.first.month for month in line.months if month.y is not None] == [9, 11]
    assert [month.is_low for month in line.months[-3:]] == [True, False, False]
    assert all(LEFT <= month.x <= WIDTH for month in line.months)


def test_given_neighbours_when_drawn_then_they_are_joined_and_the_better_one_is_higher():
    line = line_of({NOVEMBER: Counts(due=40, in_window=40), date(2026, 10, 1): Counts(due=40, in_window=20)}, NOVEMBER)

    assert len(line.runs) == 1
    assert line.months[-1].y < line.months[-2].y <= HEIGHT
    assert line.scale[0][0] == 50


def test_mt33_given_few_cases_when_drawn_then_no_month_is_called_low():
    line = line_of({NOVEMBER: Counts(due=10, in_window=1)}, NOVEMBER)

    assert not line.months[-1].is_low


def test_mt31_given_no_data_when_drawn_then_there_is_no_dot():
    line = line_of({}, NOVEMBER)

    assert all(month.y is None for month in line.months)
    assert line.runs == []
