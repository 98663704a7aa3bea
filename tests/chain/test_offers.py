"""Given receipts on a phone, when it offers them again, then the server names those that it does not know."""

import pytest
from sqlalchemy import text

from app.chain.actions_disposal import approve, carry_out, propose
from app.chain.actions_seal import seal
from app.db import atomically, run
from tests.support import builders as make
from tests.support.history import unguarded
from tests.support.protocol import ID, Phone, counted, kept, world

OTHER = "00000000-0000-4000-8000-000000000009"


def offered(phone, *ids):
    return phone.post("/api/v1/receipts/unknown", {"ids": list(ids)})


def recorded(app):
    world(app)
    phone = Phone(app, "ann")
    assert phone.post("/api/v1/checks", make.submission()).status_code == 201
    return phone


def test_given_receipts_when_offered_then_only_the_unknown_are_named_and_nothing_is_written(app):
    phone = recorded(app)
    before = counted(app)

    answer = offered(phone, ID.upper(), OTHER, OTHER)

    assert (answer.status_code, answer.json) == (200, {"unknown": [OTHER]})
    assert counted(app) == before


def test_given_an_older_copy_put_back_when_the_record_is_sent_again_then_it_is_there_once_and_fills_its_window(app):
    phone = recorded(app)
    with app.app_context(), unguarded():
        for table in ("answers", "receipts", "check_states", "checks"):
            column = "id" if table == "checks" else "check_id"
            atomically(lambda table=table, column=column: run(text(f"DELETE FROM {table} WHERE {column} = '{ID}'")))
        empty = "state = 'planned', check_id = NULL, done_at = NULL, done_by_id = NULL"
        atomically(lambda: run(text(f"UPDATE occurrences SET {empty}")))
    assert offered(phone, ID).json == {"unknown": [ID]}

    assert [phone.post("/api/v1/checks", make.submission()).status_code for _ in range(2)] == [201, 200]

    assert offered(phone, ID).json == {"unknown": []}
    assert kept(app, make.Occurrence)[0].check_id == ID


def test_given_a_record_disposed_of_by_two_when_offered_then_it_is_not_asked_for(app):
    phone = recorded(app)
    with app.app_context():
        make.person("ada", "admin", "bureau")
        seal(app.extensions["settings"].instance, make.NOW)
        number = atomically(lambda: propose([("checks", ID)], reason="保存期已满", by_id="sue", now=make.NOW))
        atomically(lambda: approve(number, "ada", make.NOW))
        atomically(lambda: carry_out(number, make.NOW))

    assert offered(phone, ID).json == {"unknown": []}


@pytest.mark.parametrize("ids", [["x"], "x", [1], [OTHER] * 501])
def test_given_numbers_that_are_none_when_offered_then_they_are_refused(app, ids):
    phone = recorded(app)

    assert phone.post("/api/v1/receipts/unknown", {"ids": ids}).status_code == 422


def test_given_somebody_without_a_round_when_offering_then_it_is_refused(app):
    recorded(app)
    with app.app_context():
        make.person("aud", "auditor", "bureau")

    assert offered(Phone(app, "aud"), ID).status_code == 403
