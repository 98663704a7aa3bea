"""A submission as plain values: which pictures and memos it names."""

from app.checks.rules import Outcome, Submission, Via
from tests.support.answers import OTHER_PHOTO, PHOTO, VOICE, at, failed, passed

THIRD_PHOTO, OTHER_VOICE = "44444444-4444-4444-8444-444444444444", "55555555-5555-4555-8555-555555555555"


def submission(*answers, photos=(), files=()):
    return Submission(
        id="c1", person="ann", code="", standard="", window=None, profile=None, outcome=Outcome.DONE,
        unable_reason=None, opened_at=at("08:30"), submitted_at=at("08:40"), via=Via.SCAN, photos=photos, files=files,
        answers=answers,
    )  # fmt: skip


def test_given_photos_before_and_after_a_repair_when_asked_then_each_is_named_once_in_the_order_of_the_body():
    body = submission(
        passed("S01", photos=(PHOTO, OTHER_PHOTO)),
        failed("S02", photos=(OTHER_PHOTO,), after_photos=(THIRD_PHOTO, PHOTO)),
    )

    assert body.photo_ids() == (PHOTO, OTHER_PHOTO, THIRD_PHOTO)


def test_given_a_photo_of_the_whole_record_when_asked_then_it_comes_before_those_of_the_steps():
    body = submission(passed("S01", photos=(PHOTO,)), photos=(THIRD_PHOTO,))

    assert body.photo_ids() == (THIRD_PHOTO, PHOTO)


def test_given_memos_of_record_and_steps_when_asked_then_each_is_named_once():
    body = submission(failed("S01", files=(VOICE,)), failed("S02", files=(OTHER_VOICE, VOICE)), files=(VOICE,))

    assert body.file_ids() == (VOICE, OTHER_VOICE)


def test_given_a_record_without_pictures_or_memos_when_asked_then_none_is_named():
    body = submission(passed("S01"))

    assert (body.photo_ids(), body.file_ids()) == ((), ())
