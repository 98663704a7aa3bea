"""The application object: what it leaves behind of a request."""

import gc
from weakref import ref

import pytest
from flask import Response, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.web.application import MOST_HOSTS, Answer


def test_given_a_request_when_it_was_answered_then_it_goes_at_once_and_waits_for_no_collector(app):
    seen = []
    app.before_request_funcs.setdefault(None, []).append(lambda: seen.append(ref(request._get_current_object())))
    gc.disable()
    try:
        body, status, headers = run_wsgi_app(app, EnvironBuilder(path="/login").get_environ())
        list(body)
        assert status.startswith("200")
        assert headers["Content-Security-Policy"]
        assert seen[0]() is None
    finally:
        gc.enable()


def asked(app, path: str, host: str, **more):
    """Status, and where a redirect leads."""
    builder = EnvironBuilder(path=path, base_url=f"http://{host}/", **more)
    body, status, headers = run_wsgi_app(app, builder.get_environ())
    list(body)
    return int(status[:3]), headers.get("Location")


def test_given_a_host_that_is_known_when_foreign_ones_ask_then_they_are_refused_each_time(app):
    ours = "localhost:8080"

    answers = [asked(app, "/login", host)[0] for host in (ours, "evil.example", ours, "evil.example", "localhost.evil")]

    assert answers == [200, 400, 200, 400, 400]


def test_given_a_host_that_is_known_when_asked_again_then_path_words_and_method_are_those_of_the_request(app):
    asked(app, "/login?next=/first", "localhost")

    assert asked(app, "/login", "localhost")[0] == 200
    assert asked(app, "/nowhere", "localhost")[0] == 404
    assert asked(app, "/login", "localhost", method="DELETE")[0] == 405
    assert asked(app, "/", "localhost")[0] in (302, 303)


def test_given_the_same_host_at_two_schemes_when_redirected_then_each_stays_with_its_own(app):
    with app.test_request_context("/", base_url="http://localhost/"):
        plain = request.host_url
    with app.test_request_context("/", base_url="https://localhost/"):
        secure = request.host_url
    with app.test_request_context("/", base_url="http://localhost/"):
        again = request.host_url

    assert (plain, secure, again) == ("http://localhost/", "https://localhost/", "http://localhost/")


def test_given_any_number_of_ports_when_they_ask_then_only_so_many_hosts_are_remembered(app):
    for port in range(1, MOST_HOSTS * 2):
        assert asked(app, "/login", f"127.0.0.1:{port}")[0] == 200

    assert len(app._hosts) == MOST_HOSTS


def test_given_cookies_when_asked_for_one_that_is_not_there_then_nothing_is_found_and_others_are(app):
    with app.test_request_context("/", headers={"Cookie": "one=1; two=a; two=b"}):
        cookies = request.cookies

        assert (cookies.get("one"), cookies.get("two"), cookies.get("three")) == ("1", "a", None)
        assert (cookies.get("three", "x"), cookies.get("one", type=int), cookies.get("two", 7, int)) == ("x", 1, 7)
        assert cookies.getlist("two") == ["a", "b"]


@pytest.mark.parametrize(
    ("status", "headers", "length"),
    [
        (200, {}, "4"), (201, {}, "4"), (200, {"Content-Location": "/ä"}, "4"), (404, {}, "4"),
        (204, {}, None), (304, {"Content-Type": "text/plain"}, None),
    ],
)  # fmt: skip
def test_given_an_answer_when_it_leaves_then_its_headers_are_those_that_the_library_would_send(status, headers, length):
    environ = EnvironBuilder(path="/").get_environ()
    ours, plain = Answer("text", status, headers), Response("text", status, headers)

    assert ours.get_wsgi_headers(environ).to_wsgi_list() == plain.get_wsgi_headers(environ).to_wsgi_list()
    assert ours.get_wsgi_headers(environ).get("Content-Length") == length


def test_given_an_answer_in_pieces_or_a_way_elsewhere_when_it_leaves_then_the_library_completes_it():
    environ = EnvironBuilder(path="/a", base_url="http://localhost/").get_environ()

    assert Answer(iter([b"a"])).get_wsgi_headers(environ).get("Content-Length") is None
    assert Answer([b"a", b"bc"]).get_wsgi_headers(environ).get("Content-Length") == "3"
    assert Answer("", 200, {"Location": "/ü"}).get_wsgi_headers(environ).get("Location") == "/%C3%BC"
