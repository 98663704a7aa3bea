"""Limits stay within their bounds, and judged flags move them smoothly, visibly, whatever their order."""

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flags.rules import FlagKind
from app.flags.rules_limits import BOUNDS, DEFAULTS, Judged, Move, Thresholds, moved, moves

JUDGED = st.lists(st.builds(Judged, st.sampled_from(FlagKind), st.booleans()), max_size=120)
WALK = Thresholds(walk_share=0.2)


def judged(upheld, not_upheld, kind=FlagKind.FAST_WALK):
    return [Judged(kind, True)] * upheld + [Judged(kind, False)] * not_upheld


@pytest.mark.parametrize("kind", FlagKind)
def test_given_each_kind_when_its_bounds_are_read_then_the_default_lies_between(kind):
    if kind is FlagKind.PICTURE_SAME:
        assert kind not in BOUNDS
        return

    bound = BOUNDS[kind]

    low, high = sorted((bound.strict, bound.gentle))
    assert low <= getattr(DEFAULTS, bound.field) <= high
    assert low < high


def test_given_each_kind_when_judged_then_it_moves_a_limit_of_its_own():
    named = [bound.field for bound in BOUNDS.values()]

    assert len(set(named)) == len(named)
    assert set(named) <= {field.name for field in fields(Thresholds)}


@given(JUDGED)
def test_given_any_judgements_when_limits_move_then_none_leaves_its_bounds_and_no_other_limit_moves(verdicts):
    now = asdict(moved(DEFAULTS, verdicts))

    for bound in BOUNDS.values():
        low, high = sorted((bound.strict, bound.gentle))
        assert low <= now.pop(bound.field) <= high
    assert now == {name: getattr(DEFAULTS, name) for name in now}


@given(JUDGED, st.randoms(use_true_random=False))
def test_given_judgements_in_another_order_when_limits_move_then_they_move_the_same(verdicts, chance):
    other = list(verdicts)
    chance.shuffle(other)

    assert moves(DEFAULTS, other) == moves(DEFAULTS, verdicts)


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(list(BOUNDS)))
def test_given_one_more_not_upheld_when_limits_move_then_they_get_no_stricter(upheld, not_upheld, kind):
    bound = BOUNDS[kind]

    one = getattr(moved(DEFAULTS, judged(upheld, not_upheld, kind)), bound.field)
    more = getattr(moved(DEFAULTS, judged(upheld, not_upheld + 1, kind)), bound.field)

    assert abs(more - bound.strict) >= abs(one - bound.strict)
    assert abs(more - one) <= abs(bound.strict - bound.gentle) / 15


def test_given_nothing_judged_or_as_many_each_way_when_limits_move_then_they_stay():
    assert moved(DEFAULTS, []) == DEFAULTS
    assert moved(DEFAULTS, judged(7, 7)) == DEFAULTS


def test_given_twenty_not_upheld_when_limits_move_then_half_of_the_way_is_gone():
    [row] = [each for each in moves(WALK, judged(0, 20)) if each.kind is FlagKind.FAST_WALK]

    assert row == Move(FlagKind.FAST_WALK, "walk_share", 0.2, 0.125, 0.35, 0.05, 0, 20)


def test_given_twenty_upheld_when_limits_move_then_half_of_the_way_to_strict_is_gone():
    assert moved(WALK, judged(20, 0)).walk_share == 0.275


def test_given_three_not_upheld_of_four_when_limits_move_then_a_handful_moves_little():
    assert moved(WALK, judged(1, 3)).walk_share == pytest.approx(0.2 - 0.15 * 2 / 24, abs=0.001)


def test_given_one_judgement_when_a_limit_moves_then_three_digits_after_the_point_are_kept():
    assert moved(DEFAULTS, judged(0, 1, FlagKind.PICTURE_ALIKE)).alike_bits == 1.905
    assert moved(DEFAULTS, judged(1, 0, FlagKind.PICTURE_ALIKE)).alike_bits == 2.095


def test_given_judgements_of_one_kind_when_shown_then_each_kind_has_a_row_and_the_others_did_not_move():
    rows = moves(DEFAULTS, judged(0, 9, FlagKind.TYPED))

    assert [row.kind for row in rows] == list(BOUNDS)
    assert [row.kind for row in rows if row.was != row.now] == [FlagKind.TYPED]
    assert [(row.upheld, row.not_upheld) for row in rows if row.kind is not FlagKind.TYPED] == [(0, 0)] * 10
