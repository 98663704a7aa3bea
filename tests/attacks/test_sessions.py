"""Sessions: fixation, cookies, use after signing out or being disabled, guessing a password or a PIN."""

import uuid

import pytest

from app import clock
from app.db import db
from tests.support import builders
from tests.support.databases import make_app
from tests.support.phones import cookie_and_token


@pytest.fixture
def world(app):
    with clock.at(builders.NOW):
        with app.app_context():
            builders.small_world()
        yield app


def sign_in(client, account, password=builders.PASSWORD, **kwargs):
    return client.send("/login", {"account": account, "password": password}, page="/login", **kwargs)


def test_given_a_session_planted_before_when_signing_in_then_neither_it_nor_its_token_counts(world):
    victim, planter = world.test_client(), world.test_client()
    token = victim.token()
    planter.set_cookie("dabiao", victim.get_cookie("dabiao").value)

    sign_in(victim, "ann")

    assert planter.get("/api/v1/session").status_code == 401
    assert victim.post("/preferences", data={"csrf_token": token, "locale": "en"}).status_code == 403


def test_given_the_cookie_of_before_when_signed_out_then_it_opens_nothing_and_caches_are_cleared(world):
    client, thief = world.test_client(), world.test_client()
    sign_in(client, "ann")
    thief.set_cookie("dabiao", client.get_cookie("dabiao").value)

    answer = client.send("/logout", page="/me")

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert (thief.get("/api/v1/session").status_code, thief.get("/me").status_code) == (401, 303)


def test_given_an_https_installation_when_signing_in_then_cookies_are_closed_to_scripts_and_to_http(world, tmp_path):
    url = world.config["SQLALCHEMY_DATABASE_URI"]
    secure = make_app(url, tmp_path / "other", DABIAO_BASE_URL="https://localhost", DABIAO_PRODUCTION="1")
    client = secure.test_client()
    safe = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/login"}}
    token = client.get("/login", base_url="https://localhost").get_data(as_text=True).split('csrf_token" value="')[1]

    given = {"csrf_token": token.split('"')[0], "account": "ann", "password": builders.PASSWORD}
    answer = client.post("/login", data=given, **safe)
    with secure.app_context():
        db.session.remove()
        db.engine.dispose()

    assert answer.status_code == 303
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Lax")), cookie
    assert "Strict-Transport-Security" in answer.headers


def test_given_a_guesser_when_the_tries_are_used_up_then_even_the_right_password_waits_but_the_owners_phone_does_not(
    world,
):
    owner, guesser = world.test_client(), world.test_client()
    sign_in(owner, "ann")
    owner.send("/logout", page="/me")

    statuses = [sign_in(guesser, "ann", f"guess-{number}").status_code for number in range(9)]

    assert statuses == [422] * 8 + [429]
    assert sign_in(guesser, "ann").status_code == 429
    assert sign_in(owner, "ann").status_code == 303


def test_given_a_guesser_of_pins_when_the_tries_are_used_up_then_even_the_right_one_waits(world):
    cookie, token = cookie_and_token(world, "ann")
    client = world.test_client(use_cookies=False)

    def sign(pin):
        body = {"id": str(uuid.uuid4()), "check": str(uuid.uuid4()), "steps": ["S01"], "person": "lea", "pin": pin}
        headers = {"Cookie": cookie, "X-CSRF-Token": token}
        return client.post("/api/v1/signatures", json=body, headers=headers).status_code

    assert [sign(f"{number:04}") for number in range(7)] == [422] * 6 + [429]
    assert sign(builders.PIN) == 429


def test_given_private_pages_when_answered_then_no_shared_cache_may_keep_them(world):
    client = world.test_client()
    sign_in(client, "ann")

    answers = [client.get(page).headers for page in ("/me", "/", "/me/secrets", "/me/sessions")]

    assert all("private" in headers["Cache-Control"] for headers in answers)
    assert all("Cookie" in headers["Vary"] for headers in answers)
    assert {headers["Referrer-Policy"] for headers in answers} == {"same-origin"}


def test_given_static_files_when_served_then_their_type_is_not_guessed(world):
    answer = world.test_client().get("/static/css/base.css")
    answer.close()

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
