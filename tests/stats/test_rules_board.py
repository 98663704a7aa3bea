"""The board: which hours are in view, where a bar begins and how wide it is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats.rules_board import LEAST_QUARTERS, board_of
from app.stats.rules_log import day_bounds
from app.stats.rules_outcomes import Look
from tests.support.answers import at
from tests.support.logs import SITE, done, line

FIRST, BEFORE = at("06:00"), at("2026-11-24T06:00:00")


def hours(board):
    return [hour.astimezone(SITE).hour for hour in board.hours]


def test_given_windows_from_half_past_eight_to_noon_when_drawn_then_only_those_hours_are_in_view():
    board = board_of([line("08:30"), line("11:10", point_id="p2", point="二层")], FIRST, at("10:05"))

    assert hours(board) == [8, 9, 10, 11, 12]
    assert board.columns == 20
    assert board.now_column == 9


def test_given_a_window_when_drawn_then_its_bar_begins_at_its_quarter_and_is_as_wide_as_the_window():
    board = board_of([line("08:30", 120)], FIRST, at("08:31"))

    assert [(bar.column, bar.span) for bar in board.rows[0].bars] == [(3, 8)]


def test_given_a_short_window_at_the_edge_when_drawn_then_its_bar_keeps_its_text_inside_the_board():
    board = board_of([line("08:00", 10), line("09:50", 10)], FIRST, at("08:01"))

    assert [(bar.column, bar.span) for bar in board.rows[0].bars] == [(1, LEAST_QUARTERS), (8, LEAST_QUARTERS)]


def test_given_a_short_window_in_the_last_hour_when_drawn_then_its_bar_moves_left_to_keep_its_text():
    board = board_of([line("08:00", 10), line("09:00", 10)], FIRST, at("08:01"))

    assert board.columns == 8
    assert [(bar.column, bar.span) for bar in board.rows[0].bars] == [(1, LEAST_QUARTERS), (4, LEAST_QUARTERS)]


def test_given_windows_of_one_point_when_drawn_then_they_stand_in_one_row_by_start():
    board = board_of([done("10:00", "10:05"), done("08:30"), line("08:30", point_id="p2")], FIRST, at("10:30"))

    assert [len(row.bars) for row in board.rows] == [2, 1]
    assert board.rows[0].bars[0].look is Look.OK


def test_given_now_outside_the_hours_in_view_when_drawn_then_there_is_no_line_for_it():
    assert board_of([line("08:30")], FIRST, at("07:59")).now_column is None
    assert board_of([line("08:30")], FIRST, at("12:00")).now_column is None


@pytest.mark.parametrize(
    ("clock", "column"),
    [("07:59", None), ("08:00", 1), ("08:14", 1), ("08:15", 2), ("09:45", 8), ("09:59", 8), ("10:00", None)],
)
def test_given_two_hours_in_view_when_drawn_then_now_stands_in_its_quarter_from_the_first_to_the_last(clock, column):
    assert board_of([line("08:30", 60)], FIRST, at(clock)).now_column == column


def test_given_no_windows_when_drawn_then_the_board_is_empty():
    board = board_of([], FIRST, at("10:00"))

    assert (board.hours, board.rows, board.columns, board.now_column) == ((), (), 0, None)


def test_given_a_window_over_midnight_when_drawn_then_the_hours_go_on():
    board = board_of([line("23:45", 30)], *day_bounds(at("12:00").date(), SITE)[:1], at("23:50"))

    assert hours(board) == [23, 0]


@given(
    st.lists(st.tuples(st.integers(0, 24 * 4 - 1), st.integers(5, 300)), min_size=1, max_size=20), st.integers(0, 1439)
)
def test_given_any_windows_when_drawn_then_every_bar_lies_inside_and_covers_its_start(windows, minute):
    lines = [
        line(id=number, point_id=f"p{number % 3}", start_at=FIRST + timedelta(minutes=15 * quarter), open_at=FIRST,
             end_at=FIRST + timedelta(minutes=15 * quarter + length))
        for number, (quarter, length) in enumerate(windows)
    ]  # fmt: skip

    board = board_of(lines, FIRST, FIRST + timedelta(minutes=minute))

    bars = [bar for row in board.rows for bar in row.bars]
    assert len(bars) == len(lines)
    for bar in bars:
        assert bar.column >= 1
        assert bar.column + bar.span - 1 <= board.columns
        assert board.hours[0] + timedelta(minutes=15 * (bar.column - 1)) <= bar.line.start_at
