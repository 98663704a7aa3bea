"""What a record weighs and why (SP-9, SP-14): each factor by itself, caps, and the product of all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules_weights import Risk, Sampling, is_flagged, is_new, weight_of

FRESH = {"checked_days": 0}
risks = st.builds(
    Risk, st.integers(1, 4), st.integers(0, 50), st.none() | st.integers(0, 900), st.booleans(), st.booleans(),
    st.booleans(), st.booleans(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("risk", "weight"),
    [
        (Risk(1, **FRESH), 1),
        (Risk(2, **FRESH), 2),
        (Risk(3, **FRESH), 3),
        (Risk(4, **FRESH), 4),
        (Risk(2, findings=1, **FRESH), 3),
        (Risk(2, findings=4, **FRESH), 6),
        (Risk(2, findings=5, **FRESH), 6),
        (Risk(2, checked_days=30), 2.5),
        (Risk(2, checked_days=120), 4),
        (Risk(2, checked_days=121), 4),
        (Risk(2, checked_days=45), 2.75),
        (Risk(2, checked_days=-3), 2),
        (Risk(2), 4),
        (Risk(2, handover_or_off=True, **FRESH), 3),
        (Risk(2, newcomer=True, **FRESH), 2.6),
        (Risk(2, flagged=True, **FRESH), 4),
        (Risk(2, event=True, **FRESH), 4),
        (Risk(4, 4, 120, True, True, True, True), 187.2),
        (Risk(1, checked_days=1), 1.008333),
    ],
)
def test_sp_9_given_what_is_known_of_a_record_when_weighed_then_the_factors_multiply(risk, weight):
    assert weight_of(risk).value == pytest.approx(weight, abs=1e-9)


@given(risks)
def test_sp_9_given_any_record_when_weighed_then_it_weighs_something_and_never_more_than_all_factors(risk):
    assert 1 <= weight_of(risk).value <= 187.2


def test_sp_9_given_other_parameters_when_weighed_then_they_count():
    by = Sampling(nc_factor=1, age_factor=0, flag_factor=3)

    assert weight_of(Risk(2, findings=2, checked_days=90, flagged=True), by).value == 18


def test_sp_9_given_everything_when_weighed_then_each_part_stands_in_why_in_order():
    weight = weight_of(Risk(3, 2, 200, True, True, True, True))

    assert weight.text == "risk=3;findings=2;unseen=120;special=1;new=1;flag=1;event=1"
    assert dict(weight.parts) == {
        "risk": "3", "findings": "2", "unseen": "120", "special": "1", "new": "1", "flag": "1", "event": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("risk", "text"), [(Risk(1), "risk=1;unseen=never"), (Risk(2, checked_days=7), "risk=2;unseen=7")]
)
def test_sp_9_given_little_when_weighed_then_only_what_counts_stands_in_why(risk, text):
    assert weight_of(risk).text == text


@pytest.mark.parametrize(
    ("marks", "via", "flagged"),
    [
        ((), "scan", False),
        (("late", "offline"), "list", False),
        (("short_visit",), "scan", True),
        (["photo_seen_before", "late"], "scan", True),
        ((), "typed", True),
    ],
)
def test_sp_9_given_a_short_visit_a_repeated_photo_or_a_typed_code_when_asked_then_it_is_flagged(marks, via, flagged):
    assert is_flagged(marks, via) is flagged


@pytest.mark.parametrize(("days", "new"), [(0, True), (30, True), (31, False), (-1, False)])
def test_sp_9_given_a_beginning_when_asked_then_thirty_days_are_new(days, new):
    today = date(2026, 11, 23)

    assert is_new(today - timedelta(days=days), today) is new


def test_sp_9_given_no_beginning_when_asked_then_it_is_not_new():
    assert not is_new(None, date(2026, 11, 23))
