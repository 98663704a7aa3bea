"""Acceptance sampling after the manner of GB/T 2828.1: the tables of 4.2 and their consistency (SP-20 to SP-23)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules_acceptance import (
    ANY_STEP,
    CELLS,
    KEY_STEP,
    LETTERS,
    LEVELS,
    LIMITS,
    SIZES,
    Mode,
    Plan,
    Verdict,
    chance,
    letter_of,
    mode_after,
    plan_at,
    plan_for,
    verdict,
)
from app.spotchecks.rules_sizes import Level, level_size

# The tables as rules 4.2 print them, written down a second time.
LOTS = """
2-8 A A A B
9-15 A A B C
16-25 B B C D
26-50 B C D E
51-90 C C E F
91-150 C D F G
151-280 D E G H
281-500 D F H J
501-1200 E G J K
1201-3200 E H K L
"""
PLANS = """
A 2 ↓ ↓ ↓ 0
B 3 ↓ ↓ 0 ↑
C 5 ↓ 0 ↑ ↓
D 8 ↓ ↑ ↓ 1
E 13 0 ↓ 1 2
F 20 ↑ 1 2 3
G 32 ↓ 2 3 5
H 50 1 3 5 7
J 80 2 5 7 10
K 125 3 7 10 14
"""
GOOD, BAD, OPEN = Verdict.ACCEPTED, Verdict.REJECTED, Verdict.OPEN


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", rows(LOTS))
def test_4_2_given_a_lot_when_its_letter_is_looked_up_then_it_is_that_of_the_table_at_both_ends(row):
    first, last = map(int, row[0].split("-"))

    for level, letter in zip(LEVELS, row[1:], strict=True):
        expected = letter if letter in LETTERS else None
        assert (letter_of(level, first), letter_of(level, last)) == (expected, expected)


@pytest.mark.parametrize("lot", [-1, 0, 1, 3201, 10**9])
def test_4_2_given_a_lot_outside_the_table_when_looked_up_then_there_is_no_plan(lot):
    assert all(plan_for(level, lot, limit) is None for level in LEVELS for limit in LIMITS)


def test_4_2_given_the_plans_when_written_down_again_then_each_cell_is_the_same():
    for place, (letter, size, *cells) in enumerate(rows(PLANS)):
        assert (LETTERS[place], SIZES[place]) == (letter, int(size))
        assert [str(CELLS[limit][place]) for limit in LIMITS] == cells


@pytest.mark.parametrize(
    ("letter", "limit", "plan"),
    [
        ("A", "1.0", Plan("E", 13, 0)),
        ("F", "1.0", Plan("E", 13, 0)),
        ("G", "1.0", Plan("H", 50, 1)),
        ("D", "2.5", Plan("C", 5, 0)),
        ("E", "2.5", Plan("F", 20, 1)),
        ("A", "4.0", Plan("B", 3, 0)),
        ("C", "4.0", Plan("B", 3, 0)),
        ("D", "4.0", Plan("E", 13, 1)),
        ("B", "6.5", Plan("A", 2, 0)),
        ("C", "6.5", Plan("D", 8, 1)),
        ("K", "6.5", Plan("K", 125, 14)),
    ],
)
def test_4_2_given_an_arrow_when_followed_then_it_is_the_next_plan_with_that_plans_size(letter, limit, plan):
    assert plan_at(letter, limit) == plan
    assert plan.reject == plan.accept + 1


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("letter", LETTERS)
def test_sp_23_given_any_plan_when_the_lot_is_at_the_limit_then_it_is_accepted_in_87_to_99_of_100(letter, limit):
    assert 0.87 <= chance(plan_at(letter, limit), float(limit) / 100) <= 0.99


@pytest.mark.parametrize("letter", LETTERS)
def test_sp_23_given_a_letter_when_the_limit_is_wider_then_a_lot_is_accepted_no_less_often(letter):
    chances = [chance(plan_at(letter, limit), 0.05) for limit in LIMITS]
    sizes = [plan_at(letter, limit).size for limit in LIMITS]

    assert all(low <= high for low, high, a, b in zip(chances, chances[1:], sizes, sizes[1:], strict=False) if a == b)
    assert chance(Plan("A", 2, 0), 0.1) == pytest.approx(0.81)
    assert chance(Plan("B", 3, 1), 0.1) == pytest.approx(0.972)


def test_sp_20_given_the_restrooms_of_november_when_planned_on_site_then_13_with_one_and_no_key_failure():
    assert plan_for("S-3", 1449, ANY_STEP) == Plan("E", 13, 1)
    assert plan_for("S-3", 1449, KEY_STEP) == Plan("E", 13, 0)


@pytest.mark.parametrize("level", list(Level))
@given(lot=st.integers(2, 3200))
def test_sp_12_given_any_lot_when_a_plan_has_its_own_letter_then_the_sample_of_the_draw_is_as_large(level, lot):
    assert SIZES[LETTERS.index(letter_of(level, lot))] == level_size(level, 10**4) or level_size(level, lot) <= lot
    if (plan := plan_for(level, lot, ANY_STEP)) and plan.letter == letter_of(level, lot):
        assert plan.size == level_size(level, lot)


@pytest.mark.parametrize(("lot", "size", "whole"), [(12, 12, True), (13, 13, True), (14, 13, False)])
def test_4_2_given_a_sample_no_smaller_than_the_lot_when_planned_then_all_is_looked_at(lot, size, whole):
    found = plan_for("I", lot, KEY_STEP)

    assert (found.size, found.whole, found.accept) == (size, whole, 0)


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        ([False] * 3, GOOD),
        ([True, False, False], GOOD),
        ([True, True, False], BAD),
        ([True, True], BAD),
        ([True, True, None], BAD),
        ([True, False, None], OPEN),
        ([False, False], OPEN),
        ([], OPEN),
        ([True, False, False, True, True], GOOD),
    ],
)
def test_4_2_given_a_sample_when_judged_then_by_its_first_records_and_only_when_all_were_looked_at(failed, expected):
    assert verdict(Plan("B", 3, 1), failed) is expected


@pytest.mark.parametrize(
    ("lots", "mode"),
    [
        ([], Mode.NORMAL),
        ([BAD], Mode.NORMAL),
        ([BAD, BAD], Mode.TIGHTENED),
        ([BAD, GOOD, GOOD, GOOD, BAD], Mode.TIGHTENED),
        ([BAD, GOOD, GOOD, GOOD, GOOD, BAD], Mode.NORMAL),
        ([BAD, OPEN, OPEN, BAD], Mode.TIGHTENED),
        ([BAD, BAD, *[GOOD] * 4], Mode.TIGHTENED),
        ([BAD, BAD, *[GOOD] * 5], Mode.NORMAL),
        ([BAD, BAD, *[GOOD] * 4, BAD, *[GOOD] * 4], Mode.TIGHTENED),
        ([BAD, BAD, *[GOOD] * 5, BAD], Mode.NORMAL),
        ([BAD, BAD, *[BAD] * 4], Mode.TIGHTENED),
        ([BAD, BAD, *[BAD] * 5], Mode.STOPPED),
        ([BAD, BAD, *[BAD] * 5, *[GOOD] * 9], Mode.STOPPED),
        ([BAD, BAD, *[BAD] * 4, GOOD, *[BAD] * 4], Mode.TIGHTENED),
    ],
)
def test_sp_21_given_lots_when_they_follow_each_other_then_the_mode_switches(lots, mode):
    assert mode_after(lots) is mode
