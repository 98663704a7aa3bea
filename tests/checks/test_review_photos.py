"""What is said of a step's photos stands beside what counts for the step, and settles nothing else."""

import pytest

from app.checks.actions_review import ask_again
from app.checks.models import CheckState
from app.db import atomically
from app.nonconformities.models import Finding
from app.schedule.models import Occurrence
from tests.checks.test_review import deed, recorded
from tests.support import builders as make
from tests.support.answers import OTHER_PHOTO, PHOTO
from tests.support.protocol import ID, LITTLE, WISH, Phone, kept, world
from tests.support.standards import step_document

PHOTO_STEP = step_document("S02", "photo", key=True, **LITTLE)


def failed(app, step):
    with app.app_context():
        atomically(lambda: ask_again(ID, step, make.NOW))


def said(app, step, word):
    assert deed(app, "sue", "verdicts", {"step": step, "verdict": word, "reason": "糊"}).status_code == 303


def taken_again(phone, step):
    phone.put_photo(WISH, seed=7)
    wish = {"id": WISH, "step": step, "photos": [WISH], "reason": "retake"}
    assert phone.post(f"/api/v1/checks/{ID}/photos", wish).status_code == 201


@pytest.mark.parametrize("how", ["ok", "retake", "taken again", "cannot be opened"])
def test_given_a_photo_of_what_does_not_apply_when_judged_then_the_step_still_waits_for_its_own_verdict(app, how):
    not_applied = make.answer(result="not_applicable", note="停用", photos=[OTHER_PHOTO])
    world(app, step_document("S01", key=True), PHOTO_STEP)
    phone = Phone(app, "ann")
    phone.put_photo()
    phone.put_photo(OTHER_PHOTO, seed=5)
    answers = [not_applied, make.answer("S02", photos=[PHOTO])]
    assert phone.post("/api/v1/checks", make.submission(answers=answers)).status_code == 201
    if how == "cannot be opened":
        failed(app, "S01")
    else:
        said(app, "S01", "ok" if how == "ok" else "retake")
    if how == "taken again":
        taken_again(phone, "S01")

    assert deed(app, "sue", "not-applicable", {"step": "S01", "verdict": "refused"}).status_code == 303

    due = kept(app, Occurrence)[0]
    assert (due.steps_pass, due.steps_fail, due.photos_valid, len(kept(app, Finding))) == (1, 1, 1, 1)


def test_given_a_photo_that_cannot_be_opened_when_another_is_asked_for_then_it_counts_only_once_taken_again(app):
    steps = [step_document("S01", key=True), PHOTO_STEP]
    not_applied = make.answer(result="not_applicable", note="停用")
    phone = recorded(app, *steps, answers=[not_applied, make.answer("S02", photos=[PHOTO])])
    failed(app, "S02")
    said(app, "S02", "retake")
    deed(app, "sue", "not-applicable", {"step": "S01", "verdict": "refused"})
    assert kept(app, Occurrence)[0].photos_valid == 0

    taken_again(phone, "S02")

    assert kept(app, Occurrence)[0].photos_valid == 1
    assert kept(app, CheckState)[0].verdicts["S02"] == "retaken"
