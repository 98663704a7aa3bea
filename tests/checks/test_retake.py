"""A photo that was asked for again is taken: both doors want one, and without one nothing is settled."""

from io import BytesIO

import pytest

from app import clock
from app.checks.actions_review import ask_again
from app.checks.models import CheckState
from app.db import atomically
from app.photos.models import Photo
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.pictures import jpeg
from tests.support.protocol import ID, LITTLE, WISH, Phone, counted, kept, world
from tests.support.standards import step_document


def asked_again(app):
    """A record whose one photo cannot be opened; gives back the phone of its author."""
    world(app, step_document("S01", "photo", key=True, **LITTLE))
    phone = Phone(app, "ann")
    phone.put_photo()
    assert phone.post("/api/v1/checks", make.submission(answers=[make.answer(photos=[PHOTO])])).status_code == 201
    with app.app_context():
        atomically(lambda: ask_again(ID, "S01", make.NOW))
    return phone


def by_form(phone, **changed):
    with clock.at(make.NOW):
        form = {"csrf_token": phone.token, "step": "S01", **changed}
        return phone.client.post(f"/checks/{ID}/retake", data=form, content_type="multipart/form-data")


def by_phone(phone, **changed):
    wish = {"id": WISH, "step": "S01", "photos": [], "reason": "retake", **changed}
    return phone.post(f"/api/v1/checks/{ID}/photos", wish)


def standing(app):
    due, state = kept(app, Occurrence)[0], kept(app, CheckState)[0]
    return state.retake_steps, state.verdicts["S01"], due.photos_valid, due.key_evidenced


NOTHING = {
    "form without the part": by_form,
    "form with nothing chosen": lambda phone: by_form(phone, photos=(BytesIO(b""), "")),
    "phone with an empty list": by_phone,
    "phone without the list": lambda phone: by_phone(phone, photos=None),
}


@pytest.mark.parametrize("door", NOTHING)
def test_given_no_photo_when_sent_as_taken_again_then_it_is_refused_and_nothing_changes(app, door):
    phone = asked_again(app)
    before = counted(app)

    answer = NOTHING[door](phone)

    assert answer.status_code == 422
    assert "请至少拍一张照片。" in answer.get_data(as_text=True)
    assert (counted(app), standing(app)) == (before, (["S01"], "unreadable", 0, 0))


def test_given_a_photo_by_the_form_when_taken_again_then_the_step_is_settled_and_counts(app):
    phone = asked_again(app)

    answer = by_form(phone, photos=(BytesIO(jpeg(seed=5)), "photo.jpg"))

    assert (answer.status_code, answer.location) == (303, f"/checks/{ID}")
    assert (standing(app), len(kept(app, Photo))) == (([], "retaken", 1, 1), 2)


def test_given_nothing_is_asked_for_any_more_when_a_form_comes_without_a_photo_then_it_says_so(app):
    phone = asked_again(app)
    by_form(phone, photos=(BytesIO(jpeg(seed=5)), "photo.jpg"))

    assert by_form(phone).status_code == 409


def test_given_more_photos_than_can_be_sent_at_once_when_sent_by_form_then_it_is_refused_and_none_is_kept(app):
    phone = asked_again(app)
    before, many = standing(app), [(BytesIO(jpeg(seed=number)), f"{number}.jpg") for number in range(21)]

    answer = by_form(phone, photos=many)

    assert answer.status_code == 422
    assert standing(app) == before
    assert len(kept(app, Photo)) == 1
