"""From the phone to the retake: a picture that passes its header and fails the full decode is asked for again."""

from uuid import uuid4

import pytest

from app import clock, timer
from app.db import db
from tests.support import builders, pictures
from tests.support.databases import make_app
from tests.support.phones import cookie_and_token
from tests.support.standards import step_document


def fill(_app):
    builders.small_world(step_document("S01", "photo", photo_min=1))


@pytest.fixture
def phone(database, templates, tmp_path):
    """A function that calls the API as Ann."""
    with templates.copy(database, "photo_step", fill, tmp_path / "instance") as url:
        app = make_app(url, tmp_path / "instance")
        cookie, token = cookie_and_token(app, "ann")
        client = app.test_client(use_cookies=False)

        def call(method, path, **content):
            headers = {"Cookie": cookie, "X-CSRF-Token": token, "X-Person": "ann"}
            headers["X-Phone-Time"] = clock.now().isoformat()
            return client.open(path, method=method, headers=headers, **content)

        call.app = app
        with clock.at(builders.NOW):
            yield call
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def checked(phone, content):
    """A check with this photo; gives back its receipt."""
    check_id, photo_id = str(uuid4()), str(uuid4())
    put = phone("PUT", f"/api/v1/photos/{photo_id}", data=content, content_type="image/png")
    assert put.status_code == 201
    body = builders.submission(check_id, answers=[builders.answer("S01", photos=[photo_id])])
    posted = phone("POST", "/api/v1/checks", json=body)
    assert posted.status_code == 201, posted.json
    return posted.json["receipt"]


def drained(phone):
    timer.run_due(phone.app, [job for job in timer.JOBS if job.name == "pictures"], at_once=True)


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
