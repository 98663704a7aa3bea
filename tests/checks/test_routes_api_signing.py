"""The second signature over HTTP: by PIN, and on the own phone; per POST the five questions."""

import pytest

from app.checks.models import CheckState, Signature
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.protocol import DUAL, ID, WISH, Phone, kept, world
from tests.support.standards import step_document

OTHER = "00000000-0000-4000-8000-00000000e2e2"


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


def released(app):
    """S01 wants two, S02 is released by a supervisor; Sue is one of the responsible section."""
    world(app, DUAL, step_document("S02", key=True, dual_sign=True, release=True))
    return Phone(app, "ann")


def both(**keys):
    return make.submission(answers=[make.answer("S01"), make.answer("S02")], **keys)


def test_rl_1_given_a_colleague_when_they_release_by_pin_then_the_rest_is_signed_and_the_release_waits(app):
    phone = released(app)

    wish = pin_body(steps=["S01", "S02"], release=["S02"])
    signed, again = (phone.post("/api/v1/signatures", wish) for _ in range(2))
    phone.post("/api/v1/checks", both(signatures=[WISH]))

    assert (signed.status_code, again.status_code) == (201, 200)
    assert signed.json["signature"]["steps"] == again.json["signature"]["steps"] == ["S01"]
    assert kept(app, CheckState)[0].unsigned_steps == ["S02"]


def test_rl_1_given_only_the_release_when_a_colleague_signs_then_a_sentence_says_who_may(app):
    phone = released(app)

    refused = phone.post("/api/v1/signatures", pin_body(steps=["S02"], release=["S02"]))

    assert (refused.status_code, kept(app, Signature)) == (403, [])
    assert refused.json["detail"] == "放行须由未参与作业的主管签字。"


@pytest.mark.parametrize("release", [None, [], "S02", [7]])
def test_rl_1_given_a_phone_that_does_not_name_the_release_when_a_colleague_signs_it_then_it_waits(app, release):
    phone = released(app)

    phone.post("/api/v1/signatures", pin_body(steps=["S01", "S02"], release=release))
    phone.post("/api/v1/checks", both(signatures=[WISH]))

    assert kept(app, CheckState)[0].unsigned_steps == ["S02"]


def test_rl_1_given_a_supervisor_when_they_release_by_pin_then_the_record_counts(app):
    phone = released(app)

    signed = phone.post("/api/v1/signatures", pin_body(steps=["S01", "S02"], release=["S02"], person="sue"))
    arrived = phone.post("/api/v1/checks", both(signatures=[WISH]))

    assert (signed.status_code, arrived.status_code) == (201, 201), arrived.json
    assert kept(app, CheckState) == []
    assert kept(app, Occurrence)[0].signed


def test_rl_1_given_a_record_that_waits_when_signed_on_own_phones_then_the_release_is_the_supervisor_s(app):
    released(app).post("/api/v1/checks", both())
    address, wish = f"/api/v1/checks/{ID}/signatures", {"id": WISH, "steps": ["S01", "S02"]}

    mate = [Phone(app, "lea").post(address, wish).status_code for _ in range(2)]
    left = kept(app, CheckState)[0].unsigned_steps
    refused = Phone(app, "lea").post(address, {"id": OTHER, "steps": ["S02"]})
    lead = Phone(app, "sue").post(address, {"id": OTHER, "steps": ["S02"]})

    assert (mate, left, refused.status_code, lead.status_code) == ([201, 200], ["S02"], 403, 201)
    assert kept(app, CheckState)[0].unsigned_steps == []
    assert [tuple(made.steps) for made in kept(app, Signature)] == [("S01",), ("S02",)]
