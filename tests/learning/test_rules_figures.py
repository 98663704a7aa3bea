"""Steps that fail, are skipped or never change: numerator and denominator apart, small numbers say nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning.rules_figures import (
    ENOUGH,
    MOST_SHOWN,
    Spread,
    StepSums,
    Windows,
    always_same,
    always_skipped,
    failing,
)
from app.learning.rules_reasons import reasons
from app.standards.rules import parse_step
from tests.learning.test_rules import NEW, Standing, after
from tests.support.standards import step_document

counts = st.integers(min_value=0, max_value=200)


@st.composite
def sums(draw):
    answered = draw(counts)
    skipped = draw(st.integers(0, answered))
    failed = draw(st.integers(0, answered - skipped))
    return StepSums(draw(st.sampled_from(["S01", "S02", "S03"])), answered, failed, skipped)


def test_given_answers_when_divided_then_a_fail_counts_of_what_was_judged_and_a_skip_of_all():
    each = StepSums("S01", answered=50, failed=3, skipped=20)

    assert (each.fails.numerator, each.fails.denominator) == (3, 30)
    assert (each.skips.numerator, each.skips.denominator) == (20, 50)


@given(st.lists(sums(), max_size=12))
def test_given_any_steps_when_the_failing_are_named_then_the_highest_share_is_first_and_none_is_without_a_fail(steps):
    found = failing(steps)

    shares = [each.fails.share for each in found]
    assert shares == sorted(shares, reverse=True)
    assert all(each.failed for each in found)
    assert len(found) == min(MOST_SHOWN, sum(each.failed > 0 for each in steps))


def test_given_equal_shares_when_named_then_the_one_with_more_fails_is_first():
    few, many = StepSums("S01", 10, 1), StepSums("S02", 100, 10)

    assert [each.step_id for each in failing([few, many])] == ["S02", "S01"]
    assert [each.step_id for each in failing([few, many], 1)] == ["S02"]


@given(sums())
def test_given_any_step_when_asked_whether_always_skipped_then_twenty_answers_and_nine_of_ten_are_needed(each):
    wanted = each.answered >= 20 and Fraction(each.skipped, each.answered) >= Fraction(9, 10)

    assert (always_skipped([each]) == [each]) is wanted


@pytest.mark.parametrize(
    ("answered", "skipped", "listed"), [(20, 18, True), (20, 17, False), (19, 19, False), (200, 180, True)]
)
def test_given_the_edges_when_asked_whether_always_skipped_then_they_hold(answered, skipped, listed):
    assert bool(always_skipped([StepSums("S01", answered, 0, skipped)])) is listed


NUMBER = parse_step(step_document("S01", "number", unit="℃", min=0, max=40))
ZERO = parse_step(step_document("S01", "number", unit="mg", min=0, max=0))
FREE = parse_step(step_document("S01", "number", unit="km"))
CHOICE = parse_step(step_document("S01", "choice", choices=["好", "差"], pass_choices=["好"]))
SIGNED = parse_step(step_document("S01", "choice", choices=["签认"], pass_choices=["签认"]))
SAME_READING, SAME_CHOICE = Spread(ENOUGH, 21.5, 21.5), Spread(ENOUGH, "好", "好")


@pytest.mark.parametrize(
    ("step", "sum_", "listed"),
    [
        (NUMBER, StepSums("S01", readings=SAME_READING), True),
        (FREE, StepSums("S01", readings=SAME_READING), True),
        (NUMBER, StepSums("S01", readings=Spread(ENOUGH - 1, 21.5, 21.5)), False),
        (NUMBER, StepSums("S01", readings=Spread(ENOUGH, 21.5, 22.0)), False),
        (ZERO, StepSums("S01", readings=Spread(ENOUGH, 0, 0)), False),
        (CHOICE, StepSums("S01", chosen=SAME_CHOICE), True),
        (CHOICE, StepSums("S01", chosen=Spread(ENOUGH, "好", "差")), False),
        (SIGNED, StepSums("S01", chosen=Spread(ENOUGH, "签认", "签认")), False),
        (CHOICE, StepSums("S02", chosen=SAME_CHOICE), False),
        (NUMBER, StepSums("S01"), False),
    ],
)
def test_given_answers_when_asked_whether_they_never_change_then_only_what_could_change_is_named(step, sum_, listed):
    assert (always_same([sum_], [step]) == [sum_]) is listed


def test_given_figures_when_an_application_begins_then_each_stands_in_it_with_its_counts():
    failing_one, skipped_one = StepSums("S03", 200, 12), StepSums("S05", 100, 0, 95)
    said = [NEW, after(Standing.DECLINED), after(Standing.TAKEN)]

    text = reasons(Windows(120, 118), ([failing_one], [skipped_one]), said, {"S03": "擦拭"}, 90)

    assert text.splitlines() == [
        "Of the last 90 days: 118 of 120 done.",
        "S03 擦拭 fails in 12 of 200 answers.",
        "S05 does not apply in 95 of 100 answers.",
        "Suggestions by those who do the work: 2.",
    ]


def test_given_no_suggestion_when_an_application_begins_then_none_is_counted():
    assert reasons(Windows(), ([], []), [], {}, 30) == "Of the last 30 days: 0 of 0 done."


def test_given_a_step_whose_every_answer_was_skipped_when_the_failing_are_named_then_no_share_counts_as_none():
    unjudged, rare = StepSums("S01", answered=3, failed=1, skipped=3), StepSums("S02", answered=900, failed=1)

    assert [each.step_id for each in failing([unjudged, rare])] == ["S02", "S01"]
