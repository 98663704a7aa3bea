"""An answer as it leaves: as the library would send it."""

import pytest
from flask import Response
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.web.outgoing import Answer


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


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "made",
    [
        lambda kind: kind("text"), lambda kind: kind(b"text", 201), lambda kind: kind("text", 404),
        lambda kind: kind(["a", "b"]), lambda kind: kind(["a"]), lambda kind: kind(iter([b"a"])), lambda kind: kind(),
        lambda kind: kind(""), lambda kind: kind("", 204), lambda kind: kind("text", 200, {"Location": "/a"}),
        lambda kind: kind("text", 200, {"X-A": "1", "x-a": "2"}),
    ],
)  # fmt: skip
def test_given_any_answer_when_it_leaves_then_it_is_what_the_library_would_send(made, method):
    environ = EnvironBuilder(path="/", method=method).get_environ()
    (ours, *our_rest), (plain, *plain_rest) = (run_wsgi_app(made(kind), dict(environ)) for kind in (Answer, Response))

    assert our_rest == plain_rest
    assert b"".join(ours) == b"".join(plain)


def test_given_something_to_be_done_when_an_answer_was_sent_then_it_is_done():
    ended = []
    answer = Answer("text")
    answer.call_on_close(lambda: ended.append("done"))

    body, _, _ = run_wsgi_app(answer, EnvironBuilder().get_environ())
    list(body)
    body.close()

    assert ended == ["done"]
