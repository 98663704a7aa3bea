"""CT-7, CT-8, NC-15: the contract's own targets, deductions, vetoes, bands that only recommend."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contractors.rules import WEIGHTS
from app.grades.rules import GR7, Grade, Key, Veto
from app.grades.rules_contract import (
    CT7_POINTS,
    Deduction,
    Event,
    Seen,
    ct7_deductions,
    ct7_payment,
    ct7_scales,
    ct7_vetoes,
    gr8_vetoes,
    own_weights,
)
from app.nonconformities.rules import FindingSource


def seen(**changed):
    usual = {"id": "f1", "source": "spotcheck", "severity": "minor", "counts": True, "overdue": False}
    return Seen(**{**usual, "failed_rechecks": 0, **changed})


def points(*findings, complaints=(), untrue=()):
    return sum((each.points for each in ct7_deductions(findings, complaints, untrue)), Fraction(0))


def test_ct7_given_the_list_of_events_when_read_then_points_are_those_of_the_contract():
    assert {str(event): str(taken) for event, taken in CT7_POINTS.items()} == {
        "minor": "1/2", "major": "2", "critical": "5", "overdue": "2", "recheck": "3", "complaint": "3",
        "falsified": "10",
    }  # fmt: skip


@pytest.mark.parametrize(("severity", "taken"), [("minor", "1/2"), ("major", "2"), ("critical", "5")])
@pytest.mark.parametrize("source", ["spotcheck", "supervision"])
def test_ct7_given_a_finding_of_a_check_from_outside_when_deducted_then_by_its_severity(source, severity, taken):
    assert points(seen(source=source, severity=severity)) == Fraction(taken)


@pytest.mark.parametrize("source", sorted(set(FindingSource) - {"spotcheck", "supervision", "complaint"}))
def test_nc15_given_what_the_own_people_found_when_deducted_then_nothing_is_taken_however_it_ends(source):
    assert points(seen(source=source, severity="critical", overdue=True, failed_rechecks=3)) == 0


def test_ct8_given_a_finding_outside_scope_or_not_of_work_when_deducted_then_nothing_is_taken():
    left = seen(counts=False, overdue=True, failed_rechecks=2)

    assert points(left) == 0
    assert points(left, seen(source="check"), seen(severity="major")) == 2


def test_ct7_given_overdue_and_failed_rechecks_when_deducted_then_each_takes_its_points():
    assert points(seen(overdue=True, failed_rechecks=2)) == Fraction("8.5")


def test_ct7_given_a_complaint_with_its_finding_when_deducted_then_it_is_taken_once():
    assert points(seen(source="complaint", severity="major"), complaints=("c1",)) == 3
    assert points(seen(source="complaint", overdue=True), complaints=("c1", "c2")) == 8


@given(st.dictionaries(st.sampled_from(list(WEIGHTS)), st.integers(0, 100)))
def test_ct7_given_any_weights_of_a_contract_when_scaled_then_the_rest_weighs_as_usual_and_nought_is_left_out(own):
    found = {str(one.key): one.weight for one in ct7_scales({}, own)}

    assert found == {str(one.key): own.get(one.key, one.weight) for one in GR7 if own.get(one.key) != 0}
    assert own_weights(ct7_scales({}, own)) is (found != WEIGHTS)


def test_ct7_given_no_weights_when_read_then_those_of_contractors_and_of_gr7_are_the_same():
    assert {str(one.key): one.weight for one in GR7} == WEIGHTS
    assert not own_weights(GR7) and not own_weights(ct7_scales({"on_time": 99.0}, {}))


def test_ct7_given_untrue_records_when_deducted_then_ten_each_and_each_names_its_record():
    found = ct7_deductions([seen(id="f9")], ["c1"], ["r1", "r2"])

    assert found == [
        Deduction(Event.MINOR, 1, "f9"),
        Deduction(Event.COMPLAINT, 1, "c1"),
        Deduction(Event.FALSIFIED, 1, "r1"),
        Deduction(Event.FALSIFIED, 1, "r2"),
    ]
    assert points(untrue=("r1", "r2")) == 20


def test_ct7_given_levels_of_a_contract_when_scaled_then_its_targets_replace_those_of_the_house():
    scales = {one.key: one for one in ct7_scales({"on_time": 97.5, "holiday": 96, "handover": 99, "closed": 70})}

    assert (scales[Key.ON_TIME].target, scales[Key.ON_TIME].floor) == (Fraction(975, 1000), Fraction(80, 100))
    assert scales[Key.COVERAGE].target == Fraction(99, 100)
    assert (scales[Key.CLOSED].target, scales[Key.CLOSED].floor) == (Fraction(70, 100), Fraction(70, 100))
    assert [one.weight for one in scales.values()] == [one.weight for one in GR7]
    assert ct7_scales({}) == GR7


def test_ct7_given_untrue_records_when_vetoed_then_the_contract_names_three_and_the_house_one():
    def both(falsified):
        told = {"accidents": 0, "unhandled": 0, "falsified": falsified}
        return ct7_vetoes(**told), gr8_vetoes(**told)

    assert both(0) == ((), ())
    assert both(1) == both(2) == ((), (Veto.FALSIFIED,))
    assert both(3) == ((Veto.FALSIFIED,), (Veto.FALSIFIED,))


@pytest.mark.parametrize("vetoes", [ct7_vetoes, gr8_vetoes])
def test_gr8_given_an_accident_or_an_unhandled_complaint_when_vetoed_then_each_is_named(vetoes):
    assert vetoes(accidents=1, unhandled=0, falsified=0) == (Veto.ACCIDENT,)
    assert vetoes(accidents=0, unhandled=1, falsified=0) == (Veto.COMPLAINT,)
    assert vetoes(accidents=2, unhandled=2, falsified=3) == tuple(Veto)


def test_ct7_given_a_grade_when_paid_then_the_band_only_recommends():
    assert [ct7_payment(grade) for grade in Grade] == [100, 98, 95, 90]
    assert ct7_payment(None) is None
