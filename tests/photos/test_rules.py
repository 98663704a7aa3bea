"""Limits, the record of a kept photo, and the sentences of the verdicts."""

from datetime import UTC, date, datetime

import pytest

from app.photos.rules import JPEG, MAX_SIDE_PX, KeptPhoto, Verdict, check_bytes, check_pixels, refusal
from tests.support.verdicts import verdict_on

STATUS = {
    Verdict.EMPTY: 422,
    Verdict.DAMAGED: 422,
    Verdict.TOO_MANY_BYTES: 413,
    Verdict.TOO_MANY_PIXELS: 413,
    Verdict.HEIC: 415,
    Verdict.MOVING: 415,
    Verdict.NOT_A_PICTURE: 415,
    Verdict.NOT_A_SOUND: 415,
}


def record(**changed):
    plain = {
        "id": "0b9f6c1e-1111-4222-8333-444455556666",
        "person_id": "ann",
        "media_type": JPEG,
        "sha256": "ab" * 32,
        "received_sha256": "cd" * 32,
        "size": 5,
        "width": 40,
        "height": 30,
        "source": "live",
        "taken_at": None,
        "received_at": datetime(2026, 11, 23, tzinfo=UTC),
        "day": date(2026, 11, 23),
    }
    return KeptPhoto(**(plain | changed))


@pytest.mark.parametrize(("size", "verdict"), [(0, Verdict.EMPTY), (1, None), (10, None), (11, Verdict.TOO_MANY_BYTES)])
def test_given_a_body_when_weighed_then_nothing_and_too_much_are_refused(size, verdict):
    found = verdict_on(check_bytes, size, 10)

    assert found is verdict


@pytest.mark.parametrize(
    ("width", "height", "held", "verdict"),
    [
        (1, 1, 0, None),
        (0, 1, 0, Verdict.DAMAGED),
        (1, 0, 0, Verdict.DAMAGED),
        (-1, 5, 0, Verdict.DAMAGED),
        (MAX_SIDE_PX, 1, 0, None),
        (MAX_SIDE_PX + 1, 1, 0, Verdict.TOO_MANY_PIXELS),
        (1, MAX_SIDE_PX + 1, 0, Verdict.TOO_MANY_PIXELS),
        (8000, 5000, 160_000_000, None),
        (8000, 5000, 160_000_001, Verdict.TOO_MANY_PIXELS),
        (8000, 5001, 0, Verdict.TOO_MANY_PIXELS),
    ],
)
def test_given_a_header_when_measured_then_the_caps_are_exact(width, height, held, verdict):
    found = verdict_on(check_pixels, width, height, held)

    assert found is verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_given_a_verdict_when_told_then_status_sentence_and_reason_are_there(verdict):
    told = refusal(verdict)

    assert (told.status, told.extra) == (STATUS[verdict], {"reason": verdict.value})
    assert str(told.sentence).endswith(".")


def test_given_a_record_when_asked_then_it_knows_its_place():
    place = record().place

    assert place == "2026-11-23/0b9f6c1e-1111-4222-8333-444455556666"


@pytest.mark.parametrize(
    ("media_type", "picture"), [(JPEG, True), ("image/webp", True), ("image/png", True), ("audio/webm", False)]
)
def test_given_a_record_when_asked_then_it_knows_whether_it_is_a_picture(media_type, picture):
    found = record(media_type=media_type).is_picture

    assert found is picture


@pytest.mark.parametrize("orientation", range(1, 9))
def test_given_a_record_when_asked_then_width_and_height_are_those_a_person_sees(orientation):
    found = record(orientation=orientation).upright_size

    assert found == ((40, 30) if orientation < 5 else (30, 40))
