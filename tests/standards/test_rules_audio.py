"""Which recording of a step is heard: the own crew's first, the newest, only while the text is the one it explains."""

from datetime import UTC, datetime

import pytest

from app.standards.rules import parse_edition
from app.standards.rules_audio import Recording, Scope, heard, words_of
from tests.support.standards import edition_document, step_document

EDITION = parse_edition(edition_document(step_document("S01"), step_document("S02")))
WORDS = words_of(EDITION.steps[0])
CREW, UNIT = Scope("clean", "c1"), Scope("care")


def recording(sha256="a", scope=CREW, *, step="S01", words=WORDS, responsible="/bureau/care/"):
    return Recording("X", step, words, scope, responsible, sha256, "", datetime(2026, 11, 23, tzinfo=UTC))


def sound(*newest_first, crew="c1", path="/bureau/clean/"):
    found = heard(newest_first, EDITION, crew, path)
    return found["S01"].sha256 if "S01" in found else None


def test_given_two_recordings_of_one_crew_when_heard_then_the_newer_one():
    assert sound(recording("new"), recording("old")) == "new"


def test_given_the_crews_and_a_newer_one_of_the_unit_when_heard_then_the_crews():
    assert sound(recording("unit", UNIT), recording("crew")) == "crew"


def test_given_it_was_taken_back_when_heard_then_the_units_or_nothing():
    assert sound(recording(None), recording("old")) is None
    assert sound(recording(None), recording("old"), recording("unit", UNIT)) == "unit"


def test_given_recordings_of_two_units_above_when_heard_then_the_newer_one():
    assert sound(recording("newer", Scope("bureau")), recording("older", UNIT)) == "newer"
    assert sound(recording("newer", UNIT), recording("older", Scope("bureau"))) == "newer"


def test_given_a_newer_one_of_another_crew_when_heard_then_the_own_crews_behind_it():
    assert sound(recording("theirs", Scope("clean", "c2")), recording("ours")) == "ours"


def test_given_another_crew_when_heard_then_nothing():
    assert sound(recording(), crew="c2") is None


@pytest.mark.parametrize(
    ("scope", "path", "responsible", "reached"),
    [
        (Scope("clean"), "/bureau/clean/", "/bureau/care/", True),
        (Scope("bureau"), "/bureau/clean/", "/bureau/care/", True),
        (Scope("care"), "/bureau/clean/", "/bureau/care/", True),
        (Scope("care"), "/bureau/clean/", "/bureau/other/", False),
        (Scope("clean"), "/bureau/cleaners/", "/bureau/care/", False),
    ],
    ids=["own", "above", "answers-for-it", "foreign", "like-named"],
)
def test_given_a_units_recording_when_heard_then_by_its_people_and_those_it_answers_for(
    scope, path, responsible, reached
):
    assert (sound(recording("a", scope, responsible=responsible), crew=None, path=path) == "a") is reached


def test_given_the_text_has_changed_since_when_heard_then_silence():
    assert sound(recording(words="0" * 16)) is None


def test_given_a_step_that_is_no_longer_there_when_heard_then_silence():
    assert heard([recording(step="S09")], EDITION, "c1", "/bureau/clean/") == {}
