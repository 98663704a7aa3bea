"""What a dashboard says of a change: the difference, and whether it may be chance; days since something."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.boards.rules import BOARD_READERS, Board, Change, Since, accident_on, board_for, points_text
from app.tallies.rules_rates import Rate, wilson
from app.web.current import CurrentPerson, Role

SITE = ZoneInfo("Asia/Shanghai")
RATES = some.integers(0, 400).flatmap(lambda n: some.integers(0, n).map(lambda hits: Rate(hits, n)))


@given(RATES, RATES)
def test_mt33_given_any_two_rates_when_compared_then_an_arrow_stands_only_where_the_intervals_lie_apart(now, before):
    change = Change(now, before)

    if not now.denominator or not before.denominator:
        assert change.points is None
        assert not change.direction
        return
    mine, theirs = wilson(*_pair(now)), wilson(*_pair(before))
    overlap = mine[0] <= theirs[1] and theirs[0] <= mine[1]
    assert bool(change.direction) is (not overlap)
    assert change.points == Fraction(100 * now.numerator, now.denominator) - Fraction(
        100 * before.numerator, before.denominator
    )
    if change.direction:
        assert (change.direction == "up") is (change.points > 0)


def _pair(rate):
    return rate.numerator, rate.denominator


@given(RATES, RATES)
def test_given_two_rates_when_turned_round_then_the_change_is_turned_round(now, before):
    there, back = Change(now, before), Change(before, now)

    assert there.is_sure == back.is_sure
    assert there.points is None or there.points == -back.points


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(13, 10), "+1.3"),
        (Fraction(-1, 20), "\N{MINUS SIGN}0.1"),
        (Fraction(1, 25), "0.0"),
        (Fraction(0), "0.0"),
        (Fraction(5, 4), "+1.3"),
        (Fraction(-100), "\N{MINUS SIGN}100.0"),
    ],
)
def test_mt32_given_points_when_written_then_one_decimal_half_up_with_a_sign(points, text):
    assert points_text(points) == text


def test_given_the_last_accident_when_days_are_counted_then_they_are_whole_days_and_none_without_one():
    assert Since(date(2024, 2, 28)).days(date(2024, 3, 1)) == 2
    assert Since(None).days(date(2024, 3, 1)) is None


def test_given_an_accident_registered_after_its_month_when_dated_then_it_lies_in_its_month():
    late = datetime(2026, 12, 3, tzinfo=UTC)
    evening = datetime(2026, 11, 20, 17, tzinfo=UTC)

    assert accident_on(date(2026, 11, 1), late, SITE) == date(2026, 11, 30)
    assert accident_on(date(2026, 11, 1), evening, SITE) == date(2026, 11, 21)


def test_given_the_roles_when_boards_are_chosen_then_each_reader_has_one():
    boards = {role: board_for(CurrentPerson("x", "x", role, "o", "/o/")) for role in BOARD_READERS}

    assert boards[Role.WORKER] is boards[Role.DRIVER] is Board.OWN
    assert boards[Role.AUDITOR] is boards[Role.LEADER] is Board.LEADER
    assert set(boards.values()) == set(Board)
    assert Role.ADMIN not in boards
