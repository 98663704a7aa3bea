"""Each measure by its rule: numerator and denominator apart; nought stays nought; the worked example of the rules."""

from fractions import Fraction

import pytest

from app.stats import rules_formulas as formulas
from app.stats.rules import Coverage
from app.stats.rules_beside import BESIDE
from app.stats.rules_definitions import DEFINITIONS
from app.stats.rules_formulas import Closing, Sampled
from app.stats.rules_measures import MEASURES, SHORT
from app.tallies.rules_counts import Counts
from app.tallies.rules_rates import Rate

# Every count another number, so that no two can be taken for each other.
N = Counts(
    due=1009, in_window=401, in_grace=101, late=53, missed=29, unknown=13, waiting=17, reported=11, holiday_due=97,
    holiday_on_time=89, handover_due=83, handover_covered=79, scanned=503, short=7, found=31, steps_pass=2003,
    steps_fail=37, key_due=907, key_evidenced=863, key_pass=853, photos_due=607, photos_sent=587, photos_valid=569,
)  # fmt: skip
BY_RULE = [
    ("MT-10", formulas.on_time, 502, 1009),
    ("MT-10", formulas.in_grace, 101, 1009),
    ("MT-11", formulas.completion, 555, 1009),
    ("MT-12", formulas.conformity, 2003, 2040),
    ("MT-13", formulas.key_evidence, 863, 907),
    ("MT-13", formulas.key_conformity, 853, 863),
    ("MT-14", formulas.photo_evidence, 569, 607),
    ("MT-14", formulas.photos_sent, 587, 607),
    ("MT-14", formulas.photos_valid, 569, 587),
    ("MT-15", formulas.holiday_coverage, 89, 97),
    ("MT-16", formulas.handover_coverage, 79, 83),
    ("MT-18", formulas.short_dwell, 7, 555),
    ("MT-19", formulas.scan_rate, 503, 555),
]


@pytest.mark.parametrize(("rule", "formula", "numerator", "denominator"), BY_RULE)
def test_given_counts_when_a_measure_is_made_then_both_parts_are_those_of_its_rule(
    rule, formula, numerator, denominator
):
    assert formula(N) == Rate(numerator, denominator)
    assert formula.__doc__.startswith(rule)


@pytest.mark.parametrize("formula", [each[1] for each in BY_RULE])
def test_mt31_given_nothing_when_a_measure_is_made_then_there_is_no_share(formula):
    assert formula(Counts()).share is None


@pytest.mark.parametrize("formula", [each[1] for each in BY_RULE])
def test_mt30_given_two_units_when_rolled_up_then_numerators_and_denominators_add_up(formula):
    other = Counts(due=10, in_window=1, late=2, steps_pass=3, steps_fail=1, key_due=4, photos_due=5, holiday_due=6)

    whole, mine, yours = formula(N + other), formula(N), formula(other)

    assert whole == Rate(mine.numerator + yours.numerator, mine.denominator + yours.denominator)


def test_worked_example_given_the_monday_of_the_rules_then_the_measures_are_its_results():
    n = Counts(due=114, in_window=98, in_grace=8, late=5, missed=3, key_due=420, key_evidenced=409, photos_due=300,
               photos_sent=291, photos_valid=285)  # fmt: skip
    shares = {
        formulas.on_time: Fraction(106, 114), formulas.completion: Fraction(111, 114),
        formulas.key_evidence: Fraction(409, 420), formulas.photo_evidence: Fraction(95, 100),
        formulas.photos_sent: Fraction(97, 100), formulas.photos_valid: Fraction(285, 291),
    }  # fmt: skip

    assert {formula: formula(n).share for formula in shares} == shares


def test_mt15_given_points_of_two_holidays_when_covered_then_each_day_counts_for_itself():
    assert formulas.point_coverage(Coverage(3, 4)) == Rate(3, 4)
    assert formulas.point_coverage(Coverage()).share is None


def test_mt20_mt21_given_findings_when_closed_then_limit_and_first_recheck_are_told_apart():
    kinds = [
        Closing(True, True, True),
        Closing(False, True, True),
        Closing(False, True, False),
        Closing(False, False, False),
    ]

    assert formulas.closed_in_time(kinds) == Rate(1, 4)
    assert formulas.first_recheck(kinds) == Rate(2, 3)
    assert formulas.closed_in_time([]) == formulas.first_recheck([]) == Rate(0, 0)


def test_mt22_mt23_given_a_sample_when_judged_then_only_passed_records_can_be_untrue():
    sample = [
        Sampled(True, True, False),
        Sampled(False, True, True),
        Sampled(False, True, False),
        Sampled(True, False, False),
    ]

    assert formulas.spot_check_pass(sample) == Rate(2, 4)
    assert formulas.false_pass(sample) == Rate(1, 3)


def test_mt24_mt25_given_counts_when_scope_is_asked_then_whoever_has_nothing_due_is_not_assigned():
    assert formulas.usage(N) == 555
    assert formulas.scope([Counts(due=2, late=1), Counts(due=2), Counts(reported=3), Counts()]) == Rate(1, 2)


def test_given_every_figure_of_the_pages_when_read_then_it_has_its_definition():
    for figure in (*MEASURES, SHORT, *BESIDE):
        assert str(figure.definition), figure.key
        assert figure.key in DEFINITIONS
