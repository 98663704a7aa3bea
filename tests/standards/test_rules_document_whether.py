"""Given a condition, when looked through, then it can be judged or says why not."""

import pytest

from app.standards.rules_document_whether import condition_fault, steps_named
from tests.support.faults import at
from tests.support.standards import step_document


@pytest.mark.parametrize(
    "condition",
    [
        [],
        "x",
        {},
        {"fact": "a"},
        {"fact": 1, "eq": 2},
        {"fact": "a", "in": []},
        {"fact": "a", "in": "b"},
        {"fact": "a", "in": [None]},
        {"fact": "a", "in": [1, None]},
        {"fact": "", "eq": 1},
        {"all": {"fact": "a", "eq": 1}},
        {"any": [{"fact": "a", "eq": 1}, {"fact": "b"}]},
        {"not": True},
        {"not": None, "x": 1},
        {"fact": "a", "eq": None},
        {"fact": "a", "eq": 1, "ne": 2},
        {"all": []},
        {"all": [{"fact": "a", "eq": 1}], "any": []},
        {"not": {"fact": "a", "eq": 1}, "fact": "b"},
        {"any": [True]},
        {"fact": "a", "gte": True},
        {"fact": "a", "gte": [1]},
    ],
)
def test_given_a_condition_that_cannot_be_read_when_looked_through_then_it_says_so(condition):
    assert at("S01", step_document("S01", applies_when=condition)) == ["A condition cannot be read."]


def test_given_conditions_of_odd_kinds_when_looked_through_then_they_are_named():
    deep = {"fact": "a", "eq": 1}
    for _ in range(6):
        deep = {"not": deep}

    assert at("S01", step_document("S01", applies_when={"fact": "a", "is": 1})) == [
        "A condition compares in an unknown way: is."
    ]
    assert at("S01", step_document("S01", applies_when=deep)) == []
    assert at("S01", step_document("S01", applies_when={"not": deep})) == ["A condition is nested too deeply."]


LEAF = {"fact": "steps.S01.result", "eq": "fail"}


def nested(depth, around):
    condition = LEAF
    for _ in range(depth):
        condition = around(condition)
    return condition


@pytest.mark.parametrize(
    "around", [lambda inner: {"not": inner}, lambda inner: {"all": [inner]}, lambda inner: {"any": [LEAF, inner]}]
)
def test_given_a_condition_in_a_condition_when_judged_then_six_deep_is_as_deep_as_it_goes(around):
    assert condition_fault(nested(6, around)) is None
    assert str(condition_fault(nested(7, around))) == "A condition is nested too deeply."


@pytest.mark.parametrize(
    "condition",
    [
        None,
        True,
        False,
        {"fact": "a", "eq": 1},
        {"fact": "a", "in": [1, "b", 0.5]},
        {"fact": "a", "gte": "08:00"},
        {"fact": "a", "lt": 0.5},
        {"fact": "a", "ne": False},
        {"not": {"all": [LEAF, {"any": [LEAF]}]}},
    ],
)
def test_given_a_condition_that_can_be_judged_when_looked_through_then_nothing_is_wrong(condition):
    assert condition_fault(condition) is None


def test_given_a_condition_when_asked_what_it_waits_for_then_the_steps_are_named_and_none_of_an_unreadable_one():
    other = {"fact": "steps.S02.value", "gte": 3}

    assert steps_named({"all": [LEAF, {"not": {"any": [other, {"fact": "weather.wet", "eq": True}]}}]}) == {
        "S01",
        "S02",
    }
    assert steps_named({"all": [LEAF, {}]}) == set()
    assert steps_named(None) == set()
