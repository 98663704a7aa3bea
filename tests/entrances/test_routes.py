import logging
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import AccountEvent, Person, SignIn
from app.db import db, rows
from app.entrances.models import Identity
from tests.support import builders, identity
from tests.support.databases import make_app, nothing
from tests.support.identity import CLIENT, SECRET, asked_of, returned


@pytest.fixture
def house():
    with identity.house() as made:
        yield made


@pytest.fixture
def make(database, templates, tmp_path):
    """An application with these houses declared."""
    made = []

    def built(*houses, **settings):
        path = identity.declare(tmp_path / "instance" / "sign-in.json", list(houses))
        app = make_app(url, tmp_path / "instance", DABIAO_SIGN_IN=path, **settings)
        with app.app_context():
            builders.small_world()
            for person_id, role in (("adm", "admin"), ("adm-2", "admin"), ("aud", "auditor")):
                builders.person(person_id, role, "bureau")
        made.append(app)
        return app

    with templates.copy(database, "bare", nothing, tmp_path / "instance") as url:
        yield built
        for app in made:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


CLEAN = {"claim": "department", "value": "clean", "unit": "clean"}


def oidc(house, **values):
    plain = {
        "id": "office",
        "via": "oidc",
        "label": "统一认证",
        "client_id": CLIENT,
        "secret": SECRET,
        "base": house.url,
    }
    return {**plain, "units": [CLEAN], **values}


def stub(house, via, **values):
    plain = {"id": via, "via": via, "label": via, "client_id": CLIENT, "secret": SECRET, "base": house.url}
    return {**plain, "agent_id": "1000002", "old_base": house.url, **values} if via == "dingtalk" else {
        **plain, "agent_id": "1000002", **values
    }  # fmt: skip


def walk(client, house, house_id="office", wanted="/me/sessions", **changes):
    """Through the door and back, as a browser does; `changes` bends what is brought back."""
    door = client.get(f"/entrances/{house_id}/start?{urlencode({'next': wanted})}")
    assert door.status_code == 303
    asked = asked_of(door.location)
    code = "authCode" if house_id == "dingtalk" else "code"
    return client.get(returned(house_id, **{code: house.code(asked), "state": asked["state"], **changes}))


def stored(app, *columns):
    with app.app_context():
        return [tuple(row) for row in rows(select(*columns))]


def accounts(app):
    return {person_id for (person_id,) in stored(app, Person.id)}


def test_given_no_declaration_when_the_sign_in_page_is_opened_then_no_house_stands_there(client):
    assert "/entrances/" not in client.get("/login").get_data(as_text=True)
    assert client.get("/entrances/office/start").status_code == 404


def test_given_a_house_when_somebody_of_a_known_unit_comes_then_an_account_is_made_and_opened(make, house):
    app = make(oidc(house))
    client = app.test_client()
    assert "统一认证" in client.get("/login").get_data(as_text=True)

    answer = walk(client, house)

    assert (answer.status_code, answer.location) == (303, "/me/sessions")
    assert client.get("/me/sessions").status_code == 200
    columns = (Person.id, Person.name, Person.role, Person.org_id, Person.password_hash)
    ((person_id, name, role, unit, password),) = [row for row in stored(app, *columns) if row[0].startswith("office-")]
    assert (name, role, unit, password) == ("王小明", "worker", "clean", "")
    assert stored(app, Identity.person_id, Identity.how) == [(person_id, "rule")]
    assert ("entrance_made", person_id) in stored(app, AccountEvent.kind, AccountEvent.person_id)


def test_given_somebody_who_came_before_when_coming_again_then_it_is_the_same_account(make, house):
    app = make(oidc(house))
    walk(app.test_client(), house)
    before = accounts(app)
    house.claims = {**house.claims, "name": "改名", "department": "other"}

    assert walk(app.test_client(), house).status_code == 303
    assert accounts(app) == before and len(stored(app, SignIn.id)) == 2


def test_given_what_is_asked_of_the_house_then_pkce_state_and_nonce_are_in_and_the_verifier_is_not(make, house):
    client = make(oidc(house)).test_client()

    door = client.get("/entrances/office/start")

    asked = asked_of(door.location)
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert len(asked["state"]) == len(asked["nonce"]) == 43 and asked["response_type"] == "code"
    with client.session_transaction() as kept:
        assert kept["entrance"]["verifier"] not in door.location
    assert asked["redirect_uri"] == "http://localhost/entrances/office/back"


NOW = int(time.time())


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
    {"iat": NOW + 3600},
    {"nbf": NOW + 3600},
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


def test_given_an_unknown_unit_when_somebody_comes_then_they_are_told_and_wait_for_a_decision(make, house):
    app = make(oidc(house))
    house.claims = {**house.claims, "department": "nowhere"}
    before = accounts(app)

    answer = walk(app.test_client(), house)

    assert answer.status_code == 403 and "统一认证" in answer.get_data(as_text=True)
    assert accounts(app) == before
    assert stored(app, Identity.person_id, Identity.claims) == [(None, {"department": ["nowhere"]})]


def test_given_a_rule_whose_unit_is_not_there_when_somebody_comes_then_no_account_is_made(make, house):
    app = make(oidc(house, units=[{**CLEAN, "unit": "moon"}]))

    assert walk(app.test_client(), house).status_code == 403


def test_given_an_open_redirect_as_the_way_when_let_in_then_the_own_start_page_opens(make, house):
    assert walk(make(oidc(house)).test_client(), house, wanted="//evil.example").location == "/"


def test_given_a_claim_that_names_an_account_when_somebody_comes_then_that_account_opens(make, house):
    app = make(oidc(house, account_claim="employee"))
    house.claims = {**house.claims, "employee": "ANN"}

    assert walk(app.test_client(), house).status_code == 303
    assert stored(app, Identity.person_id, Identity.how) == [("ann", "claim")]


@pytest.mark.parametrize("named", ["adm", "aud"])
def test_given_a_claim_that_names_a_powerful_account_when_somebody_comes_then_it_does_not_open(make, house, named):
    app = make(oidc(house, account_claim="employee", units=[]))
    house.claims = {**house.claims, "employee": named}

    assert walk(app.test_client(), house).status_code == 403
    assert stored(app, Identity.person_id) == [(None,)]


def test_given_the_same_name_when_somebody_comes_then_it_is_not_that_account(make, house):
    app = make(oidc(house))
    house.claims = {**house.claims, "name": "人员ann"}

    walk(app.test_client(), house)

    assert stored(app, Identity.person_id) != [("ann",)]


def test_given_somebody_unknown_when_an_administrator_links_then_the_account_opens_and_it_is_noted(make, house):
    app = make(oidc(house, units=[]))
    walk(app.test_client(), house)
    office = app.test_client()
    office.sign_in("adm")
    ((number,),) = stored(app, Identity.id)

    assert office.send(f"/entrances/{number}/link", {"account": "nobody"}, page="/entrances").status_code == 422
    assert office.send(f"/entrances/{number}/link", {"account": "adm"}, page="/entrances").status_code == 422
    assert office.send(f"/entrances/{number}/link", {"account": "aud"}, page="/entrances").status_code == 303
    assert office.send(f"/entrances/{number}/link", {"account": "ann"}, page="/entrances").status_code == 409
    assert walk(app.test_client(), house).status_code == 303
    assert stored(app, Identity.person_id, Identity.how, Identity.linked_by_id) == [("aud", "admin", "adm")]
    assert ("entrance_linked", "aud", "adm") in stored(
        app, AccountEvent.kind, AccountEvent.person_id, AccountEvent.by_id
    )


def test_given_a_link_when_it_is_ended_then_sessions_end_and_no_rule_links_again(make, house):
    app = make(oidc(house))
    client, office = app.test_client(), app.test_client()
    walk(client, house)
    office.sign_in("adm")
    ((number,),) = stored(app, Identity.id)

    assert office.send(f"/entrances/{number}/unlink", page="/entrances").status_code == 303
    assert client.get("/me/sessions").status_code == 303
    assert walk(client, house).status_code == 403
    assert office.send(f"/entrances/{number}/unlink", page="/entrances").status_code == 409


def test_given_no_administrator_when_linking_then_it_is_refused(make, house):
    app = make(oidc(house, units=[]))
    walk(app.test_client(), house)
    ((number,),) = stored(app, Identity.id)

    for who in ("ann", "sue", "aud"):
        client = app.test_client()
        client.sign_in(who)
        for deed in ("link", "unlink"):
            answer = client.send(f"/entrances/{number}/{deed}", {"account": "ann"}, page="/me/secrets")
            assert answer.status_code == 403, (who, deed)
    assert stored(app, Identity.person_id) == [(None,)]


def test_given_a_disabled_account_when_it_comes_through_the_house_then_it_stays_out(make, house):
    app = make(oidc(house, account_claim="employee"))
    house.claims = {**house.claims, "employee": "ann"}
    walk(app.test_client(), house)
    office = app.test_client()
    office.sign_in("adm")
    office.send("/people/ann/disable", page="/people/ann")

    assert walk(app.test_client(), house).status_code == 403


def test_given_a_house_that_answers_nothing_when_coming_back_then_it_is_said_and_local_sign_in_stays(make, house):
    app = make(oidc(house, base="http://127.0.0.1:9"))
    client = app.test_client()

    assert client.get("/entrances/office/start").status_code == 503
    client.sign_in("ann")


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


@pytest.mark.parametrize("via", ["wecom", "dingtalk"])
def test_given_a_stub_of_the_house_when_a_member_comes_then_department_and_name_make_the_account(make, house, via):
    claim = "department" if via == "wecom" else "dept_id_list"
    app = make(stub(house, via, units=[{"claim": claim, "value": "3", "unit": "clean", "role": "crew_leader"}]))

    answer = walk(app.test_client(), house, via)

    assert answer.status_code == 303
    made = [row for row in stored(app, Person.id, Person.name, Person.role) if row[0].startswith(via)]
    assert [row[1:] for row in made] == [("王小明" if via == "wecom" else "李梅", "crew_leader")]


def test_given_wecom_when_the_token_is_over_then_another_is_asked_for_once(make, house):
    app = make(stub(house, "wecom", units=[{"claim": "department", "value": "3", "unit": "clean"}]))
    house.stale_once = True

    assert walk(app.test_client(), house, "wecom").status_code == 303
    assert [path for _m, path, *_ in house.asked].count("/cgi-bin/gettoken") == 2


@pytest.mark.parametrize(
    ("via", "name", "value"),
    [
        ("wecom", "who", {"errcode": 0, "openid": "visitor"}),
        ("wecom", "member", {"errcode": 60111, "errmsg": "invalid userid"}),
        ("wecom", "member", {"errcode": 0, "userid": "WangXM", "status": 2, "department": [3]}),
        ("dingtalk", "ding", {"userid": "m-7", "name": "李梅", "dept_id_list": [3], "active": False}),
    ],
)
def test_given_a_visitor_or_somebody_who_left_when_coming_then_nobody_is_let_in(make, house, via, name, value):
    app = make(stub(house, via, units=[{"claim": "department", "value": "3", "unit": "clean"}]))
    setattr(house, name, value)

    assert walk(app.test_client(), house, via).status_code == 403
    assert stored(app, SignIn.id) == []


def test_given_the_setting_when_an_auditor_comes_through_a_house_then_the_second_factor_is_asked_for(make, house):
    app = make(oidc(house, units=[]), DABIAO_SECOND_FACTOR="admin")
    walk(app.test_client(), house)
    from sqlalchemy import update

    from app.db import atomically, run

    with app.app_context():
        atomically(lambda: run(update(Identity).values(person_id="aud", how="admin")))

    client = app.test_client()
    assert walk(client, house).location == "/login/second/setup"
    assert client.get("/me/sessions").status_code == 303


@pytest.fixture
def provider():
    """A provider from PyPI, in a process of its own."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "127.0.0.1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/.well-known/openid-configuration").close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def test_given_a_provider_that_is_not_ours_when_a_person_signs_in_there_then_the_account_opens(make, provider):
    declared = {"id": "real", "via": "oidc", "label": "真的", "client_id": CLIENT, "secret": SECRET, "base": provider}
    app = make({**declared, "units": [{"claim": "sub", "value": "u-9", "unit": "clean"}]})
    client = app.test_client()
    door = client.get("/entrances/real/start").location
    given = urllib.request.Request(door, data=urlencode({"sub": "u-9"}).encode(), method="POST")

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(given)
    back = moved.value.headers["Location"]
    moved.value.close()

    answer = client.get(back.removeprefix("http://localhost"))

    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    assert client.get("/me/sessions").status_code == 200
