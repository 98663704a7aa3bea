"""Given the steps of a page, when the same is asked again, then the same comes, and never that of something else."""

from app.checks import rules_page_memo
from app.checks.rules import Place
from app.checks.rules_page import page_steps, steps_digest
from app.checks.rules_page_memo import MOST_KEPT, known_steps
from tests.support.standards import edition as edition_of
from tests.support.standards import step_document

FACTS = {"task.profile": "round"}


def edition(*steps):
    return edition_of(*(steps or (step_document("S01", "photo", key=True), step_document("S02", "none"))))


def test_given_steps_asked_twice_when_nothing_differs_then_they_are_made_once():
    known, place = edition(), Place({})

    first, again = known_steps(known, FACTS, place), known_steps(known, dict(FACTS), Place({}))

    assert first is again
    assert first.steps == page_steps(known, FACTS, place)
    assert first.digest == steps_digest(first.steps)


def test_given_a_place_without_photos_when_asked_then_it_is_not_that_of_a_place_with():
    known = edition()

    with_photos, without = (known_steps(known, FACTS, Place({}, photo_allowed=allowed)) for allowed in (True, False))

    assert [step.photo_min for step in with_photos.steps] != [step.photo_min for step in without.steps]
    assert with_photos.digest != without.digest


def test_given_an_edition_that_took_the_place_of_another_when_asked_then_its_own_steps_come():
    seen = set()
    for number in range(50):
        each = edition(step_document(f"S{number:02}", "none"))
        steps = known_steps(each, FACTS, Place({})).steps
        seen.add(steps[0].id)
        del each

    assert len(seen) == 50


def test_given_more_than_is_kept_when_asked_then_it_goes_on():
    known = edition()

    digests = {known_steps(known, {"n": number}, Place({})).digest for number in range(MOST_KEPT + 5)}

    assert len(digests) == 1


def test_given_as_many_as_are_kept_when_one_more_is_asked_then_memory_does_not_grow(monkeypatch):
    monkeypatch.setattr(rules_page_memo, "MOST_KEPT", 3)
    monkeypatch.setattr(rules_page_memo, "_kept", {})
    known, sizes = edition(), []

    for number in range(7):
        known_steps(known, {"n": number}, Place({}))
        sizes.append(len(rules_page_memo._kept))

    assert sizes == [1, 2, 3, 1, 2, 3, 1]
