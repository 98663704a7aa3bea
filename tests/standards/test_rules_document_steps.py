"""Given a step, when looked through, then its name, evidence, answers and consequences hold or are named."""

import pytest

from tests.support.faults import at, choice
from tests.support.standards import step_document


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (step_document("1", title="x"), "The step needs a name of its own such as S01."),
        (step_document("S01", title=""), "The step has no title."),
        (step_document("S01", title="长" * 81), "The title is longer than 80 characters."),
        (step_document("S01", requirement="长" * 2001), "A text is longer than 2000 characters."),
        (step_document("S01", safety="长" * 2001), "A text is longer than 2000 characters."),
        (step_document("S01", limit_basis="长" * 2001), "A text is longer than 2000 characters."),
        (step_document("S01", title="  "), "The step has no title."),
        (step_document("S12345678"), "The step needs a name of its own such as S01."),
        (step_document("S01", min_seconds=-1), "The shortest plausible time is 0 to 3600 seconds."),
        (step_document("S01", min_seconds=True), "The shortest plausible time is 0 to 3600 seconds."),
        (step_document("S01", finding_cause="moon"), "Choose what follows when the step fails."),
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
    "step",
    [
        step_document(
            "S1234567", title="长" * 80, requirement="长" * 2000, safety="长" * 2000, limit_basis="长" * 2000
        ),
        step_document("S01", min_seconds=0, safety=None),
        step_document("S01", min_seconds=None),
        step_document("S01", min_seconds=3600),
        step_document("S01", photo_min=99),
        step_document("S01", "photo"),
        step_document("S01", "photo", photo_min=1),
        step_document("S01", "photo", photo_min=9),
        step_document("S01", reference_photo="0a" * 32),
        step_document("S01", fail_action=None, severity=None),
        choice(choices=[str(number) for number in range(12)], pass_choices=["0"]),
        choice(pass_choices=["好", "坏"], declaration=True),
        choice(finding_choices=["坏"], dual_sign_choices=["坏"], finding_cause="supply"),
    ],
)
def test_given_a_step_at_its_edges_when_looked_through_then_it_holds(step):
    assert at(step["id"], step) == []


def test_given_a_foreign_answer_when_it_is_long_then_its_beginning_is_named():
    assert at("S01", choice(pass_choices=["好", "长" * 41])) == [f"“{'长' * 40}” is not among the answers."]


def test_rl_1_given_a_release_when_looked_through_then_it_needs_the_second_signature():
    assert at("S01", step_document("S01", release=True)) == ["A release needs the second signature."]
    assert at("S01", step_document("S01", release=True, dual_sign=True)) == []
