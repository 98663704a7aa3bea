"""What a phone gets of a step and of a window."""

from dataclasses import replace

import pytest

from app.checks.rules import Place
from app.checks.rules_page import KnownFinding, OpenWindow, page_facts, page_steps
from app.standards.rules import Limits
from app.standards.rules_facts import facts_asked
from tests.support.answers import at
from tests.support.standards import edition, step_document

WET = {"all": [{"fact": "weather.wet", "eq": True}, {"fact": "point.attrs.room", "eq": "hot"}]}
INPUTS = [{"id": "i", "title": "电流", "unit": "A"}]
STANDARD = edition(
    step_document("S01", "photo", photo_min=2),
    step_document(
        "S02", "number", min=90, max=100, min_from="boil_min_c", warn={"min": 92}, prefill="vehicle.odometer_km"
    ),
    step_document("S03", "number", inputs=INPUTS, formula="i*2", applies_when=WET),
)


def test_given_a_point_when_steps_are_resolved_then_limits_and_prefill_are_its_own():
    steps = page_steps(STANDARD, {"vehicle.odometer_km": 7}, Place({"boil_min_c": 88}))

    sent = [step.as_json() for step in steps]
    assert [(each["evidence"], each["photo_min"], each["dual_sign"]) for each in sent] == [
        ("photo", 2, False), ("number", 0, False), ("number", 0, False),
    ]  # fmt: skip
    assert (sent[1]["min"], sent[1]["max"], sent[1]["warn"], sent[1]["prefill"]) == (88, 100, {"min": 92}, 7)
    assert (steps[1].limits, steps[1].min, steps[1].max, steps[1].title) == (Limits(88, 100), 88, 100, "步骤S02")
    assert (sent[2]["inputs"], sent[2]["formula"], sent[2]["applies_when"]) == (INPUTS, "i*2", WET)
    assert (sent[0]["inputs"], sent[0]["warn"], sent[0]["choices"], sent[0]["prefill"]) == (None, False, None, None)


def test_given_photos_are_forbidden_when_resolved_then_the_step_is_a_tick_with_two_signatures():
    first, second, _third = page_steps(STANDARD, {}, Place({}, photo_allowed=False))

    assert (first.evidence, first.dual_sign, first.photo_min) == ("none", True, 0)
    assert (second.evidence, second.dual_sign) == ("number", False)


def test_given_facts_when_sent_then_every_named_one_is_there_with_its_default_or_null():
    assert page_facts(STANDARD, {"point.attrs.room": "hot", "other": 1}) == {
        "point.attrs.room": "hot", "vehicle.odometer_km": None, "weather.wet": False,
    }  # fmt: skip
    assert facts_asked(STANDARD) == ("weather.wet",)


def window(**changed):
    steps = page_steps(STANDARD, {}, Place({}))
    plain = OpenWindow(
        occurrence_id=1, standard="N-2026", code="N", title="题", title_en=None, window="w", profile="full", label="早",
        kind="regular", start=at("08:00"), end=at("09:00"), grace_end=at("09:15"), expire=at("12:00"), claimed_by=None,
        claimed_by_id=None, confirm="together", expected_minutes=8, facts={}, ask_facts=(), known_findings=(),
        steps=steps, own=True, may_submit=True, state="planned", over_time=False,
    )  # fmt: skip
    return replace(plain, **changed)


def test_given_a_window_when_sent_then_times_carry_their_zone_and_what_is_unknown_is_null():
    known = KnownFinding("f", "S01", "灯坏", at("07:00"))

    sent = window(known_findings=(known,)).as_json()

    assert (sent["start"], sent["window"], sent["own"], len(sent["steps"])) == (
        "2026-11-23T00:00:00+00:00",
        "w",
        True,
        3,
    )
    assert sent["known_findings"] == [{"id": "f", "step": "S01", "text": "灯坏", "since": "2026-11-22T23:00:00+00:00"}]
    assert window(start=None).as_json()["start"] is None


def test_given_a_step_that_a_crew_explains_when_sent_then_its_recording_stands_in_place_of_the_editions():
    own = window(steps=page_steps(edition(step_document("S01", audio="a" * 64), step_document("S02")), {}, Place({})))

    first, second = replace(own, audio={"S01": "b" * 64}).as_json()["steps"]

    assert (first["audio"], second["audio"]) == ("b" * 64, None)
    assert own.as_json()["steps"][0]["audio"] == "a" * 64


def test_given_two_windows_when_their_forms_are_named_then_only_what_the_steps_show_counts():
    plain = window()

    assert plain.form_key() == window(window="other", claimed_by="Bob", own=False).form_key()
    assert plain.form_key() != window(facts={"weather.wet": True}).form_key()
    assert plain.form_key() != window(confirm="each").form_key()
    assert plain.form_key() != window(known_findings=(KnownFinding("f", "S01", "灯坏", at("07:00")),)).form_key()
    assert plain.form_key() != window(steps=plain.steps[:2]).form_key()


@pytest.mark.parametrize(
    ("warn", "sent"),
    [({"min": 2}, {"min": 2}), ({"max": 80}, {"max": 80}), ({"min": 0, "max": 80}, {"min": 0, "max": 80})],
)
def test_given_a_warning_when_sent_then_only_the_sides_that_it_has_stand_there(warn, sent):
    (step,) = page_steps(edition(step_document("S01", "number", warn=warn)), {}, Place({}))

    assert step.as_json()["warn"] == sent


def test_given_a_known_finding_when_shown_then_the_state_of_its_repair_stands_there_where_it_has_one():
    found = KnownFinding("f", "S01", "灯坏", at("07:00"))

    assert "repair" not in found.as_json()
    assert replace(found, repair="ordered").as_json() == {**found.as_json(), "repair": "ordered"}
