"""GR-11: sums of months, what does not conform, and whether improvement goes on or begins again."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.grades.rules import GR7, Grade, Key, Kind, Scale, Veto
from app.grades.rules_contract import Deduction, Event
from app.grades.rules_figures import Facts, Figures, propose
from app.papers.rules_evaluation import Course, Measured, added, evaluation_named, gr11_course, gr11_propose, summed
from app.tallies.rules_rates import GRADED_FROM, Rate

SCALE = Scale(Key.ON_TIME, 15, Fraction(95, 100), Fraction(80, 100))
RATES = st.builds(lambda n, more: Rate(n, n + more), st.integers(0, 99), st.integers(0, 99))
MANY = st.builds(lambda n, more: Rate(min(n, more), more), st.integers(0, 99), st.integers(GRADED_FROM, 99))
"""Enough cases to conclude and to grade by, in one month as in several."""
EVENTS = st.lists(st.builds(Deduction, st.sampled_from(Event), st.integers(1, 2), st.just("f1")), max_size=6)
FACTS = st.builds(Facts, accidents=st.integers(0, 1), unhandled=st.integers(0, 1), falsified=st.integers(0, 4))
ALMOST = {Key.ON_TIME: Rate(100, 100), Key.COMPLETION: Rate(100, 100), Key.SPOT: Rate(175, 200)}
"""Spot checks at 87.5 % bring 70, all else 100: by weights 15, 15 and 10 the score is 92.5."""


def month(*, falsified=0, deductions=(), contract="HT-1", accidents=0):
    facts = Facts(falsified=falsified, accidents=accidents)
    return Figures(ALMOST, 100, facts=facts, deductions=tuple(deductions), contract=contract)


def period(*months):
    return gr11_propose(summed(months), [propose(Kind.UNIT, each) for each in months])


@given(st.dictionaries(st.sampled_from(list(Key)), MANY), EVENTS, FACTS, st.sampled_from(["", "HT-1"]),
       st.integers(GRADED_FROM, 99), st.integers(1, 6))  # fmt: skip
def test_ct7_given_months_that_are_all_alike_when_evaluated_as_one_then_score_and_grade_are_those_of_each(
    rates, events, facts, contract, occurrences, n
):
    one = Figures(rates, occurrences, facts=facts, deductions=tuple(events), contract=contract)

    alone, whole = propose(Kind.UNIT, one), period(*[one] * n)

    assert (whole.score, whole.grade, whole.by_score) == (alone.score, alone.grade, alone.by_score)
    assert (whole.deducted, whole.vetoes) == (alone.deducted, alone.vetoes)
    assert [(each.cap, each.key) for each in whole.limits] == [(each.cap, each.key) for each in alone.limits]


def test_ct7_given_five_points_taken_in_each_of_six_months_when_evaluated_then_five_are_taken_and_not_thirty():
    found = period(*[month(deductions=[Deduction(Event.CRITICAL, 1, "f1")])] * 6)

    assert found.deducted == 5 and found.score == found.working.score - 5


def test_ct7_given_deductions_in_one_month_of_six_when_evaluated_then_a_sixth_of_them_is_taken():
    found = period(*[month()] * 5, month(deductions=[Deduction(Event.MAJOR, 1, "f1")]))

    assert found.deducted == Fraction(1, 3)


@pytest.mark.parametrize(
    ("untrue", "vetoes"),
    [([1, 1, 1], ()), ([2, 2, 2], ()), ([3, 0, 0], (Veto.FALSIFIED,)), ([0, 4, 0], (Veto.FALSIFIED,))],
)
def test_ct7_given_untrue_records_when_evaluated_then_three_in_a_month_veto_and_three_in_three_months_do_not(
    untrue, vetoes
):
    found = period(*[month(falsified=n) for n in untrue])

    assert found.vetoes == vetoes and (found.grade is Grade.FAIL) == bool(vetoes)


def test_gr8_given_a_month_vetoed_when_evaluated_then_the_period_is_whatever_contract_came_later():
    assert period(month(accidents=1), month()).vetoes == (Veto.ACCIDENT,)
    assert period(month(falsified=1, contract=""), month()).vetoes == (Veto.FALSIFIED,)
    assert gr11_propose(summed([]), []).grade is None


@pytest.mark.parametrize(
    ("now", "before", "course"),
    [
        (Rate(96, 100), Rate(99, 100), Course.KEEP), (Rate(90, 100), Rate(80, 100), Course.GO_ON),
        (Rate(90, 100), Rate(90, 100), Course.AGAIN), (Rate(80, 100), Rate(90, 100), Course.AGAIN),
        (Rate(90, 100), Rate(0, 0), Course.AGAIN), (Rate(90, 100), Rate(10, 20), Course.AGAIN),
        (Rate(10, 20), Rate(80, 100), None), (Rate(0, 0), Rate(80, 100), None),
    ],
)  # fmt: skip
def test_gr11_given_two_periods_when_judged_then_it_goes_on_only_where_it_rose_for_sure(now, before, course):
    assert Measured(SCALE, now, before).course is course


@given(RATES, RATES)
def test_gr11_given_any_two_periods_when_a_measure_does_not_conform_then_it_never_counts_as_kept_up(now, before):
    course = gr11_course(now, before, conforms=False)

    assert course is not Course.KEEP
    if course is Course.GO_ON:
        assert now.share > before.share


@given(st.lists(st.dictionaries(st.sampled_from(list(Key)), RATES), max_size=6))
def test_mt30_given_any_months_when_summed_then_each_measure_adds_its_counts(months):
    found = added(months)

    for key in Key:
        rates = [each[key] for each in months if key in each]
        assert found.get(key, Rate(0, 0)) == Rate(
            sum(each.numerator for each in rates), sum(each.denominator for each in rates)
        )


def test_given_months_when_summed_then_windows_add_up_and_the_last_contract_rules():
    one, two = Figures({Key.ON_TIME: Rate(1, 2)}, 2), Figures({Key.ON_TIME: Rate(3, 4)}, 4, contract="HT-2")

    found = summed([one, two])

    assert (found.rates[Key.ON_TIME], found.occurrences, found.contract) == (Rate(4, 6), 6, "HT-2")
    assert found.scales == GR7 and summed([]).rates == {}


@pytest.mark.parametrize("name", ["", "2026-10", "2026-10~2~u", "2026-13~1~u", "2026-10~1~", "x~1~u", "1999-10~1~u"])
def test_given_an_odd_name_of_a_report_when_read_then_there_is_none(name):
    assert evaluation_named(name) is None
    assert evaluation_named("2026-10~6~ctr~x")[1:] == (6, "ctr~x")
