"""From the phone to the retake: a picture that passes its header and fails the full decode is asked for again."""

from uuid import uuid4

import pytest

from app.timer import run_due
from app.timer_jobs import JOBS
from tests.support import pictures
from tests.support.calls import calling_photo_step


@pytest.fixture
def phone(database, templates, tmp_path):
    with calling_photo_step(database, templates, tmp_path / "instance") as caller:
        yield caller


def checked(phone, content):
    """A check with this photo; gives back its receipt."""
    photo_id = uuid4()
    assert phone.put(content, photo_id).status_code == 201
    posted = phone.submit([photo_id])
    assert posted.status_code == 201, posted.json
    return posted.json["receipt"]


def drained(phone):
    run_due(phone.app, [job for job in JOBS if job.name == "pictures"], at_once=True)


def retakes(phone):
    return [each["check"] for each in phone("GET", "/api/v1/today").json["retakes"]]


def test_given_a_picture_that_cannot_be_decoded_when_the_queue_is_drained_then_the_phone_is_asked_again(phone):
    receipt = checked(phone, pictures.png_of_header(500, 500))
    before = retakes(phone)

    drained(phone)

    assert (before, retakes(phone)) == ([], [receipt["id"]])
    assert phone("GET", f"/photos/{receipt['photos'][0]['sha256']}").status_code == 404


def test_given_a_good_picture_when_the_queue_is_drained_then_it_is_shown_and_nobody_is_asked(phone):
    receipt = checked(phone, pictures.png())

    drained(phone)

    assert retakes(phone) == []
    assert phone("GET", f"/photos/{receipt['photos'][0]['sha256']}/thumb").status_code == 200
