"""Given the limits of a reading, when looked through, then what can never hold or is too loose is named (LC-10)."""

import pytest

from app.standards.rules_document_limits import is_looser, refused_limits, span
from tests.support.faults import at, reading


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (reading(min=6), "The lower limit lies above the upper one."),
        (reading(warn={"min": 3, "max": 2}), "The lower limit lies above the upper one."),
        (reading(warn={"min": 0.5}), "The warning comes only after the limit."),
        (reading(warn={"max": 5.5}), "The warning comes only after the limit."),
        (reading(min="1"), "A limit is not a number."),
        (reading(max=float("nan")), "A limit is not a number."),
        (reading(max=True), "A limit is not a number."),
        (reading(unit=None), "A reading needs its unit, or say that it has none."),
        (reading(inputs=[{"id": "a", "title": "甲"}]), "The readings need a formula that makes one value of them."),
        (reading(inputs=[{"id": "a"}, {"id": "a"}], formula="a"), "Two readings of the formula have the same name."),
        (reading(inputs=[{"id": "a"}], formula="a+b"), "The formula names b, which nobody reads."),
        (reading(formula="a ! b"), "The formula cannot be read."),
        (reading(external={"mandatory": True, "min": 0}), "Name the standard that the mandatory limit comes from."),
    ],
)
def test_given_a_reading_that_does_not_hold_when_looked_through_then_it_says_so(step, sentence):
    assert at(step["id"], step) == [sentence]


@pytest.mark.parametrize(
    ("low", "high", "outer", "looser"),
    [
        (1, 5, {"min": 2}, True),
        (2, 5, {"min": 2}, False),
        (None, 5, {"min": 2}, True),
        (1, 5, {"max": 4}, True),
        (1, 4, {"max": 4}, False),
        (1, None, {"max": 4}, True),
        (None, None, {"min": None, "max": None}, False),
        (3, 4, {"min": 2, "max": 5}, False),
    ],
)
def test_lc_10_given_a_mandatory_limit_when_the_own_one_is_looser_then_it_is_refused(low, high, outer, looser):
    step = reading(min=low, max=high, external={"mandatory": True, "reference": "GB 1", **outer})

    assert is_looser(low, high, step["external"]) is looser
    assert bool(at("S01", step)) is looser
    assert list(refused_limits(step)) == (["min"] if looser else [])
    assert is_looser(low, high, {**step["external"], "mandatory": False}) is False


def test_lc_10_given_a_looser_limit_when_refused_then_both_are_named():
    sentence = at("S01", reading(max=30, external={"mandatory": True, "reference": "GB 37488", "max": 26.5}))

    assert sentence == ["The limit is looser than the mandatory one of GB 37488 (≤ 26.5)."]


@pytest.mark.parametrize(
    ("low", "high", "words"), [(1, 2.5, "1 – 2.5"), (1, None, "≥ 1"), (None, 2, "≤ 2"), (None, None, "—")]
)
def test_given_limits_when_said_then_they_read_as_a_range(low, high, words):
    assert span(low, high) == words


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        (reading(min=6), ["min"]),
        (reading(warn={"min": 3, "max": 2}), ["warn_min"]),
        (reading(external={"min": 3, "max": 2}), ["outer_min"]),
        (reading(external={"mandatory": True, "min": 0}), ["outer_reference"]),
        (reading(unit=None, warn={"min": 0}), []),
    ],
)
def test_given_limits_when_kept_then_only_what_can_never_hold_is_refused(step, fields):
    assert list(refused_limits(step)) == fields


@pytest.mark.parametrize("keys", [{"unit": None, "unitless": True}, {"min": 5}, {"warn": {"min": 1, "max": 5}}])
def test_given_a_reading_at_its_edges_when_looked_through_then_it_holds(keys):
    assert at("S01", reading(**keys)) == []


def test_lc_10_given_a_long_name_of_the_mandatory_standard_when_refused_then_its_beginning_is_named():
    [sentence] = at("S01", reading(max=9, external={"mandatory": True, "reference": "长" * 81, "max": 8}))

    assert f"of {'长' * 80} (" in sentence


def test_given_limits_that_are_large_or_fine_when_said_then_no_digit_is_lost():
    assert span(40.0, 1234567) == "40 – 1234567"
    assert span(0.025, 101325.25) == "0.025 – 101325.25"
