"""A foreign code that a scanner found: reported once, shown to the office letter by letter, handled once."""

import pytest

from app.places.actions_stickers import PER_PERSON
from app.places.models import StickerReport
from tests.support import builders as make
from tests.support.phones import cookie_and_token
from tests.support.stored import rows_of

ID = "00000000-0000-4000-8000-00000000001{}"
HOSTILE = "https://d\u0430biao.example/P/7K3QX9M2TA"


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()


def report(app, number=0, by="ann", **values):
    client = app.test_client()
    cookie, token = cookie_and_token(app, by)
    client.set_cookie(*cookie.split("=", 1))
    body = {"id": ID.format(number), "text": HOSTILE, "place": "东门", "near": make.CODE, "seen_at": None} | values
    return client.post("/api/v1/stickers", json=body, headers={"X-CSRF-Token": token})


def kept(app):
    with app.app_context():
        return rows_of(StickerReport)


def test_given_a_report_when_it_comes_twice_then_it_is_kept_once(app, world):
    statuses = [report(app).status_code, report(app).status_code]

    assert statuses == [201, 200]
    [row] = kept(app)
    assert (row.text, row.place, row.near, row.by_id, row.handled_at) == (HOSTILE, "东门", make.CODE, "ann", None)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "x" * 301}, 422),
        ({"place": "x" * 81}, 422),
        ({"id": "one"}, 422),
        ({"person": "lea"}, 403),
        ({"text": 5}, 422),
    ],
)
def test_given_a_report_that_cannot_be_right_when_it_comes_then_it_is_refused(app, world, values, status):
    assert report(app, **values).status_code == status
    assert kept(app) == []


def test_given_a_near_label_that_is_none_when_reported_then_the_report_is_kept_without_it(app, world):
    report(app, near="7K3QX9M2TB")

    assert kept(app)[0].near is None


def test_given_a_known_id_when_another_person_uses_it_then_it_is_refused(app, world):
    report(app)

    assert report(app, by="lea").status_code == 409


def test_given_a_stuck_phone_when_it_reports_without_end_then_it_is_told_to_wait(app, world):
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(int(PER_PERSON.capacity) + 1)]

    statuses = [report(app, id=each).status_code for each in ids]

    assert statuses[-2:] == [201, 429]


def test_given_a_report_when_the_office_looks_then_tricks_of_letters_show_and_nothing_links_there(app, world, client):
    report(app)
    client.sign_in("sue")

    page = client.get("/points").get_data(as_text=True)

    assert "https://d\\u0430biao.example/P/7K3QX9M2TA" in page
    assert 'href="https://' not in page
    assert "东门" in page


def test_given_a_report_when_it_is_handled_then_it_waits_no_more_and_says_who_did_it(app, world, client):
    report(app)
    client.sign_in("sue")
    address = f"/points/stickers/{ID.format(0)}/handled"

    first = client.send(address, page="/points", follow_redirects=True)
    before = kept(app)
    client.send(address, page="/points")

    assert first.status_code == 200
    assert before[0].handled_by_id == "sue"
    assert kept(app) == before


def test_given_a_worker_when_handling_is_tried_then_it_is_refused(app, world, client):
    report(app)
    client.sign_in("ann")

    answer = client.send(f"/points/stickers/{ID.format(0)}/handled", page="/me")

    assert answer.status_code == 403
    assert kept(app)[0].handled_at is None
