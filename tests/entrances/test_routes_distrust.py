"""What comes back from a house is not believed: bent tokens, other issuers, old starts, other browsers."""

import logging
import time

from app import clock
from app.accounts.models import SignIn
from app.entrances.models import Identity
from tests.support.entering import accounts, oidc, stored, walk
from tests.support.identity import CLIENT, SECRET, asked_of, returned

NOW = int(time.time())
# Still ahead when the whole suite has run for hours since this was read.
LATER = NOW + 30 * 86_400


LIES = (
    {"iss": "https://evil.example"},
    {"iss": None},
    {"aud": "somebody-else"},
    {"aud": None},
    {"aud": [CLIENT, "somebody-else"]},
    {"azp": "somebody-else"},
    {"nonce": "another"},
    {"nonce": None},
    {"exp": NOW - 3600},
    {"exp": None},
    {"iat": LATER},
    {"nbf": LATER},
    {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "x" * 256},
)


def test_given_tokens_that_do_not_hold_when_coming_back_then_nobody_is_let_in(make, house):
    app = make(oidc(house))
    before, client = accounts(app), app.test_client()

    for lies in LIES:
        house.lies = lies
        assert walk(client, house).status_code == 403, lies
    house.lies = {}
    for name, value in (("wrong_key", True), ("algorithm", "none"), ("algorithm", "HS256")):
        usual = getattr(house, name)
        setattr(house, name, value)
        assert walk(client, house).status_code == 403, (name, value)
        setattr(house, name, usual)

    assert accounts(app) == before and stored(app, Identity.id) == [] and stored(app, SignIn.id) == []
    assert walk(client, house).status_code == 303


def test_given_a_house_that_names_another_issuer_when_going_there_then_it_is_refused(make, house):
    house.issuer = "https://evil.example"

    assert make(oidc(house)).test_client().get("/entrances/office/start").status_code == 403


def test_given_an_answer_of_another_issuer_when_coming_back_then_it_is_refused(make, house):
    assert walk(make(oidc(house)).test_client(), house, iss="https://evil.example").status_code == 403


def test_given_an_answer_that_was_bent_when_coming_back_then_nobody_is_let_in(make, house):
    app = make(oidc(house))

    for changes in ({"state": "another"}, {"state": ""}, {"error": "access_denied"}, {"code": ""}):
        assert walk(app.test_client(), house, **changes).status_code == 403, changes
    assert stored(app, SignIn.id) == []


def test_given_an_answer_when_it_comes_twice_or_in_another_browser_then_it_opens_nothing(make, house):
    app = make(oidc(house))
    client, stranger = app.test_client(), app.test_client()
    asked = asked_of(client.get("/entrances/office/start").location)
    address = returned("office", code=house.code(asked), state=asked["state"])

    assert stranger.get(address).status_code == 403
    assert client.get(address).status_code == 303
    assert client.get(address).status_code == 403


def test_given_a_start_long_ago_when_coming_back_then_it_is_refused(make, house):
    app = make(oidc(house))
    client = app.test_client()
    asked = asked_of(client.get("/entrances/office/start").location)

    with clock.at(clock.now().replace(year=clock.now().year + 1)):
        answer = client.get(returned("office", code=house.code(asked), state=asked["state"]))

    assert answer.status_code == 403


def test_given_a_code_of_another_browser_when_swapped_in_then_pkce_refuses_it(make, house):
    app = make(oidc(house))
    victim, thief = app.test_client(), app.test_client()
    stolen = house.code(asked_of(victim.get("/entrances/office/start").location))
    own = asked_of(thief.get("/entrances/office/start").location)

    assert thief.get(returned("office", code=stolen, state=own["state"])).status_code == 403
    assert stored(app, SignIn.id) == []


def test_given_a_sign_in_when_the_log_is_read_then_no_code_token_or_secret_stands_in_it(make, house, caplog):
    caplog.set_level(logging.DEBUG)
    app = make(oidc(house, userinfo=True))
    client = app.test_client()
    walk(client, house)
    house.lies = {"nonce": "another"}
    walk(app.test_client(), house)

    written = caplog.text
    assert "refused" in written
    tokens = [headers["Authorization"] for _m, _p, _q, headers, _b in house.asked if "Authorization" in headers]
    assert tokens and not any(each.split()[1] in written for each in tokens)
    assert SECRET not in written and all(SECRET not in str(query) for _m, _p, query, _h, _b in house.asked)
