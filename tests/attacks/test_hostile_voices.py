"""Hostile words and pictures in fields that anybody may fill in: shown as text or refused; never run, never a 5xx."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.feedback.models import FeedbackItem
from app.photos.models import Photo
from app.web.visitors import form_seal
from qr.payload import new_code
from tests.attacks.test_floods import Visitor
from tests.attacks.test_hostile_texts import MARKUP, UNSEEN
from tests.attacks.world import client_of
from tests.support import builders as a
from tests.support.pictures import jpeg, moving, png

LATER = a.NOW + timedelta(minutes=1)
PLACES = {"p1": a.CODE, "tea": new_code()}
BOMB = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00"
PICTURES = {
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a bomb": BOMB,
    "a film": moving("WEBP"),
    "half": jpeg()[:200],
    "nothing": b"",
}


@pytest.fixture
def visitor(world):
    with world.app_context():
        a.point("tea", PLACES["tea"], kind="pantry", name="茶水间")
        a.works_at("tea")
    return Visitor(world, PLACES, "203.0.113.5")


def items(world):
    with world.app_context():
        return db.rows(select(FeedbackItem.__table__))


def test_given_markup_in_every_field_when_staff_reads_it_then_it_is_text(world, visitor):
    said = {"words": MARKUP, "name": MARKUP[:40], "contact": MARKUP[:80]}
    answers = [
        visitor.says("p1", LATER, kind="rating", face="1", **said),
        visitor.says("p1", LATER, kind="complaint", **said),
        visitor.says("p1", LATER, kind="call", need="broken", **said),
    ]

    sue, _headers = client_of(world, "supervisor")
    sue.inspecting = True
    read = sue.get("/feedback").get_data(as_text=True)
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert "<img src=x" not in read
    assert "&lt;img src=x onerror=alert(1)&gt;" in read
    for answer in answers:
        assert "<img src=x" not in visitor.client.get(answer.location, headers=visitor.headers).get_data(as_text=True)


@pytest.mark.parametrize("field", ["kind", "need", "face", "topic", "words", "name", "contact", "form", "website"])
def test_given_strange_values_when_sent_in_any_field_then_a_sentence_and_nothing_kept(world, visitor, field):
    before = items(world)
    good = {"kind": "complaint", "words": "", "website": "", "face": "3"}

    for text in (*UNSEEN, MARKUP * 200, "9" * 5000, "\u202e" * 600):
        answer = visitor.says("p1", LATER, **{**good, field: text})
        assert answer.status_code in (422, 429), text
        assert "<img src=x" not in answer.get_data(as_text=True)

    assert items(world) == before


@pytest.mark.parametrize("what", PICTURES)
def test_given_a_hostile_picture_when_sent_then_refused_and_nothing_kept(world, visitor, what):
    before = items(world)

    answer = visitor.says("tea", LATER, kind="rating", face="2", photo=(io.BytesIO(PICTURES[what]), "p.jpg"))

    assert answer.status_code in (413, 415, 422)
    assert items(world) == before


def test_given_a_picture_with_its_place_inside_when_sent_then_kept_without_and_seen_by_the_department_only(
    world, visitor
):
    answer = visitor.says("tea", LATER, kind="rating", face="2", words="x", photo=(io.BytesIO(png()), "../../p.png"))

    assert answer.status_code == 303
    with world.app_context():
        [photo] = db.rows(select(Photo.__table__).where(Photo.part == "feedback"))
    sue, _headers = client_of(world, "supervisor")
    ann, _headers = client_of(world, "worker")
    assert ann.get(f"/photos/{photo.sha256}").status_code == 404
    assert f"/photos/{photo.sha256}" in sue.get("/feedback").get_data(as_text=True)


def test_given_a_form_of_another_place_when_sent_then_refused(world, visitor):
    with world.app_context():
        seal = form_seal(PLACES["tea"], a.NOW)

    data = {"csrf_token": visitor.token, "form": seal, "kind": "rating", "face": "3"}
    with clock.at(LATER):
        answer = visitor.client.post(f"/p/{a.CODE}/feedback", data=data, headers=visitor.headers)

    assert answer.status_code == 422


def test_given_a_device_of_staff_when_it_rates_signed_out_then_kept_and_not_counted(world):
    client = world.test_client()
    client.sign_in("bob")
    client.send("/logout", page="/me")
    visitor = Visitor(world, PLACES, "203.0.113.5")
    visitor.client = client
    visitor.token = client.token("/login")

    answer = visitor.says("p1", LATER, kind="rating", face="5")

    assert answer.status_code == 303
    assert [item.excluded for item in items(world) if item.face == 5] == ["staff"]
