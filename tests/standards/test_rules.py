"""Reading the stored edition document."""

import pytest

from app.standards.rules import Cause, Evidence, FailAction, Limits, Severity, limits_of, parse_edition
from tests.support.standards import edition, edition_document, step_document


def test_given_a_document_when_read_then_every_key_is_there():
    read = edition(
        step_document(
            "S07", "number", title="负载率", title_en="Load", requirement="看表", requirement_en="Read", key=True, unit="%",
            min=1, max=85, warn={"max": 80}, inputs=[{"id": "i", "title": "电流", "unit": "A"}], formula="i*2", photo_min=3,
            prefill="vehicle.odometer_km", quick_text="无", applies_when={"fact": "a", "eq": 1}, min_seconds=20, safety="当心",
            fail_action="repair", severity="critical", cause_default="facility", min_from="a", max_from="b", limit_basis="内控",
            declaration=True, unitless=True, checklist="设备", reference_photo="ab", audio="cd", dual_sign=True,
            dual_sign_choices=["签"], choices=["甲", "乙"], pass_choices=["甲"], finding_choices=["乙"], finding_cause="supply",
        ),
        summary="怎样算好", photo_forbidden_when=True, acceptance=["净"], references=[{"name": "GB"}], schedules=[{"id": "A"}],
    )  # fmt: skip

    step = read.steps[0]
    assert (read.number, read.code, read.year, read.title) == (
        "JGSW05003.01-2026",
        "JGSW05003.01",
        2026,
        "卫生间日常保洁",
    )
    assert (read.title_en, read.summary) == ("Restroom daily cleaning", "怎样算好")
    assert (read.confirm, read.expected_minutes, read.valid_minutes, read.public) == ("together", 8, 20, True)
    assert (read.photo_forbidden_when, read.acceptance, read.schedules) == (True, ("净",), ({"id": "A"},))
    assert read.references == ({"name": "GB"},)
    assert (step.id, step.title, step.title_en, step.requirement, step.requirement_en) == (
        "S07",
        "负载率",
        "Load",
        "看表",
        "Read",
    )
    assert (step.key, step.evidence, step.unit, step.min, step.max) == (True, Evidence.NUMBER, "%", 1, 85)
    assert (step.warn, step.inputs[0].id, step.inputs[0].title, step.inputs[0].unit) == (
        Limits(None, 80),
        "i",
        "电流",
        "A",
    )
    assert (step.formula, step.photo_min, step.prefill, step.quick_text) == ("i*2", 0, "vehicle.odometer_km", "无")
    assert (step.applies_when, step.min_seconds, step.safety) == ({"fact": "a", "eq": 1}, 20, "当心")
    assert (step.fail_action, step.severity, step.cause_default) == (
        FailAction.REPAIR,
        Severity.CRITICAL,
        Cause.FACILITY,
    )
    assert (step.min_from, step.max_from, step.limit_basis, step.checklist) == ("a", "b", "内控", "设备")
    assert (step.declaration, step.unitless, step.dual_sign, step.dual_sign_choices) == (True, True, True, ("签",))
    assert (step.choices, step.pass_choices, step.finding_choices) == (("甲", "乙"), ("甲",), ("乙",))
    assert (step.finding_cause, step.reference_photo, step.audio) == (Cause.SUPPLY, "ab", "cd")


def test_given_only_what_is_needed_when_read_then_the_rest_has_its_default():
    step = edition({"id": "S01", "title": "擦", "evidence": "photo"}).steps[0]

    assert (step.photo_min, step.key, step.warn, step.inputs, step.formula) == (1, False, None, (), None)
    assert (step.fail_action, step.severity, step.cause_default, step.finding_cause) == ("nc", "minor", "work", None)
    assert (step.dual_sign, step.declaration, step.choices, step.min_seconds, step.requirement) == (
        False,
        False,
        (),
        0,
        "",
    )


def test_given_only_what_an_edition_needs_when_read_then_each_step_is_confirmed_alone_and_no_time_is_expected():
    read = parse_edition(
        {"number": "X-2026", "code": "X", "year": "2026", "title": "甲", "steps": [step_document("S01")]}
    )

    assert (read.year, read.confirm, read.expected_minutes, read.valid_minutes) == (2026, "each", 0, None)
    assert (read.title_en, read.summary, read.public, read.photo_forbidden_when) == (None, None, False, None)
    assert (read.acceptance, read.references, read.schedules) == ((), (), ())


def test_given_photo_min_when_read_then_only_photo_steps_ask_for_photos():
    read = edition(
        step_document("S01", "photo", photo_min=2), step_document("S02", "photo", photo_min=0), step_document("S03")
    )

    assert [step.photo_min for step in read.steps] == [2, 1, 0]


@pytest.mark.parametrize("broken", [{"evidence": "smell"}, {"fail_action": "shout"}, {"cause_default": "luck"}])
def test_given_an_unknown_word_when_read_then_it_is_refused(broken):
    with pytest.raises(ValueError, match="not a valid"):
        edition(step_document(**broken))


@pytest.mark.parametrize(
    ("warn", "limits"),
    [
        ({"min": 2}, Limits(2, None)),
        ({"max": 80}, Limits(None, 80)),
        ({"min": 0, "max": 80}, Limits(0, 80)),
        ({}, None),
    ],
)
def test_given_a_warning_when_read_then_the_side_that_is_not_named_has_no_limit(warn, limits):
    assert edition(step_document(evidence="number", warn=warn)).steps[0].warn == limits


def test_given_an_edition_when_asked_for_a_step_then_it_answers_or_none():
    read = edition(*edition_document(step_document("S01"), step_document("S02"))["steps"])

    assert read.step("S02") is read.steps[1]
    assert read.step("S09") is None


@pytest.mark.parametrize(
    ("limits", "value", "fits"),
    [
        (Limits(1, 3), 1, True), (Limits(1, 3), 3, True), (Limits(1, 3), 0.999, False), (Limits(1, 3), 3.001, False),
        (Limits(None, 3), -99, True), (Limits(1, None), 99, True), (Limits(), 0, True), (Limits(0, 0), 0, True),
    ],
)  # fmt: skip
def test_given_limits_when_a_value_stands_at_or_beyond_them_then_both_ends_belong(limits, value, fits):
    assert limits.admit(value) is fits


def test_given_a_point_with_the_attribute_when_limits_are_taken_then_the_point_decides():
    step = edition(
        step_document(evidence="number", min=90, max=100, min_from="boil_min_c", max_from="boil_max_c")
    ).steps[0]

    assert limits_of(step, {"boil_min_c": 88, "boil_max_c": 97.5}) == Limits(88, 97.5)
    assert limits_of(step, {"boil_min_c": 0}) == Limits(0, 100)
    assert limits_of(step, {}) == Limits(90, 100)
    assert limits_of(step, {"boil_min_c": "hot", "boil_max_c": True}) == Limits(90, 100)


def test_given_where_a_step_comes_from_and_what_its_evidence_is_called_when_read_then_both_are_kept():
    step = edition(step_document("S01", clause="5.1", evidence_class="交接单")).steps[0]

    assert (step.clause, step.evidence_class) == ("5.1", "交接单")


def test_rl_1_given_a_step_of_release_when_read_then_it_is_one_and_others_are_not():
    steps = edition(step_document("S01", release=True), step_document("S02")).steps

    assert [step.release for step in steps] == [True, False]
