"""Given a document, when it is looked through, then every fault is named with its place, and a whole one has none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules_document import faults_of
from tests.support.faults import at, schedule
from tests.support.standards import edition_document, step_document

DEMO = Path(__file__).parents[2] / "app/demo/data/standards.json"


def test_given_the_demo_s_editions_when_looked_through_then_none_has_a_fault():
    for entry in json.loads(DEMO.read_text("utf-8")):
        assert faults_of(entry["document"]) == ()


def test_given_no_steps_when_looked_through_then_the_standard_has_none():
    faults = faults_of(edition_document() | {"steps": []})

    assert [(fault.where, str(fault.sentence)) for fault in faults] == [("", "The standard has no steps.")]


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"title": " "}, "The standard has no title."),
        ({"confirm": "perhaps"}, "Choose how ordinary steps are confirmed."),
        ({"expected_minutes": 1441}, "Give the usual time of a visit in minutes, from 0 to 1440."),
        ({"expected_minutes": -1}, "Give the usual time of a visit in minutes, from 0 to 1440."),
        ({"expected_minutes": True}, "Give the usual time of a visit in minutes, from 0 to 1440."),
        ({"valid_minutes": 0}, "Give the time a result holds in minutes, from 1 up."),
        ({"valid_minutes": 525_601}, "Give the time a result holds in minutes, from 1 up."),
        ({"photo_forbidden_when": {"all": []}}, "A condition cannot be read."),
        ({"schedules": ["A"]}, "A list of the document cannot be read."),
        ({"schedules": [schedule(), schedule()]}, "A stands there twice."),
    ],
)
def test_given_a_head_that_does_not_hold_when_looked_through_then_it_says_so(keys, sentence):
    assert at("", **keys) == [sentence]


@pytest.mark.parametrize(
    "keys",
    [{"expected_minutes": 0}, {"expected_minutes": 1440}, {"valid_minutes": 1}, {"valid_minutes": 525_600}],
)
def test_given_a_head_at_its_edges_when_looked_through_then_it_holds(keys):
    assert at("", **keys) == []


def test_given_two_steps_of_one_name_when_looked_through_then_it_says_so():
    assert at("", step_document("S01"), step_document("S01")) == ["S01 stands there twice."]


def waiting(step_id, *others):
    facts = [{"fact": f"steps.{other}.result", "eq": "fail"} for other in others]
    return step_document(step_id, applies_when={"any": facts})


def test_given_steps_that_wait_for_each_other_when_looked_through_then_the_circle_is_named():
    steps = [waiting("S01", "S02"), waiting("S02", "S03"), waiting("S03", "S01"), waiting("S04", "S01")]

    assert at("S01", *steps) == ["Steps S01 and S02 wait for each other."]
    assert at("S03", *steps) == ["Steps S03 and S01 wait for each other."]
    assert at("S04", *steps) == []


def test_given_a_step_that_waits_for_itself_or_nobody_when_looked_through_then_it_is_named():
    assert at("S01", waiting("S01", "S01")) == ["Steps S01 and S01 wait for each other."]
    assert at("S01", waiting("S01", "S09")) == ["Its condition names step S09, which is not there."]


def test_given_a_step_that_waits_for_a_later_one_when_looked_through_then_it_says_to_move():
    sentence = "It waits for step S02, which comes later. Move one of them."

    assert at("S01", waiting("S01", "S02"), step_document("S02")) == [sentence]
    assert at("S02", step_document("S01"), waiting("S02", "S01")) == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "fact", "eq", "all"]), inner),
    max_leaves=5,
)


NAMES = (
    "id", "title", "evidence", "min", "max", "warn", "external", "choices", "pass_choices", "applies_when", "inputs",
    "formula", "photo_min", "reference_photo", "windows", "trigger", "rrule", "dtstart", "kind", "day_types",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING), st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_given_anything_at_all_when_looked_through_then_it_answers(step, plan):
    document = edition_document(step_document() | step | {"evidence": step.get("evidence", "number")})

    faults_of(document | {"schedules": [schedule() | plan]})
    faults_of(step)


def test_given_a_draft_without_number_code_and_year_when_looked_through_then_nothing_is_wrong_yet():
    document = edition_document()

    assert faults_of({name: document[name] for name in document if name not in ("number", "code", "year")}) == ()


def test_given_a_part_of_an_odd_kind_that_no_rule_names_when_looked_through_then_the_whole_cannot_be_read():
    faults = faults_of(edition_document(step_document("S01", "number", unit="m", warn=[1])))

    assert [(each.where, str(each.sentence)) for each in faults] == [("", "The document cannot be read as a standard.")]


def test_given_parts_without_a_name_or_with_a_long_one_when_looked_through_then_the_fault_still_has_a_place():
    steps = [step_document("S" * 21), step_document(None)]
    found = faults_of(edition_document(*steps, schedules=[schedule(id="", windows=[])]))

    assert [each.where for each in found] == ["S" * 20, "?", "schedule ?"]
