"""Two at once on one record: verdicts, findings from the desk, photos taken again, one signature sent twice."""

from io import BytesIO

import pytest

from app import clock
from app.accounts.models import Bucket
from app.accounts.rules_limits import PIN_OF_SIGNER
from app.checks.actions_review import ask_again
from app.checks.models import CheckEvent, CheckState, Signature
from app.db import atomically
from app.nonconformities.models import Finding
from app.photos.models import Photo
from tests.support import builders as make
from tests.support.answers import OTHER_PHOTO, PHOTO
from tests.support.pictures import jpeg
from tests.support.protocol import DUAL, ID, LITTLE, WISH, Phone, kept, world
from tests.support.standards import step_document
from tests.support.turns import at_once, meeting_at

STEPS = ("S01", "S02")
STATE_KEPT = "app.checks.writes.keep_state"


def recorded(app):
    """A record of two photo steps, about which nothing is open: it has no state row."""
    world(app, *(step_document(step, "photo", **LITTLE) for step in STEPS))
    phone = Phone(app, "ann")
    photos = (PHOTO, OTHER_PHOTO)
    for seed, photo in enumerate(photos):
        phone.put_photo(photo, seed=seed)
    answers = [make.answer(step, photos=[photo]) for step, photo in zip(STEPS, photos, strict=True)]
    assert phone.post("/api/v1/checks", make.submission(answers=answers)).status_code == 201
    assert kept(app, CheckState) == []


def sender(app, person, address, form):
    phone = Phone(app, person)

    def send():
        with clock.at(make.NOW):
            return phone.client.post(address, data={"csrf_token": phone.token, **form}).status_code

    return send


def verdict(app, step, said="ok"):
    return sender(app, "sue", f"/checks/{ID}/verdicts", {"step": step, "verdict": said, "reason": "糊"})


def unreadable(app, step):
    def ask():
        with app.app_context():
            return atomically(lambda: ask_again(ID, step, make.NOW))

    return ask


def all_asked_again(app):
    for step in STEPS:
        unreadable(app, step)()


def test_given_first_verdicts_on_two_steps_when_given_at_once_then_both_stand(app, monkeypatch):
    recorded(app)
    meeting_at(monkeypatch, STATE_KEPT)

    answers = at_once(*(verdict(app, step) for step in STEPS))

    assert answers == [303, 303]
    state = kept(app, CheckState)[0]
    assert {step: state.verdicts.get(step) for step in STEPS} == dict.fromkeys(STEPS, "ok")
    assert len(kept(app, CheckEvent)) == 2


def test_given_a_picture_that_fails_when_another_step_is_judged_at_once_then_both_are_asked_for(app, monkeypatch):
    recorded(app)
    meeting_at(monkeypatch, STATE_KEPT)

    at_once(unreadable(app, "S01"), verdict(app, "S02", "retake"))

    state = kept(app, CheckState)[0]
    assert sorted(state.retake_steps) == list(STEPS)
    assert [state.verdicts[step] for step in STEPS] == ["unreadable", "retake"]


def test_given_one_finding_when_opened_by_two_taps_at_once_then_there_is_one(app, monkeypatch):
    recorded(app)
    meeting_at(monkeypatch, "app.checks.actions_review.register_from_desk")
    form = {"check": ID, "step": "S01", "text": "镜面有水渍", "severity": "minor"}

    answers = at_once(*(sender(app, "sue", "/log/findings", form) for _ in range(2)))

    assert answers == [303, 303]
    assert len(kept(app, Finding)) == 1


def test_given_photos_of_two_steps_when_taken_again_at_once_then_neither_is_asked_for_any_more(app, monkeypatch):
    recorded(app)
    all_asked_again(app)
    meeting_at(monkeypatch, STATE_KEPT)
    forms = [{"step": step, "photos": (BytesIO(jpeg(seed=seed)), "photo.jpg")} for seed, step in enumerate(STEPS, 7)]

    answers = at_once(*(sender(app, "ann", f"/checks/{ID}/retake", form) for form in forms))

    assert answers == [303, 303]
    state = kept(app, CheckState)[0]
    assert (state.retake_steps, [state.verdicts[step] for step in STEPS]) == ([], ["retaken"] * 2)


def test_given_a_photo_taken_again_when_a_phone_sends_it_twice_at_once_then_it_is_kept_once(app, monkeypatch):
    recorded(app)
    all_asked_again(app)
    phones = [Phone(app, "ann") for _ in range(2)]
    phones[0].put_photo(WISH, seed=7)
    meeting_at(monkeypatch, "app.checks.actions_retake.gather")
    wish = {"id": WISH, "step": "S01", "photos": [WISH], "reason": "retake"}

    answers = at_once(*(lambda one=one: one.post(f"/api/v1/checks/{ID}/photos", wish) for one in phones))

    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].json == answers[1].json
    assert [len(kept(app, Photo)), kept(app, CheckState)[0].retake_steps] == [3, ["S02"]]


@pytest.mark.parametrize("arrived", [True, False])
def test_given_the_right_pin_when_sent_twice_at_once_then_one_signature_stands_and_no_try_is_spent(
    app, monkeypatch, arrived
):
    world(app, DUAL)
    phones = [Phone(app, "ann") for _ in range(2)]
    if arrived:
        assert phones[0].post("/api/v1/checks", make.submission()).status_code == 201
    meeting_at(monkeypatch, "app.checks.routes_api.check_pin", seconds=20)
    wish = {"id": WISH, "check": ID, "steps": ["S01"], "person": "lea", "pin": make.PIN}

    answers = at_once(*(lambda one=one: one.post("/api/v1/signatures", wish) for one in phones))

    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].json == answers[1].json
    assert [row.id for row in kept(app, Signature)] == [WISH]
    assert {row.key: row.tokens for row in kept(app, Bucket)}["pin/lea"] == PIN_OF_SIGNER.capacity
