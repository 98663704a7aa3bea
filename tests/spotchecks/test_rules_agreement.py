"""Agreement of record and second look (SP-7, SP-8, MT-22, MT-23, MT-33)."""

from datetime import timedelta

import pytest

from app.spotchecks.rules_agreement import (
    PASS_TARGET,
    Opinion,
    Outcome,
    StepOpinion,
    agreement,
    holds_until,
    is_in_time,
    outcome_of,
)
from app.tallies.rules_rates import Grade
from tests.support.builders import NOW

MINUTE = timedelta(minutes=1)


def step(said="pass", verdict="pass"):
    return StepOpinion("S01", "台面", key=False, said=said, verdict=verdict)


@pytest.mark.parametrize(
    ("steps", "in_time", "outcome"),
    [
        ([], True, Outcome.AGREES),
        ([step()], True, Outcome.AGREES),
        ([step(verdict="unseen")], True, Outcome.AGREES),
        ([step("fail", "fail")], True, Outcome.AGREES),
        ([step("not_applicable", "fail")], True, Outcome.AGREES),
        ([step("fail", "pass")], True, Outcome.AGREES),
        ([step(), step("pass", "fail")], True, Outcome.DIFFERS),
        ([step(), step("pass", "fail")], False, Outcome.POINT),
        ([step()], False, Outcome.AGREES),
    ],
)
def test_sp_8_given_what_was_found_when_compared_then_only_a_passed_step_that_fails_in_time_differs(
    steps, in_time, outcome
):
    assert outcome_of(steps, in_time=in_time) is outcome


@pytest.mark.parametrize(("after", "in_time"), [(0, True), (20, True), (20.01, False), (60, False)])
def test_sp_8_given_a_floor_of_20_minutes_when_looked_at_then_the_last_moment_still_counts(after, in_time):
    assert is_in_time(NOW, 20, NOW + after * MINUTE) is in_time


@pytest.mark.parametrize("minutes", [None, 0])
def test_sp_8_given_a_standard_without_a_time_when_looked_at_then_it_says_nothing_of_the_record(minutes):
    assert holds_until(NOW, minutes) is None
    assert not is_in_time(NOW, minutes, NOW)


def test_sp_8_given_a_time_when_asked_then_the_record_holds_that_long():
    assert holds_until(NOW, 30) == NOW + 30 * MINUTE


def opinion(**keys):
    said = {"method": "simple", "entered": "drawn", "conforms": True, "said_pass": True, "outcome": "agrees"}
    return Opinion(**(said | keys))


DIFFERS = {"conforms": False, "outcome": "differs"}


def test_mt_22_given_looks_when_counted_then_only_simple_random_ones_make_the_rate():
    looks = [
        opinion(),
        opinion(**DIFFERS, state="open"),
        opinion(method="weighted", **DIFFERS, state="open"),
        opinion(method=None, entered=None, **DIFFERS, state="open"),
        opinion(entered="floor", **DIFFERS, state="open"),
        opinion(entered="contested"),
    ]

    found = agreement(looks)

    assert (found.passed.numerator, found.passed.denominator, found.hunted) == (1, 2, 4)


def test_mt_23_given_looks_when_counted_then_untrue_only_after_a_decision_over_what_the_worker_passed():
    looks = [
        opinion(),
        opinion(**DIFFERS, state="open"),
        opinion(**DIFFERS, state="stands"),
        opinion(**DIFFERS, state="untrue"),
        opinion(conforms=False, said_pass=False),
    ]

    found = agreement(looks)

    assert (found.differing.numerator, found.differing.denominator) == (3, 4)
    assert (found.untrue.numerator, found.untrue.denominator) == (1, 4)
    assert (found.passed.numerator, found.passed.denominator) == (1, 5)


@pytest.mark.parametrize("keys", [{"outcome": "point", "conforms": False}, {**DIFFERS, "state": "withdrawn"}])
def test_sp_8_given_a_late_look_or_one_taken_back_when_counted_then_it_says_nothing_of_records(keys):
    found = agreement([opinion(), opinion(**keys), opinion(method="weighted", **keys)])

    assert (found.passed.numerator, found.passed.denominator, found.differing.denominator) == (1, 1, 1)
    assert found.hunted == 0


def test_mt_33_given_20_looks_when_counted_then_an_interval_and_no_grade():
    found = agreement([opinion()] * 18 + [opinion(conforms=False, outcome="agrees", said_pass=False)] * 2)

    assert [round(end, 3) for end in found.passed.interval] == [0.699, 0.972]
    assert found.passed.grade(PASS_TARGET) is None


def test_mt_33_given_30_looks_when_counted_then_a_grade_against_95_percent():
    assert agreement([opinion()] * 30).passed.grade(PASS_TARGET) is Grade.MET
    assert agreement([opinion()] * 28 + [opinion(conforms=False)] * 2).passed.grade(PASS_TARGET) is Grade.BELOW
