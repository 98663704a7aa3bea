"""What is due before anybody has answered, and where photos are forbidden."""

from app.standards.rules_due import DueCounts, due_counts, photos_forbidden
from tests.support.standards import edition, step_document

FULL = {"task.profile": "full"}


def test_given_a_place_or_a_standard_without_photos_when_asked_then_they_are_forbidden():
    classified = {"fact": "booking.classified", "eq": True}

    assert photos_forbidden(edition(), FULL, photo_allowed=False) is True
    assert photos_forbidden(edition(photo_forbidden_when=True), FULL, photo_allowed=True) is True
    assert (
        photos_forbidden(edition(photo_forbidden_when=classified), {"booking.classified": True}, photo_allowed=True)
        is True
    )
    assert photos_forbidden(edition(photo_forbidden_when=classified), FULL, photo_allowed=True) is False
    assert photos_forbidden(edition(), FULL, photo_allowed=True) is False


def test_given_a_window_when_asked_what_is_due_then_conditions_and_bans_are_heeded():
    standard = edition(
        step_document("S01", "photo", key=True, photo_min=2),
        step_document("S02", key=True, applies_when={"fact": "task.profile", "eq": "deep"}),
        step_document("S03"),
        step_document("S04", dual_sign=True, applies_when={"fact": "task.profile", "eq": "seal"}),
    )
    deep = {"task.profile": "deep"}

    assert due_counts(standard, FULL, photo_allowed=True) == DueCounts(key_due=1, photos_due=2, dual_due=False)
    assert due_counts(standard, deep, photo_allowed=False) == DueCounts(key_due=2, photos_due=0, dual_due=True)
    assert due_counts(standard, {"task.profile": "seal"}, photo_allowed=True).dual_due is True
    assert due_counts(edition(), FULL, photo_allowed=False).dual_due is False
