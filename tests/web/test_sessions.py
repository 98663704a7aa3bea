"""Given a cookie that was verified before, when it comes again, then it is worth what it was worth, and no more."""

import pytest
from flask import session
from itsdangerous import URLSafeTimedSerializer

from app.web.current import Role
from app.web.guards import public
from tests.support import builders as make
from tests.support.phones import cookie_and_token


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
    return app


def ask(world, cookie, method="GET", path="/api/v1/session", **headers):
    return world.test_client(use_cookies=False).open(path, method=method, headers={"Cookie": cookie, **headers})


def aged(world, cookie, seconds, monkeypatch):
    """The same cookie as it is worth so many seconds later."""
    signer = world.session_interface._signer
    monkeypatch.setattr(signer, "get_timestamp", lambda: type(signer)("key").get_timestamp() + seconds)
    return ask(world, cookie).status_code


def test_given_a_cookie_known_by_its_bytes_when_it_grows_too_old_then_it_ends(world, monkeypatch):
    cookie, _ = cookie_and_token(world, "ann")
    life_s = world.permanent_session_lifetime.total_seconds()

    assert ask(world, cookie).status_code == 200
    assert aged(world, cookie, life_s - 5, monkeypatch) == 200
    assert aged(world, cookie, life_s + 5, monkeypatch) == 401


def test_given_a_cookie_with_one_sign_changed_when_it_comes_then_it_is_nobodys(world):
    cookie, _ = cookie_and_token(world, "ann")
    assert ask(world, cookie).status_code == 200

    forged = cookie[:-5] + ("A" if cookie[-5] != "A" else "B") + cookie[-4:]

    assert ask(world, forged).status_code == 401


def test_given_a_request_that_changes_its_session_when_the_old_cookie_comes_again_then_nothing_leaked(world):
    @public
    def scribble():
        session.setdefault("list", []).append(1)
        return {"list": session["list"]}

    world.add_url_rule("/scribble", view_func=scribble)
    cookie, _ = cookie_and_token(world, "ann")

    answers = [ask(world, cookie, path="/scribble").json for _ in range(3)]

    assert answers == [{"list": [1]}] * 3


@pytest.mark.parametrize("session_secret", ["c" * 40, "d" * 40])
def test_given_a_token_in_the_header_when_it_is_another_sessions_then_it_is_refused(world, session_secret):
    cookie, _ = cookie_and_token(world, "ann")
    token = URLSafeTimedSerializer(world.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(session_secret)

    for _ in range(2):  # known or new, the answer is the same
        answer = ask(world, cookie, "POST", "/api/v1/claims", **{"X-CSRF-Token": token})
        assert (answer.status_code == 403) is (session_secret != "c" * 40)


@pytest.mark.parametrize("token", ["", "x", "x.y.z", "ImNjYyI.aaaa.bbbb", "\x00"])
def test_given_nonsense_for_a_token_when_it_comes_then_403(world, token):
    cookie, _ = cookie_and_token(world, "ann")

    assert ask(world, cookie, "POST", "/api/v1/claims", **{"X-CSRF-Token": token.strip("\x00")}).status_code == 403


def test_given_https_when_the_page_it_comes_from_is_not_ours_then_the_token_alone_does_not_do(world):
    world.config["WTF_CSRF_SSL_STRICT"] = True
    cookie, token = cookie_and_token(world, "ann")
    client = world.test_client(use_cookies=False)

    def send(referrer):
        headers = {"Cookie": cookie, "X-CSRF-Token": token, **({"Referer": referrer} if referrer else {})}
        return client.post("/api/v1/claims", headers=headers, json={}, base_url="https://localhost").status_code

    assert (send("https://localhost/p"), send("https://evil.example/"), send(None)) == (422, 403, 403)


def test_given_no_change_when_answered_then_no_cookie_is_set_and_caches_hear_of_it(world):
    cookie, _ = cookie_and_token(world, "ann")

    answer = ask(world, cookie)

    assert "Set-Cookie" not in answer.headers
    assert "Cookie" in answer.headers["Vary"]


def test_given_a_role_when_json_is_answered_then_it_is_the_words_of_it(world):
    with world.test_request_context():
        assert world.json.response({"role": Role.WORKER}).get_json() == {"role": "worker"}
