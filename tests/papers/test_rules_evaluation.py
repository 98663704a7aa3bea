"""GR-11: sums of months, what does not conform, and whether improvement goes on or begins again."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.grades.rules import GR7, Key, Scale
from app.grades.rules_figures import Figures
from app.papers.rules_evaluation import Course, Measured, added, evaluation_named, gr11_course, summed
from app.tallies.rules_rates import Rate

SCALE = Scale(Key.ON_TIME, 15, Fraction(95, 100), Fraction(80, 100))
RATES = st.builds(lambda n, more: Rate(n, n + more), st.integers(0, 99), st.integers(0, 99))


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
