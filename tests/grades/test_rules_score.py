"""GR-3, GR-7 to GR-9: the worked example, lines, caps, vetoes, few cases; random months against a plain model."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.grades.rules import GR7, GR8_BANDS, GR9, GR9_BANDS, Cap, Grade, Key, Scale, Veto
from app.grades.rules_contract import ct7_scales
from app.grades.rules_score import (
    band_of,
    gr7_coverage,
    gr7_part,
    gr7_working,
    gr8_caps,
    gr8_propose,
    gr9_propose,
    shown,
    told_by,
    worst,
)
from app.tallies.rules_rates import Rate

WORKED = {
    Key.ON_TIME: Rate(106, 114),
    Key.COMPLETION: Rate(111, 114),
    Key.KEY: Rate(409, 420),
    Key.PHOTO: Rate(285, 300),
    Key.COVERAGE: Rate(96, 100),
    Key.SPOT: Rate(90, 100),
    Key.CLOSED: Rate(90, 100),
    Key.SATISFIED: Rate(97, 100),
}
FULL = {scale.key: Rate(100, 100) for scale in GR7}


def with_(**changed):
    return {**FULL, **{Key(name): rate for name, rate in changed.items()}}


LEFT_OUT = ("completion", "photo", "coverage", "spot", "closed", "satisfied")


def proposed(rates, occurrences=114, **given_):
    return gr8_propose(gr7_working(rates), occurrences, **given_)


def test_gr7_given_the_worked_example_when_scored_then_each_line_and_the_sum_are_those_of_the_rules():
    working = gr7_working(WORKED)

    points = [shown(line.points, 3) for line in working.lines]
    assert points == ["14.193", "14.526", "16.762", "9.333", "9.000", "8.000", "8.667", "10.000"]
    assert shown(working.score) == "90.48"


def test_ct7_given_the_worked_example_and_a_contract_when_scored_then_its_weights_are_divided_by_their_sum():
    agreed = {"on_time": 20, "closed": 5}
    as_hundred = gr7_working(WORKED, ct7_scales({}, agreed))
    as_fifty = gr7_working(WORKED, ct7_scales({}, {"on_time": 30, "key": 20, **dict.fromkeys(LEFT_OUT, 0)}))

    points = [shown(line.points, 3) for line in as_hundred.lines]
    assert points == ["18.924", "14.526", "16.762", "9.333", "9.000", "8.000", "4.333", "10.000"]
    assert shown(as_hundred.score) == "90.88"
    assert [(str(line.scale.key), line.scale.weight, line.whole) for line in as_fifty.lines] == [
        ("on_time", 30, 50), ("key", 20, 50),
    ]  # fmt: skip
    assert [shown(line.points, 3) for line in as_fifty.lines] == ["56.772", "33.524"]
    assert shown(as_fifty.score) == "90.30"


def test_gr8_given_the_worked_example_when_proposed_then_key_points_hold_it_at_good():
    found = proposed(WORKED)

    assert (found.by_score, found.grade) == (Grade.EXCELLENT, Grade.GOOD)
    assert [(limit.cap, limit.key, limit.at_most) for limit in found.limits] == [
        (Cap.KEY_UNDER_TARGET, Key.KEY, Grade.GOOD),
        (Cap.COVERAGE_UNDER_TARGET, Key.COVERAGE, Grade.GOOD),
    ]


def test_gr7_given_the_tables_when_read_then_weights_targets_and_floors_are_those_of_the_rules():
    told = [(str(one.key), one.weight, int(one.target * 100), int(one.floor * 100)) for one in GR7]

    assert told == [
        ("on_time", 15, 95, 80), ("completion", 15, 98, 90), ("key", 20, 99, 95), ("photo", 10, 97, 85),
        ("coverage", 10, 98, 90), ("spot", 10, 95, 85), ("closed", 10, 95, 80), ("satisfied", 10, 95, 85),
    ]  # fmt: skip
    assert [(str(one.key), one.weight) for one in GR9] == [
        ("on_time", 25), ("key", 30), ("spot", 20), ("exam", 10), ("closed", 5), ("satisfied", 10),
    ]  # fmt: skip
    assert sum(one.weight for one in GR7) == sum(one.weight for one in GR9) == 100


@pytest.mark.parametrize(
    ("value", "part"),
    [("95/100", 100), ("1", 100), ("80/100", 60), ("875/1000", 80), ("40/100", 30), ("0", 0), ("79/100", "59.25")],
)
def test_gr7_given_a_value_when_scored_then_full_from_the_target_60_at_the_floor_straight_between(value, part):
    assert gr7_part(Fraction(value), Fraction(95, 100), Fraction(80, 100)) == Fraction(str(part))


def test_gr7_given_a_floor_at_its_target_when_scored_then_nothing_is_divided_by_zero():
    level = Fraction(80, 100)

    assert gr7_part(level, level, level) == 100
    assert gr7_part(Fraction(40, 100), level, level) == 30


def test_gr7_given_holidays_and_handovers_when_pooled_then_counts_are_added():
    assert gr7_coverage(Rate(1, 2), Rate(30, 30)) == Rate(31, 32)


def test_mt31_given_a_measure_without_cases_when_scored_then_the_others_share_its_weight():
    working = gr7_working(with_(key=Rate(0, 0), spot=Rate(0, 100)))

    by_key = {line.scale.key: line for line in working.lines}
    assert (by_key[Key.KEY].points, by_key[Key.KEY].whole, by_key[Key.KEY].conforms) == (None, 80, None)
    assert working.score == 100 * Fraction(70, 80)


def test_sa7_given_less_than_30_ratings_when_scored_then_satisfaction_drops_out():
    assert gr7_working(with_(satisfied=Rate(0, 29))).score == 100
    assert [line.counts for line in gr7_working(with_(satisfied=Rate(0, 0))).lines] == [True] * 7 + [False]
    assert gr7_working(with_(satisfied=Rate(0, 30))).score == 90


def test_mt33_given_few_cases_of_a_measure_when_proposed_then_they_count_but_hold_nothing_back():
    found = proposed(with_(key=Rate(28, 29), closed=Rate(0, 29)))

    assert found.limits == () and found.score < 90
    assert {line.conforms for line in found.working.lines if line.scale.key in (Key.KEY, Key.CLOSED)} == {None}


def test_gr3_given_a_measure_when_concluded_then_at_the_target_it_conforms_and_below_it_does_not():
    lines = {line.scale.key: line for line in gr7_working(with_(spot=Rate(95, 100), closed=Rate(94, 100))).lines}

    assert lines[Key.SPOT].conforms is True and lines[Key.CLOSED].conforms is False


def test_gr11_given_misfits_when_listed_then_only_those_under_target_stand_there():
    working = gr7_working(with_(spot=Rate(94, 100), closed=Rate(2, 4)))

    assert [line.scale.key for line in working.misfits] == [Key.SPOT]


@pytest.mark.parametrize(("key", "cap"), [("key", Cap.KEY_UNDER_TARGET), ("coverage", Cap.COVERAGE_UNDER_TARGET)])
def test_gr8_given_key_points_or_coverage_under_target_when_proposed_then_at_most_good(key, cap):
    found = proposed(with_(**{key: Rate(975, 1000)}))

    assert [limit.cap for limit in found.limits] == [cap]
    assert (found.by_score, found.grade) == (Grade.EXCELLENT, Grade.GOOD)


def test_gr8_given_any_measure_under_its_floor_when_proposed_then_at_most_pass():
    at_floor, under = proposed(with_(photo=Rate(85, 100))), proposed(with_(photo=Rate(84, 100)))

    assert (at_floor.grade, at_floor.limits) == (Grade.EXCELLENT, ())
    assert [(limit.cap, limit.key, limit.at_most) for limit in under.limits] == [
        (Cap.UNDER_FLOOR, Key.PHOTO, Grade.PASS)
    ]
    assert under.grade is Grade.PASS


def test_gr8_given_ratings_too_few_to_count_when_under_the_floor_then_they_hold_nothing_back():
    assert gr8_caps(gr7_working(with_(satisfied=Rate(0, 29)))) == ()


@pytest.mark.parametrize("veto", list(Veto))
def test_gr8_given_a_veto_when_proposed_then_the_grade_is_fail_and_the_score_stays(veto):
    found = proposed(FULL, vetoes=(veto,))

    assert (found.score, found.by_score, found.grade, found.vetoes) == (100, Grade.EXCELLENT, Grade.FAIL, (veto,))


def test_mt33_given_less_than_30_windows_when_proposed_then_there_is_no_grade():
    few, enough = proposed(FULL, 29, deducted=Fraction(1)), proposed(FULL, 30)

    assert (few.by_score, few.grade, few.score) == (None, None, 99)
    assert enough.grade is Grade.EXCELLENT


def test_mt31_given_nothing_due_when_proposed_then_neither_score_nor_grade():
    found = proposed({}, 1000)

    assert (found.score, found.grade, found.by_score) == (None, None, None)
    assert {line.rate for line in found.working.lines} == {Rate(0, 0)}


def test_ct7_given_deductions_when_proposed_then_they_are_taken_from_the_score_and_never_below_zero():
    assert proposed(FULL, deducted=Fraction(21, 2)).score == Fraction(179, 2)
    assert proposed(FULL, deducted=Fraction(21, 2)).by_score is Grade.GOOD
    assert proposed(FULL, deducted=Fraction(500)).score == 0
    assert proposed(FULL, deducted=Fraction(-5)).score == 100


@pytest.mark.parametrize(
    ("score", "unit", "staff"),
    [
        (90, "excellent", "excellent"), ("89.99", "good", "good"), (80, "good", "good"), ("79.99", "pass", "good"),
        (75, "pass", "good"), ("74.99", "pass", "pass"), (60, "pass", "pass"),
        ("59.99", "fail", "fail"), (0, "fail", "fail"),
    ],
)  # fmt: skip
def test_gr8_gr9_given_a_score_when_graded_then_the_unrounded_value_decides(score, unit, staff):
    value = Fraction(str(score))

    assert (band_of(value, GR8_BANDS), band_of(value, GR9_BANDS)) == (Grade(unit), Grade(staff))


def test_gr9_given_a_proven_false_pass_when_proposed_then_at_most_basically_competent():
    working = gr7_working({scale.key: Rate(100, 100) for scale in GR9}, GR9)

    clean, false = gr9_propose(working, 30, 0), gr9_propose(working, 30, 1)

    assert (clean.grade, clean.limits, clean.deducted) == (Grade.EXCELLENT, (), 0)
    assert (false.grade, [limit.cap for limit in false.limits]) == (Grade.PASS, [Cap.FALSE_PASS])
    assert gr9_propose(working, 29, 0).grade is None


def test_gr9_given_key_points_under_target_when_proposed_then_units_caps_do_not_hold_people():
    working = gr7_working({scale.key: Rate(98, 100) for scale in GR9}, GR9)

    assert gr9_propose(working, 100, 0).limits == ()


def test_given_grades_when_the_worst_is_asked_then_it_is_the_one_furthest_down():
    assert worst([Grade.EXCELLENT, Grade.PASS, Grade.GOOD]) is Grade.PASS


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [("1/8", 2, "0.13"), ("90.475", 2, "90.48"), ("90.474", 2, "90.47"), ("2/3", 0, "1"), ("5/2", 0, "3")],
)
def test_mt32_given_a_value_when_shown_then_it_is_rounded_half_up(value, places, text):
    assert shown(Fraction(value), places) == text


def test_given_a_proposal_when_told_then_score_and_grade_are_texts_and_a_dash_stands_for_none():
    assert told_by(proposed(FULL)) == ("100.00", "excellent")
    assert told_by(proposed({})) == ("—", None)


SCALES = st.builds(
    lambda weight, floor, gap: Scale(Key.SPOT, weight, Fraction(min(floor + gap, 100), 100), Fraction(floor, 100)),
    st.integers(1, 40),
    st.integers(1, 99),
    st.integers(0, 30),
)
RATES = st.integers(0, 200).flatmap(lambda n: st.integers(0, n).map(lambda k: Rate(k, n)))


def model_part(value, target, floor):
    """The three straight lines, once more and in floats."""
    if value >= target:
        return 100.0
    return 60 + 40 * (value - floor) / (target - floor) if value >= floor else 60 * value / floor


@given(st.lists(RATES, min_size=8, max_size=8))
def test_gr7_given_any_month_when_scored_then_it_is_the_weighted_mean_of_what_counts(rates):
    given_ = {scale.key: rate for scale, rate in zip(GR7, rates, strict=True)}
    counted = [
        (scale.weight, model_part(rate.numerator / rate.denominator, float(scale.target), float(scale.floor)))
        for scale, rate in zip(GR7, rates, strict=True)
        if rate.denominator and (scale.key is not Key.SATISFIED or rate.denominator >= 30)
    ]

    score = gr7_working(given_).score

    if not counted:
        assert score is None
    else:
        whole = sum(weight for weight, _part in counted)
        assert float(score) == pytest.approx(sum(weight * part for weight, part in counted) / whole, abs=1e-6)


@given(SCALES, st.integers(0, 200), st.integers(0, 200))
def test_gr7_given_two_values_when_scored_then_the_better_never_scores_less(scale, one, two):
    low, high = sorted((Fraction(one, 200), Fraction(two, 200)))

    assert 0 <= gr7_part(low, scale.target, scale.floor) <= gr7_part(high, scale.target, scale.floor) <= 100


@given(st.lists(RATES, min_size=8, max_size=8), st.integers(0, 60), st.sets(st.sampled_from(Veto)))
def test_gr8_given_any_month_when_proposed_then_caps_and_vetoes_only_ever_lower_the_grade(rates, n, vetoes):
    found = proposed({scale.key: rate for scale, rate in zip(GR7, rates, strict=True)}, n, vetoes=tuple(vetoes))
    order = list(Grade)

    if found.grade is None:
        assert n < 30 or found.score is None
    else:
        assert order.index(found.grade) >= order.index(found.by_score)
        assert all(order.index(found.grade) >= order.index(limit.at_most) for limit in found.limits)
        assert not vetoes or found.grade is Grade.FAIL
