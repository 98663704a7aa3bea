import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import AccountEvent, RecoveryCode, SecondFactor, SignIn
from app.db import rows
from tests.support import builders
from tests.support.databases import make_app, nothing

SECRET = re.compile(r'id="secret">([A-Z2-7 ]+)<')
CODES = re.compile(r"<li>([a-z0-9]{4}(?:-[a-z0-9]{4}){5})</li>")


def people():
    builders.small_world()
    for person_id, role in (("adm", "admin"), ("adm-2", "admin"), ("aud", "auditor")):
        builders.person(person_id, role, "bureau")


@pytest.fixture
def world(app):
    with app.app_context():
        people()
    return app


@pytest.fixture
def strict(database, templates, tmp_path):
    """The same, where administrators and auditors have to show a second factor."""
    with templates.copy(database, "bare", nothing, tmp_path / "strict") as url:
        made = make_app(url, tmp_path / "strict", DABIAO_SECOND_FACTOR="admin")
        with made.app_context():
            people()
        yield made
        from app.db import db

        with made.app_context():
            db.session.remove()
            db.engine.dispose()


def set_up(client):
    """Set it up on the own page; gives back the secret and the recovery codes."""
    client.send("/me/second/start", page="/me/second")
    secret = SECRET.search(client.get("/me/second").get_data(as_text=True))[1].replace(" ", "")
    page = client.send("/me/second/confirm", {"code": code(secret)}, page="/me/second")
    assert page.status_code == 200
    return secret, CODES.findall(page.get_data(as_text=True))


def code(secret, steps=0):
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


def password(client, person_id):
    return client.send("/login", {"account": person_id, "password": builders.PASSWORD, "next": "/me/sessions"})


def stored(app, *columns):
    with app.app_context():
        return [tuple(row) for row in rows(select(*columns))]


def test_given_a_factor_when_signing_in_then_the_password_alone_opens_nothing(world):
    owner = world.test_client()
    owner.sign_in("adm")
    secret, _codes = set_up(owner)
    client = world.test_client()

    answer = password(client, "adm")

    assert (answer.status_code, answer.location) == (303, "/login/second")
    assert client.get("/me/sessions").status_code == 303
    answer = client.send("/login/second", {"code": code(secret, 1)})
    assert (answer.status_code, answer.location) == (303, "/me/sessions")
    assert client.get("/me/sessions").status_code == 200


def test_given_a_code_that_was_used_when_sent_again_then_it_opens_nothing(world):
    owner = world.test_client()
    owner.sign_in("adm")
    secret, _codes = set_up(owner)
    first, second = world.test_client(), world.test_client()
    used = code(secret, 1)
    password(first, "adm")
    password(second, "adm")
    assert first.send("/login/second", {"code": used}).status_code == 303

    assert second.send("/login/second", {"code": used}).status_code == 422
    assert second.get("/me/sessions").status_code == 303


def test_given_the_phone_is_gone_when_a_recovery_code_is_typed_then_it_opens_once(world):
    owner = world.test_client()
    owner.sign_in("adm")
    _secret, codes = set_up(owner)
    assert len(set(codes)) == 10
    first, second = world.test_client(), world.test_client()
    password(first, "adm")
    password(second, "adm")

    assert first.send("/login/second", {"code": codes[0].upper().replace("-", " ")}).status_code == 303
    assert second.send("/login/second", {"code": codes[0]}).status_code == 422
    assert ("second_recovery",) in stored(world, AccountEvent.kind)
    assert ("second_failed",) in stored(world, AccountEvent.kind)


def test_given_wrong_codes_when_typed_again_and_again_then_the_door_closes_for_right_ones_too(world):
    owner = world.test_client()
    owner.sign_in("adm")
    secret, _codes = set_up(owner)
    client = world.test_client()
    password(client, "adm")
    answers = [client.send("/login/second", {"code": "abc"}).status_code for _ in range(7)]

    assert answers[-1] == 429
    assert client.send("/login/second", {"code": code(secret, 1)}).status_code == 429


def test_given_ten_minutes_after_the_password_when_a_code_comes_then_it_is_asked_from_the_start(world):
    owner = world.test_client()
    owner.sign_in("adm")
    secret, _codes = set_up(owner)
    client = world.test_client()
    password(client, "adm")
    token = client.token("/login/second")

    with clock.at(clock.now() + timedelta(minutes=11)):
        answer = client.post("/login/second", data={"csrf_token": token, "code": code(secret)})

    assert (answer.status_code, answer.location) == (303, "/login")


def test_given_an_account_disabled_meanwhile_when_the_code_comes_then_it_opens_nothing(world):
    owner, other = world.test_client(), world.test_client()
    owner.sign_in("adm")
    secret, _codes = set_up(owner)
    client = world.test_client()
    password(client, "adm")
    token = client.token("/login/second")
    other.sign_in("adm-2")
    other.send("/people/adm/disable", page="/people/adm")

    answer = client.post("/login/second", data={"csrf_token": token, "code": code(secret, 1)})

    assert (answer.status_code, answer.location) == (303, "/login")


@pytest.mark.parametrize("path", ["/login/second", "/login/second/setup"])
def test_given_no_password_before_when_the_second_step_is_asked_then_it_leads_to_the_first(world, path):
    client = world.test_client()

    assert client.get(path).location == "/login"
    assert client.send(path, {"code": "123456"}, page="/login").location == "/login"


def test_given_no_setting_when_setup_at_the_door_is_asked_then_it_is_not_there(world):
    owner = world.test_client()
    owner.sign_in("adm")
    set_up(owner)
    client = world.test_client()
    password(client, "adm")

    assert client.get("/login/second/setup").location == "/login"


def test_given_the_setting_when_an_administrator_signs_in_first_then_a_factor_is_set_up(strict):
    client = strict.test_client()

    assert password(client, "adm").location == "/login/second/setup"
    assert client.get("/me/sessions").status_code == 303
    secret = SECRET.search(client.get("/login/second/setup").get_data(as_text=True))[1].replace(" ", "")
    assert client.send("/login/second/setup", {"code": "000000"}).status_code == 422
    page = client.send("/login/second/setup", {"code": code(secret)})
    assert page.status_code == 200 and len(CODES.findall(page.get_data(as_text=True))) == 10
    assert client.get("/me/sessions").status_code == 200
    assert stored(strict, SignIn.proven) == [(True,)]


def test_given_the_setting_when_a_session_has_shown_one_factor_only_then_it_does_not_count(strict):
    from app.accounts.actions import open_session
    from app.accounts.queries import person_of_session
    from app.db import atomically

    with strict.app_context():
        token = atomically(lambda: open_session("adm", "old", "127.0.0.1"))
        worker = atomically(lambda: open_session("ann", "old", "127.0.0.1"))
        asked = strict.extensions["person_of_session"]

        assert person_of_session(token).id == "adm"
        assert asked(token) is None
        assert asked(worker).id == "ann"


def test_given_the_setting_when_a_worker_signs_in_then_the_password_is_enough(strict):
    client = strict.test_client()

    assert password(client, "ann").location == "/me/sessions"


def test_given_the_setting_when_the_own_factor_is_to_be_removed_then_it_is_refused(strict):
    client = strict.test_client()
    password(client, "aud")
    secret = SECRET.search(client.get("/login/second/setup").get_data(as_text=True))[1].replace(" ", "")
    client.send("/login/second/setup", {"code": code(secret)})

    assert client.send("/me/second/end", {"code": code(secret, 1)}, page="/me/second").status_code == 409
    assert len(stored(strict, SecondFactor.person_id)) == 1


def test_given_a_factor_when_it_is_removed_then_a_code_is_asked_for(world):
    owner = world.test_client()
    owner.sign_in("ann")
    secret, _codes = set_up(owner)

    assert owner.send("/me/second/end", {"code": "000000"}, page="/me/second").status_code == 422
    assert len(stored(world, RecoveryCode.code_key)) == 10
    assert owner.send("/me/second/end", {"code": code(secret, 1)}, page="/me/second").status_code == 303
    assert stored(world, SecondFactor.person_id) == [] and stored(world, RecoveryCode.code_key) == []


def test_given_a_factor_when_new_codes_are_made_then_the_old_ones_are_dead(world):
    owner = world.test_client()
    owner.sign_in("adm")
    _secret, codes = set_up(owner)

    page = owner.send("/me/second/codes", {"code": codes[0]}, page="/me/second")

    fresh = CODES.findall(page.get_data(as_text=True))
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    client = world.test_client()
    password(client, "adm")
    assert client.send("/login/second", {"code": codes[1]}).status_code == 422


def test_given_a_factor_in_use_when_setup_is_begun_again_then_it_is_refused(world):
    owner = world.test_client()
    owner.sign_in("adm")
    set_up(owner)
    before = stored(world, SecondFactor.sealed)

    assert owner.send("/me/second/start", page="/me/second").status_code == 409
    assert stored(world, SecondFactor.sealed) == before


def test_given_a_lost_phone_when_another_administrator_resets_then_all_sessions_end_and_it_is_noted(world):
    owner, other = world.test_client(), world.test_client()
    owner.sign_in("adm")
    set_up(owner)
    other.sign_in("adm-2")

    assert owner.send("/people/adm/second/reset", page="/people/adm").status_code == 403
    assert other.send("/people/adm/second/reset", page="/people/adm").status_code == 303
    assert owner.get("/me/sessions").status_code == 303
    assert stored(world, SecondFactor.person_id) == []
    assert ("second_reset", "adm-2") in stored(world, AccountEvent.kind, AccountEvent.by_id)


@pytest.mark.parametrize("person_id", ["ann", "sue", "aud"])
def test_given_no_administrator_when_a_factor_is_to_be_reset_then_it_is_refused(world, person_id):
    owner, other = world.test_client(), world.test_client()
    owner.sign_in("adm")
    set_up(owner)
    other.sign_in(person_id)

    assert other.send("/people/adm/second/reset", page="/me/second").status_code == 403
    assert len(stored(world, SecondFactor.person_id)) == 1


def test_given_the_table_when_read_then_no_secret_stands_in_it(world):
    owner = world.test_client()
    owner.sign_in("adm")
    secret, codes = set_up(owner)

    kept = str(stored(world, SecondFactor.sealed)) + str(stored(world, RecoveryCode.code_key))

    assert secret not in kept and not any(each in kept for each in codes)
