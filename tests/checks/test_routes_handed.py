"""A phone's outbox handed in as a file: kept as its author's, marked, once; nobody else's, nothing overwritten."""

import io
import json
from base64 import b64encode
from datetime import timedelta

import pytest

from app import clock
from app.accounts.queries import person_by_id
from app.checks.forms_handed import media_of, read_handed
from app.checks.models import Check, CheckEvent, Receipt
from app.checks.rules_handed import may_hand_in
from app.photos.models import Photo
from app.refusals import Invalid
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.pictures import jpeg
from tests.support.protocol import Phone, kept, world
from tests.support.standards import step_document

OTHER = "00000000-0000-4000-8000-000000000002"
PAGE = "/checks/handed"


def a_file(*records, media=()):
    parts = [
        f'<p>08:32<br><img data-id="{each}" data-taken="2026-11-23T08:32:00+08:00" '
        f'src="data:image/jpeg;base64,{b64encode(jpeg(640, 480)).decode()}"></p>'
        for each in media
    ]
    text = json.dumps(records, ensure_ascii=False).replace("<", "\\u003c")
    return f'<!doctype html>{"".join(parts)}<script type="application/json" id="records">{text}</script>'.encode()


def sent(app, who, data, at=make.NOW):
    with clock.at(at):
        client = app.test_client()
        client.sign_in(who)
        form = {"csrf_token": client.token(PAGE), "file": (io.BytesIO(data), "dabiao-1.html")}
        return client.post(PAGE, data=form, content_type="multipart/form-data")


def test_given_a_record_with_a_photo_when_the_crew_leader_hands_it_in_then_it_is_the_authors_marked_and_once(app):
    world(app, step_document("S01", "photo"))
    record = make.submission(answers=[make.answer(photos=[PHOTO])])

    first = sent(app, "lea", a_file(record, media=[PHOTO]))
    again = sent(app, "lea", a_file(record, media=[PHOTO]), make.NOW + timedelta(minutes=5))

    [check] = kept(app, Check)
    [event] = kept(app, CheckEvent)
    assert (first.status_code, again.status_code) == (200, 200)
    assert "已记入作业人名下" in first.text and "早已收到" in again.text
    assert (check.person_id, check.photos_valid) == ("ann", 1)
    assert {"handed_in", "clock"} <= set(check.marks)
    assert (event.kind, event.by_id) == ("handed_in", "lea")
    assert [row.person_id for row in kept(app, Photo)] == ["ann"]


def test_given_a_record_handed_in_when_the_phone_sends_it_after_all_then_it_gets_the_same_receipt(app):
    world(app)
    record = make.submission()
    sent(app, "lea", a_file(record))

    phone = Phone(app, "ann")
    phone.at = make.NOW + timedelta(hours=1)
    answer = phone.post("/api/v1/checks", record)

    [receipt] = kept(app, Receipt)
    assert (answer.status_code, answer.json["receipt"]["number"]) == (200, receipt.number)
    assert len(kept(app, Check)) == 1


def test_given_a_record_that_arrived_when_a_file_says_otherwise_then_the_first_one_stands(app):
    world(app)
    sent(app, "lea", a_file(make.submission()))

    answer = sent(
        app, "lea", a_file(make.submission(note="anders"), make.submission(OTHER, window=None, profile="full"))
    )

    assert "不收" in answer.text or "未被接受" in answer.text or "error" in answer.text
    assert sorted((row.id[-1], row.note) for row in kept(app, Check)) == [("1", None), ("2", None)]


@pytest.mark.parametrize("record", [{"person": "bob"}, {"person": "nobody"}, {"person": 7}])
def test_given_a_record_of_a_stranger_when_handed_in_then_it_is_refused_and_nothing_is_kept(app, record):
    world(app)

    answer = sent(app, "lea", a_file(make.submission() | record))

    assert answer.status_code == 200 and "本班班长" in answer.text
    assert len(kept(app, Check)) == len(kept(app, CheckEvent)) == 0


@pytest.mark.parametrize(
    "data", [b"", b"<html>nothing", a_file(), b'<script type="application/json" id="records">{</script>']
)
def test_given_no_such_file_when_handed_in_then_a_sentence_says_so(app, data):
    world(app)

    answer = sent(app, "lea", data)

    assert answer.status_code == 422 and 'id="file-error"' in answer.text
    assert len(kept(app, Check)) == 0


@pytest.mark.parametrize("who", ["ann", "bob"])
def test_given_a_worker_when_the_page_is_asked_for_then_it_is_refused(app, who):
    world(app)
    client = app.test_client()
    client.sign_in(who)

    assert client.get(PAGE).status_code == 403


def test_given_who_takes_when_asked_then_crew_and_unit_decide(app):
    world(app)
    with app.app_context():
        make.person("zoe", "worker", "clean", crew_id=None)
        people = {name: person_by_id(name) for name in ("ann", "bob", "lea", "sue", "zoe")}

    assert may_hand_in(people["lea"], people["ann"]) and may_hand_in(people["lea"], people["lea"])
    assert not may_hand_in(people["lea"], people["bob"])
    assert not may_hand_in(people["lea"], people["zoe"])
    assert not may_hand_in(people["lea"], people["sue"])
    assert not may_hand_in(people["ann"], people["ann"])


def test_given_broken_media_when_a_file_is_read_then_the_record_stays_and_the_photo_is_missing():
    data = a_file(make.submission()) + f'<img data-id="{PHOTO}" data-taken="" src="data:image/jpeg;base64,!!">'.encode()

    handed = read_handed(data)

    assert len(handed.records) == 1 and handed.media == {}
    with pytest.raises(Invalid):
        read_handed(a_file(*[{}] * 201))


def test_given_a_record_when_its_media_are_listed_then_each_stands_once_in_order():
    answers = [{"photos": ["b", "a"], "files": ["c"]}, "odd", {"after_photos": ["d", 7]}]

    assert media_of({"photos": ["a"], "answers": answers}) == ("a", "b", "c", "d")
    assert media_of({"answers": None}) == ()
