"""The second signature over HTTP: by PIN, and on the own phone; per POST the five questions."""

import pytest

from app.checks.models import CheckState, Signature
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.protocol import DUAL, ID, WISH, Phone, kept, world


def pin_body(**changed):
    return {"id": WISH, "check": ID, "steps": ["S01"], "person": "lea", "pin": make.PIN} | changed


def test_given_a_colleagues_pin_when_it_comes_first_then_the_check_is_signed(app):
    world(app, DUAL)
    phone = Phone(app, "ann")

    signed = phone.post("/api/v1/signatures", pin_body())
    again = phone.post("/api/v1/signatures", pin_body(pin="0000"))
    receipt = phone.post("/api/v1/checks", make.submission(signatures=[WISH])).json["receipt"]

    assert (signed.status_code, signed.json["signature"]["id"], again.status_code) == (201, WISH, 200)
    assert receipt["status"] == "offline"
    due = kept(app, Occurrence)[0]
    assert (due.signed, due.awaiting_signature, due.key_evidenced) == (True, False, 1)
    assert make.PIN not in str(kept(app, Signature)[0])


def test_given_a_wrong_pin_when_tried_often_then_it_is_refused_then_slowed_down(app):
    world(app, DUAL)
    phone = Phone(app, "ann")

    answers = [phone.post("/api/v1/signatures", pin_body(pin="1111")).status_code for _ in range(8)]

    assert answers[0] == 422
    assert answers[-1] == 429
    assert kept(app, Signature) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"person": "ann"}, 403),
        ({"steps": []}, 422),
        ({"person": "nobody"}, 422),
        ({"pin": None}, 422),
        ({"pin": 2468}, 422),
    ],
)
def test_given_a_bad_signature_when_posted_then_it_is_refused(app, changed, status):
    world(app, DUAL)

    assert Phone(app, "ann").post("/api/v1/signatures", pin_body(**changed)).status_code == status
    assert kept(app, Signature) == []


def test_given_a_stranger_signs_by_pin_when_the_check_comes_then_it_still_waits(app):
    world(app, DUAL)
    phone = Phone(app, "ann")
    assert phone.post("/api/v1/signatures", pin_body(person="bob")).status_code == 201

    assert (
        phone.post("/api/v1/checks", make.submission(signatures=[WISH])).json["receipt"]["status"]
        == "awaiting_signature"
    )


def test_given_a_waiting_check_when_signed_on_the_own_phone_then_it_counts(app):
    world(app, DUAL)
    ann, lea = Phone(app, "ann"), Phone(app, "lea")
    receipt = ann.post("/api/v1/checks", make.submission()).json["receipt"]

    refused = ann.post(f"/api/v1/checks/{ID}/signatures", {"id": WISH, "steps": ["S01"]})
    foreign = Phone(app, "bob").post(f"/api/v1/checks/{ID}/signatures", {"id": WISH, "steps": ["S01"]})
    signed = lea.post(f"/api/v1/checks/{ID}/signatures", {"id": WISH, "steps": ["S01"]})
    again = lea.post(f"/api/v1/checks/{ID}/signatures", {"id": WISH, "steps": ["S01"]})

    assert (refused.status_code, foreign.status_code, signed.status_code, again.status_code) == (403, 404, 201, 200)
    assert signed.json["receipt"] == receipt
    due = kept(app, Occurrence)[0]
    assert (due.signed, due.awaiting_signature, due.key_evidenced, due.key_pass) == (True, False, 1, 1)
    assert kept(app, CheckState)[0].unsigned_steps == []
