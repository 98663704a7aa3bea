"""A second signature by the colleague's badge and PIN on the author's phone."""

import uuid

import pytest

from app.accounts.actions_badges import end_badge
from app.accounts.rules_badges import Reason
from app.checks.models import Signature
from app.db import atomically
from qr.token import grouped, new_token
from tests.support import builders as make
from tests.support.badges import badge_row
from tests.support.protocol import DUAL, ID, WISH, Phone, kept, world


@pytest.fixture
def badge(app):
    """Lea's activated badge in the world of a check that needs two."""
    world(app, DUAL)
    with app.app_context():
        return badge_row("lea")


def body(badge, **changed):
    return {"id": WISH, "check": ID, "steps": ["S01"], "badge": badge, "pin": make.PIN} | changed


@pytest.mark.parametrize("spell", [str, str.lower, grouped])
def test_given_a_colleagues_badge_when_the_pin_is_right_then_the_check_is_signed_and_the_name_comes_back(
    spell, app, badge
):
    phone = Phone(app, "ann")

    signed = phone.post("/api/v1/signatures", body(spell(badge)))
    again = phone.post("/api/v1/signatures", body(spell(badge)))
    receipt = phone.post("/api/v1/checks", make.submission(signatures=[WISH])).json["receipt"]

    assert (signed.status_code, again.status_code) == (201, 200)
    assert signed.json["signature"]["name"] == again.json["signature"]["name"] == "人员lea"
    assert receipt["status"] != "awaiting_signature"
    (row,) = kept(app, Signature)
    assert (row.person_id, row.method) == ("lea", "badge")
    assert badge not in str(row)


def test_given_a_name_beside_the_badge_when_posted_then_the_badge_counts(app, badge):
    signed = Phone(app, "ann").post("/api/v1/signatures", body(badge, person="bob"))

    assert signed.status_code == 201
    assert kept(app, Signature)[0].person_id == "lea"


@pytest.mark.parametrize("wrong", ["unknown", "", "7K3QX9M2TA", 7, ["x"], {"a": 1}, "x" * 5000, "waiting", "revoked"])
def test_given_a_badge_that_is_none_when_posted_then_it_looks_like_a_wrong_pin(wrong, app, badge):
    if wrong == "unknown":
        wrong = new_token()
    if wrong in ("waiting", "revoked"):
        with app.app_context():
            atomically(lambda: end_badge("lea", Reason.LOST, "lea"))
            wrong = badge if wrong == "revoked" else badge_row("lea", activated_at=None)
    phone = Phone(app, "ann")

    refused = phone.post("/api/v1/signatures", body(wrong))
    mistyped = phone.post("/api/v1/signatures", body(badge, pin="1111", id=str(uuid.uuid4())))

    assert (
        (refused.status_code, refused.json["detail"]) == (422, mistyped.json["detail"]) == (422, refused.json["detail"])
    )
    assert kept(app, Signature) == []


def test_given_the_authors_own_badge_when_posted_then_it_is_refused(app, badge):
    with app.app_context():
        own = badge_row("ann")

    assert Phone(app, "ann").post("/api/v1/signatures", body(own)).status_code == 403


def test_given_wrong_pins_with_a_badge_when_tried_often_then_they_share_the_tries_of_the_name(app, badge):
    phone = Phone(app, "ann")

    by_badge = [phone.post("/api/v1/signatures", body(badge, pin="1111")).status_code for _ in range(3)]
    by_name = [phone.post("/api/v1/signatures", body(None, person="lea", pin="1111")).status_code for _ in range(4)]

    assert by_badge + by_name == [422] * 6 + [429]


def test_given_a_stranger_by_badge_when_the_check_comes_then_it_still_waits(app, badge):
    with app.app_context():
        foreign = badge_row("bob")
    phone = Phone(app, "ann")
    phone.post("/api/v1/signatures", body(foreign))

    receipt = phone.post("/api/v1/checks", make.submission(signatures=[WISH])).json["receipt"]

    assert receipt["status"] == "awaiting_signature"
