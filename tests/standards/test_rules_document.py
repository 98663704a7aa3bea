"""Given a document, when it is looked through, then every fault is named with its place, and a whole one has none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules_document import faults_of
from app.standards.rules_document_limits import is_looser, refused_limits, span
from app.standards.rules_document_when import rule_fault, window_minutes
from tests.support.standards import edition_document, step_document

DEMO = Path(__file__).parents[2] / "app/demo/data/standards.json"
WINDOW = {
    "id": "A1", "start": "08:00", "end": "09:00", "end_day_offset": 0, "grace_before_min": 10, "grace_after_min": 15,
    "profile": "full", "kind": "regular", "expected_minutes": 20, "label_zh": "早",
}  # fmt: skip
TRIGGER = {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"}


def reading(**keys):
    return step_document("S01", "number", **({"unit": "℃", "min": 1, "max": 5} | keys))


def choice(**keys):
    return step_document("S01", "choice", **({"choices": ["好", "坏"], "pass_choices": ["好"]} | keys))


def schedule(**keys):
    return {
        "id": "A", "kind": "calendar", "rrule": "FREQ=DAILY", "dtstart": "20261123", "day_types": ["workday"],
        "roll": "none", "applies_when": None, "windows": [WINDOW],
    } | keys  # fmt: skip


def at(where, *steps, **keys):
    """The sentences at a place of a document with these steps."""
    document = edition_document(*steps, **keys)
    return [str(fault.sentence) for fault in faults_of(document) if fault.where == where]


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
        ({"photo_forbidden_when": {"all": []}}, "A condition cannot be read."),
        ({"schedules": ["A"]}, "A list of the document cannot be read."),
        ({"schedules": [schedule(), schedule()]}, "A stands there twice."),
    ],
)
def test_given_a_head_that_does_not_hold_when_looked_through_then_it_says_so(keys, sentence):
    assert at("", **keys) == [sentence]


@pytest.mark.parametrize("keys", [{"expected_minutes": 0}, {"expected_minutes": 1440}, {"valid_minutes": 1}])
def test_given_a_head_at_its_edges_when_looked_through_then_it_holds(keys):
    assert at("", **keys) == []


def test_given_two_steps_of_one_name_when_looked_through_then_it_says_so():
    assert at("", step_document("S01"), step_document("S01")) == ["S01 stands there twice."]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (step_document("1", title="x"), "The step needs a name of its own such as S01."),
        (step_document("S01", title=""), "The step has no title."),
        (step_document("S01", title="长" * 81), "The title is longer than 80 characters."),
        (step_document("S01", requirement="长" * 2001), "A text is longer than 2000 characters."),
        (step_document("S01", "song"), "Choose what the step leaves as evidence."),
        (step_document("S01", "photo", photo_min=10), "A photo step asks for 1 to 9 photos."),
        (step_document("S01", "photo", photo_min=0), "A photo step asks for 1 to 9 photos."),
        (step_document("S01", min_seconds=3601), "The shortest plausible time is 0 to 3600 seconds."),
        (step_document("S01", fail_action="shout"), "Choose what follows when the step fails."),
        (step_document("S01", severity="mild"), "Choose what follows when the step fails."),
        (step_document("S01", cause_default="moon"), "Choose what follows when the step fails."),
        (step_document("S01", reference_photo="x"), "The reference picture is not known here. Add it again."),
        (choice(choices=["好"]), "A choice needs at least two answers to choose from."),
        (choice(choices=["好", "坏", "坏"]), "Two answers say the same."),
        (choice(choices=[str(n) for n in range(13)], pass_choices=["1"]), "A choice has at most 12 answers."),
        (choice(pass_choices=[]), "Say which of the answers pass."),
        (choice(declaration=True), "A statement cannot fail: all its answers pass."),
        (choice(pass_choices=["好", "很好"]), "“很好” is not among the answers."),
        (choice(finding_choices=["怪"]), "“怪” is not among the answers."),
        (choice(dual_sign_choices=["怪"]), "“怪” is not among the answers."),
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
def test_given_a_step_that_does_not_hold_when_looked_through_then_it_says_so(step, sentence):
    assert at(step["id"], step) == [sentence]


def test_ev_4_given_a_key_point_without_a_trace_when_looked_through_then_it_says_so():
    sentence = "A key point leaves a trace: a photo, a reading, an answer, words, or two signatures."

    assert at("S01", step_document("S01", key=True)) == [sentence]
    assert at("S01", step_document("S01", key=True, dual_sign=True)) == []
    assert at("S01", step_document("S01", "photo", key=True)) == []


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


@pytest.mark.parametrize(
    "condition",
    [
        [], "x", {}, {"fact": "a"}, {"fact": 1, "eq": 2}, {"fact": "a", "in": []}, {"fact": "a", "in": "b"},
        {"fact": "a", "in": [None]}, {"fact": "a", "eq": None}, {"fact": "a", "eq": 1, "ne": 2}, {"all": []},
        {"all": [{"fact": "a", "eq": 1}], "any": []}, {"not": {"fact": "a", "eq": 1}, "fact": "b"}, {"any": [True]},
        {"fact": "a", "gte": True}, {"fact": "a", "gte": [1]},
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"day_types": []}, "Choose the kinds of day on which it falls."),
        ({"day_types": ["sunday"]}, "Choose the kinds of day on which it falls."),
        ({"kind": "moon"}, "Choose whether the calendar or an event starts it."),
        ({"rrule": ""}, "Choose how often it falls."),
        ({"rrule": "FREQ=NEVER"}, "Choose how often it falls."),
        ({"rrule": "FREQ=HOURLY"}, "Times of day belong to the windows, not to the repetition."),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU"}, "The first day is not one on which it falls. Choose another first day."),
        ({"dtstart": None}, "Give the first day of the schedule."),
        ({"dtstart": "20261332"}, "Give the first day of the schedule."),
        ({"roll": "back"}, "Choose what happens on other kinds of day."),
        ({"windows": []}, "It has no window of time."),
        ({"windows": [WINDOW, WINDOW | {"start": "10:00", "end": "11:00"}]}, "Two windows have the same name."),
        ({"windows": [WINDOW, WINDOW | {"id": "A2"}]}, "Two windows begin at once."),
        ({"windows": [WINDOW | {"end": "8"}]}, "Window 早: its times cannot be read."),
        ({"windows": [WINDOW | {"end": "08:00"}]}, "Window 早: it ends before it begins."),
        ({"windows": [WINDOW | {"end_day_offset": 31}]}, "Window 早: it lasts longer than a month."),
        ({"windows": [WINDOW | {"expected_minutes": 61}]}, "Window 早: the work takes longer than the window lasts."),
        ({"windows": [WINDOW | {"grace_after_min": 4321}]}, "Window 早: grace is 0 to 4320 minutes."),
        ({"windows": [WINDOW | {"profile": ""}]}, "Window 早: choose the kind of visit."),
        ({"windows": [WINDOW | {"kind": "odd"}]}, "Window 早: choose the kind of window."),
        ({"kind": "event"}, "Choose the event that starts it."),
        ({"kind": "event", "trigger": TRIGGER | {"due_offset_min": -90}}, "It ends before it begins."),
        ({"kind": "event", "trigger": TRIGGER | {"due_offset_min": None}},
         "Give begin and end in minutes before or after the event."),
        ({"kind": "event", "trigger": TRIGGER | {"grace_after_min": -1}}, "Grace is 0 to 4320 minutes."),
        ({"kind": "event", "trigger": TRIGGER | {"profile": None}}, "Choose the kind of visit."),
    ],
)  # fmt: skip
def test_given_a_schedule_that_does_not_hold_when_looked_through_then_it_says_so(keys, sentence):
    assert at("schedule A", schedules=[schedule(**keys)]) == [sentence]


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"windows": [WINDOW | {"expected_minutes": 60, "grace_after_min": 4320}]},
        {"windows": [WINDOW | {"end_day_offset": 30}]},
        {"windows": [WINDOW | {"start": "22:00", "end": "02:00", "end_day_offset": 1}]},
        {"kind": "event", "trigger": TRIGGER | {"due_anchor": "meeting.end_at", "due_offset_min": -90}},
    ],
)
def test_given_a_schedule_that_holds_when_looked_through_then_it_has_no_fault(keys):
    assert at("schedule A", schedules=[schedule(**keys)]) == []


def test_given_a_window_past_midnight_when_measured_then_the_day_counts():
    assert window_minutes({"start": "22:30", "end": "02:00", "end_day_offset": 1}) == 210
    assert window_minutes({"start": "22:30", "end": "25:00"}) is None


def test_given_a_rule_when_it_names_hours_then_it_is_refused():
    assert str(rule_fault("FREQ=DAILY;BYHOUR=3", "20261123")) == "Choose how often it falls."
    assert rule_fault("FREQ=WEEKLY;BYDAY=MO", "20261123") is None


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
