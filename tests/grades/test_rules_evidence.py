"""MT-20, NC-15, NC-16: which records beside the windows count, and for what."""

from datetime import UTC, datetime, timedelta

import pytest

from app.grades.rules import Key
from app.grades.rules_evidence import (
    Limits,
    Record,
    What,
    facts_of,
    gr9_agrees,
    mt20_counts,
    mt22_conforms,
    nc15_credited,
    nc15_reported,
    nc15_settled,
    rates_of,
)
from app.grades.rules_figures import Facts
from app.spotchecks.rules_agreement import Opinion
from app.tallies.rules_rates import Rate

FIRST, BEFORE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
DUE, NOW = datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def limits(**changed):
    usual = {"cause": "work", "state": "closed", "due_at": DUE, "rectified_at": DUE, "closed_at": DUE + SECOND}
    return Limits(**{**usual, "failed_rechecks": 0, "fixed_on_spot": False, **changed})


def counts(**changed):
    return mt20_counts(limits(**changed), FIRST, BEFORE, NOW)


@pytest.mark.parametrize(
    ("changed", "in_time"),
    [
        ({}, True), ({"rectified_at": DUE + SECOND}, False), ({"closed_at": None}, False),
        ({"failed_rechecks": 1}, False),
        ({"rectified_at": None}, False), ({"rectified_at": None, "closed_at": DUE}, True), ({"due_at": None}, True),
        ({"fixed_on_spot": True, "closed_at": None}, True),
    ],
)  # fmt: skip
def test_mt20_given_a_finding_when_judged_then_in_time_is_passed_at_once_and_put_right_by_the_limit(changed, in_time):
    assert limits(**changed).in_time is in_time


def test_mt20_given_a_limit_in_the_month_and_over_then_it_counts():
    assert counts() and counts(due_at=FIRST) and counts(due_at=NOW) and counts(cause=None) and counts(cause="")
    assert not counts(due_at=FIRST - SECOND) and not counts(due_at=NOW + SECOND) and not counts(due_at=None)
    assert not mt20_counts(limits(due_at=BEFORE), FIRST, BEFORE, BEFORE + SECOND)
    assert mt20_counts(limits(due_at=BEFORE - SECOND), FIRST, BEFORE, BEFORE)


@pytest.mark.parametrize(
    "changed",
    [{"fixed_on_spot": True}, {"cause": "facility"}, {"cause": "supply"}, {"state": "withdrawn"},
     {"state": "concession"}, {"state": "revision"}],
)  # fmt: skip
def test_mt20_nc15_given_another_cause_or_an_end_without_fault_then_it_does_not_count(changed):
    assert counts(**changed) is False


def reported(one=None, source="check", *, own=True, found_at=DUE):
    return nc15_reported(one or limits(), source, own=own, found_at=found_at, first=FIRST, before=BEFORE)


def test_nc15_given_what_the_own_people_told_in_the_month_then_it_earns_credit():
    assert reported() and reported(found_at=FIRST) and reported(found_at=BEFORE - SECOND)
    assert reported(source="spotcheck") is False
    assert not reported(own=False) and not reported(limits(state="withdrawn"))
    assert not reported(found_at=BEFORE) and not reported(found_at=FIRST - SECOND)


def test_nc15_given_a_finding_still_within_its_limit_then_nobody_can_say_yet():
    open_ = {"closed_at": None, "rectified_at": None}

    assert nc15_settled(limits(), NOW) and nc15_settled(limits(**open_), NOW)
    assert nc15_settled(limits(**open_, fixed_on_spot=True, due_at=None), NOW)
    assert nc15_settled(limits(**{**open_, "due_at": NOW}), NOW)
    assert not nc15_settled(limits(**{**open_, "due_at": NOW + SECOND}), NOW)
    assert not nc15_settled(limits(**{**open_, "due_at": None}), NOW)


def test_nc15_given_a_cause_beside_work_then_whoever_told_it_has_credit_however_long_it_takes():
    late = {"rectified_at": DUE + SECOND}

    assert nc15_credited(limits()) is True and nc15_credited(limits(**late)) is False
    assert nc15_credited(limits(**late, cause="supply")) is True and nc15_credited(limits(**late, cause=None)) is False


def look(**said):
    usual = {"method": "simple", "entered": "drawn", "conforms": True, "said_pass": True, "outcome": "agrees"}
    return Opinion(**usual | said)


HONEST = {"conforms": False, "said_pass": False, "own_report": True}
HIDDEN = {"conforms": False, "outcome": "differs"}


@pytest.mark.parametrize(
    ("said", "unit", "person"),
    [
        ({}, True, True), (HIDDEN, False, False), (HONEST, None, True),
        ({"conforms": False, "said_pass": False}, False, True),
        ({"conforms": True, "said_pass": False, "own_report": True}, True, True),
        ({"method": "weighted"}, None, None), ({"entered": "floor"}, None, None), ({"method": None}, None, None),
        ({"outcome": "point", "conforms": False}, None, None), (HIDDEN | {"state": "withdrawn"}, None, None),
        (HIDDEN | {"state": "untrue"}, False, False),
    ],
)  # fmt: skip
def test_mt22_gr9_nc15_given_a_look_when_counted_then_an_honest_no_costs_neither_unit_nor_person(said, unit, person):
    assert (mt22_conforms(look(**said)), gr9_agrees(look(**said))) == (unit, person)


def record(what, hit=True, n=1, of=1):
    return Record(what, hit, None, "", "", "", n, of)


def test_mt30_given_records_when_added_up_then_counts_by_measure_and_facts_beside():
    known = [
        record(What.SPOT), record(What.SPOT, False), record(What.SATISFIED, True, 7, 7),
        record(What.SATISFIED, False, 2, 2), record(What.EXAM, True, 88, 100), record(What.REPORTED),
        record(What.REPORTED, False), record(What.UNTRUE, False), record(What.UNHANDLED, False),
    ]  # fmt: skip

    assert rates_of(known) == {Key.SPOT: Rate(1, 2), Key.SATISFIED: Rate(7, 9), Key.EXAM: Rate(88, 100)}
    assert facts_of(known, 4) == Facts(accidents=4, unhandled=1, falsified=1, reported=2, put_right=1)
