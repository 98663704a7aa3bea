"""Which steps a revision asks about (rules TR-6)."""

from app.training.rules_steps import changed_steps
from tests.support.standards import edition, step_document

BEFORE = edition(step_document("S01"), step_document("S02", min=1), step_document("S03"))


def test_tr6_given_a_changed_and_a_new_step_when_compared_then_both_are_named_in_order():
    after = edition(step_document("S04"), step_document("S02", min=2), step_document("S01"))

    assert changed_steps(BEFORE, after) == ("S04", "S02")


def test_tr6_given_another_picture_or_recording_when_compared_then_nothing_has_changed():
    first = step_document("S01", reference_photo="a" * 64, audio="x")
    after = edition(first, step_document("S02", min=1), step_document("S03"))

    assert changed_steps(BEFORE, after) == ()
