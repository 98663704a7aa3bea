"""Foreign Host and Origin headers, and changes without a token."""

from tests.attacks.world import address, client_of

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FOREIGN_HOSTS = ["evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example", "", "<b>",
                 "localhost:0x50", "localhost:99999", "x" * 5000, "127.0.0.1, evil.example"]  # fmt: skip


def test_given_a_foreign_host_when_asked_then_a_sentence_names_the_right_address(client):
    paths = ["/login", "/", "/api/v1/session", "/nowhere"]

    answers = [client.get(path, environ_overrides={"HTTP_HOST": host}) for host in FOREIGN_HOSTS for path in paths]

    assert {answer.status_code for answer in answers} == {400}
    assert all("http://localhost" in answer.get_data(as_text=True) for answer in answers)
    assert not any("evil" in answer.get_data(as_text=True) for answer in answers)


def test_given_an_own_host_also_in_the_capitals_of_a_label_when_asked_then_it_answers(client):
    hosts = ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:8000"]

    answers = [
        client.get(path, environ_overrides={"HTTP_HOST": host}) for host in hosts for path in ("/healthz", "/login")
    ]

    assert {answer.status_code for answer in answers} == {200}


def test_given_a_foreign_origin_and_a_right_token_when_changing_then_refused(world):
    client, headers = client_of(world, "worker")
    origins = ["http://evil.example", "null", "https://localhost", "http://localhost:81", ""]

    answers = [
        client.post("/preferences", data={"locale": "en"}, headers={**headers, "Origin": origin}) for origin in origins
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert 'lang="zh-CN"' in client.get("/me").get_data(as_text=True)


def test_given_the_own_origin_when_changing_then_it_is_done(world):
    client, headers = client_of(world, "worker")

    answer = client.post("/preferences", data={"locale": "en"}, headers={**headers, "Origin": "http://localhost"})

    assert answer.status_code == 303


def test_given_a_foreign_form_when_sent_to_the_door_of_a_check_then_no_fresh_token_is_given(world):
    client, _headers = client_of(world, "worker")

    answer = client.post(address("/p/<code>"), data={"note": "x"}, headers={"Origin": "http://evil.example"})

    assert answer.status_code == 403
    assert "csrf_token" not in answer.get_data(as_text=True)


def test_given_no_token_or_a_made_up_one_when_changing_anything_then_refused(world):
    client, _headers = client_of(world, "admin")
    rules = [rule for rule in world.url_map.iter_rules() if rule.methods & UNSAFE]

    answers = {
        (method, rule.rule, token): client.open(address(rule.rule), method=method, headers=token)
        for rule in rules
        for method in rule.methods & UNSAFE
        for token in ((), (("X-CSRF-Token", "ImEi.aaaa.bbbb"),))
    }

    wrong = {route: answer.status_code for route, answer in answers.items() if answer.status_code not in (401, 403)}
    problems = {answer.json["type"] for (_, path, _), answer in answers.items() if path.startswith("/api/")}
    assert (wrong, problems) == ({}, {"/problems/csrf"})


def test_given_the_token_of_another_session_when_changing_then_refused(world):
    _other, foreign = client_of(world, "worker")
    client, _headers = client_of(world, "admin")

    answer = client.post("/preferences", data={"locale": "en"}, headers=foreign)

    assert answer.status_code == 403
