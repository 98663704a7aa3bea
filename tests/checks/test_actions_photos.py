"""record_check: photos that a submission names. On both databases."""

import pytest

from app.photos.models import Photo
from app.refusals import Conflict, Invalid
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.answers import OTHER_PHOTO, PHOTO
from tests.support.records import ID, LITTLE, OTHER_ID, record, the, upload
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables


def test_given_a_photo_that_is_not_there_when_recorded_then_it_is_named(inside):
    make.small_world(step_document("S01", "photo", **LITTLE))
    before = tables()

    with pytest.raises(Conflict) as refused:
        record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))

    assert (refused.value.problem, refused.value.extra) == ("missing-photos", {"missing_photos": [PHOTO]})
    assert tables() == before


def test_given_a_photo_when_recorded_then_its_row_and_hash_are_there_and_it_counts(inside):
    make.small_world(step_document("S01", "photo", key=True, **LITTLE))
    upload(inside)

    receipt = record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))

    photo, due = the(Photo), the(Occurrence)
    assert receipt.photos == ((PHOTO, photo.sha256),)
    assert (photo.check_id, photo.step_id, photo.part, photo.implementer_id) == (ID, "S01", "evidence", "clean")
    assert (due.photos_due, due.photos_sent, due.photos_valid, due.key_evidenced) == (1, 1, 1, 1)


def test_given_a_photo_of_somebody_else_when_named_then_it_is_missing(inside):
    make.small_world(step_document("S01", "photo", **LITTLE))
    upload(inside, who="lea")

    with pytest.raises(Conflict):
        record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))


def test_given_a_photo_used_before_when_named_again_then_it_is_refused_and_its_bytes_are_marked(inside):
    make.small_world(step_document("S01", "photo", key=True, **LITTLE))
    make.occurrence(window="A3")
    upload(inside)
    record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))

    with pytest.raises(Invalid):
        record(inside, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=[make.answer(photos=[PHOTO])]))

    upload(inside, OTHER_PHOTO)
    receipt = record(
        inside, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=[make.answer(photos=[OTHER_PHOTO])])
    )
    assert receipt.marks == ("photo_seen_before",)
    assert [row.photos_valid for row in rows_of(Occurrence)] == [1, 0]
