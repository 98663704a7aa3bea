"""Who comes through a house: accounts that are made, opened, linked, refused."""

import pytest

from app.accounts.models import AccountEvent, Person, SignIn
from app.entrances.models import Identity
from tests.support.entering import CLEAN, accounts, oidc, stored, walk
from tests.support.identity import asked_of


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
