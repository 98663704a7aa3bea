"""Foreign Host and Origin headers, and changes without a token."""

import pytest

from tests.attacks.world import address, client_of

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FOREIGN_HOSTS = ["evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example", "", "<b>",
                 "localhost:0x50", "localhost:99999", "x" * 5000, "127.0.0.1, evil.example"]  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ["/login", "/", "/api/v1/session", "/nowhere"])
def test_given_a_foreign_host_when_asked_then_a_sentence_names_the_right_address(client, host, path):
    answer = client.get(path, environ_overrides={"HTTP_HOST": host})

    assert answer.status_code == 400
    assert "http://localhost" in answer.get_data(as_text=True)
    assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:8000"])
def test_given_an_own_host_in_the_capitals_of_a_label_when_asked_then_it_answers(client, host):
    health = client.get("/healthz", environ_overrides={"HTTP_HOST": host})
    page = client.get("/login", environ_overrides={"HTTP_HOST": host})

    assert (health.status_code, page.status_code) == (200, 200)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost", "http://localhost:81", ""])
def test_given_a_foreign_origin_and_a_right_token_when_changing_then_refused(world, origin):
    client, headers = client_of(world, "worker")

    answer = client.post("/preferences", data={"locale": "en"}, headers={**headers, "Origin": origin})

    assert answer.status_code == 403
    assert "en" not in str(client.get("/me").headers.get("Content-Language"))


def test_given_the_own_origin_when_changing_then_it_is_done(world):
    client, headers = client_of(world, "worker")

    answer = client.post("/preferences", data={"locale": "en"}, headers={**headers, "Origin": "http://localhost"})

    assert answer.status_code == 303


def test_given_a_foreign_form_when_sent_to_the_door_of_a_check_then_no_fresh_token_is_given(world):
    client, _headers = client_of(world, "worker")

    answer = client.post(address("/p/<code>"), data={"note": "x"}, headers={"Origin": "http://evil.example"})

    assert answer.status_code == 403
    assert "csrf_token" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("token", [None, "", "x", "ImEi.aaaa.bbbb"])
def test_given_no_token_or_a_made_up_one_when_changing_anything_then_refused(world, token):
    client, _headers = client_of(world, "admin")
    headers = {"X-CSRF-Token": token} if token is not None else {}
    rules = [rule for rule in world.url_map.iter_rules() if rule.methods & UNSAFE]

    answers = {
        (method, rule.rule): client.open(address(rule.rule), method=method, headers=headers)
        for rule in rules
        for method in rule.methods & UNSAFE
    }

    wrong = {route: answer.status_code for route, answer in answers.items() if answer.status_code not in (401, 403)}
    assert not wrong
    problems = [answer.json["type"] for (_m, path), answer in answers.items() if path.startswith("/api/")]
    assert set(problems) == {"/problems/csrf"}


def test_given_the_token_of_another_session_when_changing_then_refused(world):
    _other, foreign = client_of(world, "worker")
    client, _headers = client_of(world, "admin")

    answer = client.post("/preferences", data={"locale": "en"}, headers=foreign)

    assert answer.status_code == 403
