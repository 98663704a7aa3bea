"""The administrator's page of keys: made once, shown once, ended for good."""

import re
import uuid

import pytest

from app import clock
from app.audit.queries import Search, lines
from app.data.models import ApiKey
from app.data.rules_keys import hash_of
from tests.support import builders as make
from tests.support.data import ask
from tests.support.stored import rows_of

FORM = {"name": "数据平台", "scopes": ["points:read"], "reach": "all", "ends_on": "2027-01-01"}


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
        make.person("adm", "admin", "bureau")
        make.person("aud", "auditor", "bureau")
    return app


def signed(app, who):
    client = app.test_client()
    with clock.at(make.NOW):
        client.sign_in(who)
    return client


def sent(client, **changed):
    with clock.at(make.NOW):
        return client.send("/data/keys", {"id": str(uuid.uuid4()), **FORM, **changed}, page="/data/keys")


def key_in(answer):
    return re.search(r">(dabiao_[\w-]{43})<", answer.get_data(as_text=True))[1]


def test_given_an_administrator_when_a_key_is_made_then_it_is_shown_once_and_only_a_hash_is_kept(world):
    client = signed(world, "adm")

    key = key_in(sent(client))

    with world.app_context():
        (kept,) = rows_of(ApiKey)
    assert (kept.hash, kept.hint, kept.name) == (hash_of(key), key[-4:], "数据平台")
    with clock.at(make.NOW):
        page = client.get("/data/keys").get_data(as_text=True)
    assert key not in page
    assert f"…{key[-4:]}" in page
    assert ask(world, key, "points").status_code == 200
    assert ask(world, key, "records").status_code == 403


def test_given_a_form_sent_twice_when_looked_at_then_there_is_one_key_and_it_is_not_shown_again(world):
    client, key_id = signed(world, "adm"), str(uuid.uuid4())
    first = sent(client, id=key_id)

    again = sent(client, id=key_id)

    assert (first.status_code, again.status_code) == (200, 409)
    with world.app_context():
        assert len(rows_of(ApiKey)) == 1


def test_given_a_key_when_revoked_then_it_counts_no_longer_and_the_log_says_who(world):
    client = signed(world, "adm")
    key = key_in(sent(client))
    with world.app_context():
        (kept,) = rows_of(ApiKey)

    with clock.at(make.NOW):
        for _ in range(2):
            assert client.send(f"/data/keys/{kept.id}/revoke", page="/data/keys").status_code == 303

    assert ask(world, key, "points").status_code == 401
    with world.app_context():
        noted = [line.kind for line in lines(Search(who="adm")) if line.kind.startswith("rights.key")]
    assert noted == ["rights.key_revoked", "rights.key_made"]


@pytest.mark.parametrize(
    "changed",
    [{"name": ""}, {"scopes": []}, {"reach": "some"}, {"ends_on": "2026-11-22"}, {"ends_on": "x"}, {"id": "1"}],
)
def test_given_a_form_that_does_not_hold_when_sent_then_no_key_is_made(world, changed):
    answer = sent(signed(world, "adm"), **changed)

    assert answer.status_code == 422
    with world.app_context():
        assert rows_of(ApiKey) == []


def test_given_an_auditor_when_looking_then_keys_are_listed_and_none_can_be_made(world):
    sent(signed(world, "adm"))
    auditor = signed(world, "aud")

    with clock.at(make.NOW):
        page = auditor.get("/data/keys").get_data(as_text=True)

    assert "数据平台" in page
    assert "<form" not in page.split('id="main"')[1].split("</main>")[0]


def test_given_a_name_with_markup_when_listed_then_it_is_text(world):
    client = signed(world, "adm")
    sent(client, name="<b>x</b>")

    with clock.at(make.NOW):
        assert "&lt;b&gt;x" in client.get("/data/keys").get_data(as_text=True)


def test_given_the_dictionary_when_read_then_every_field_of_every_kind_is_there_in_both_languages(world):
    from app.data.rules_sets import SETS

    client = signed(world, "sue")
    with clock.at(make.NOW):
        pages = [
            client.get("/data/dictionary", headers={"Accept-Language": each}).get_data(as_text=True)
            for each in ("zh", "en")
        ]

    for page in pages:
        assert not [
            field.name for one in SETS.values() for field in one.fields if f"<code>{field.name}</code>" not in page
        ]
    assert "回执号" in pages[0]
    assert "Receipt number" in pages[1]
