"""Request numbers and lines of the log: what they tell, and what they never tell."""

import json
import logging

import pytest

from app.web.logs import JsonLines
from app.web.requests import HEADER, request_number
from tests.support.databases import let_go, make_app, nothing


@pytest.fixture
def told(database, templates, tmp_path):
    """A site that logs in JSON behind one proxy, and the lines that it has written."""
    root, lines = logging.getLogger(), []
    before = (root.handlers, root.level)

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(JsonLines(request_number).format(record)))

    with templates.copy(database, "bare", nothing, tmp_path / "told") as url:
        app = make_app(url, tmp_path / "told", DABIAO_LOG="json", DABIAO_TRUSTED_PROXIES="1", DABIAO_SLOW_QUERY_MS="1")
        root.handlers = [Kept()]
        yield app, lines
        let_go(app)
    root.handlers, root.level = before


def test_given_any_answer_when_it_leaves_then_it_carries_a_number_of_its_own(client):
    numbers = {client.get(path).headers[HEADER] for path in ("/login", "/nowhere", "/login")}

    assert len(numbers) == 3
    assert all(len(number) == 16 for number in numbers)


def test_given_no_trusted_proxy_when_a_number_is_sent_then_it_is_not_believed(client):
    assert client.get("/login", headers={HEADER: "given-by-somebody"}).headers[HEADER] != "given-by-somebody"


def test_given_a_trusted_proxy_when_it_gives_a_number_then_it_is_kept_unless_it_is_odd(told):
    client = told[0].test_client()

    answers = [client.get("/login", headers={HEADER: each}).headers[HEADER] for each in ("front-1234", "a b", "x" * 65)]

    assert answers[0] == "front-1234"
    assert all(len(each) == 16 for each in answers[1:])


def test_given_json_lines_when_addresses_hold_secrets_then_no_line_holds_them(told):
    app, lines = told
    client = app.test_client()

    for path in ("/b/SECRETSECRET", "/f/SECRETSECRET", "/login?next=/b/SECRETSECRET", "/p/9H83JHK10S"):
        client.get(path).close()

    asked = [line for line in lines if line["logger"] == "dabiao.requests"]
    assert [line["status"] for line in asked][-1] == 404
    assert asked[-1]["ids"] == {"code": "9H83JHK10S"}
    assert all({"at", "level", "request", "method", "rule", "ms", "from"} <= set(line) for line in asked)
    assert "SECRETSECRET" not in json.dumps(lines)


def test_given_a_fault_when_it_is_logged_then_line_and_page_carry_the_same_number(told):
    app, lines = told
    app.testing = False
    app.view_functions["accounts.sign_in"] = lambda: 1 / 0

    answer = app.test_client().get("/login")

    fault = next(line for line in lines if "exception" in line)
    assert answer.status_code == 500
    assert answer.headers[HEADER] in answer.text
    assert fault["request"] == answer.headers[HEADER]
    assert "ZeroDivisionError" in fault["exception"]


def test_given_a_message_with_line_breaks_when_written_then_it_stays_one_line():
    record = logging.LogRecord("a", logging.WARNING, "", 1, "one\ntwo", None, None)

    assert "\n" not in JsonLines(lambda: "").format(record)
