"""Heads read by one expression: never otherwise than gunicorn reads them, whatever comes."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import Response, create
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.serving_answers import Answer, environ_of, surroundings
from app.serving_heads import LONGEST_BYTES, PlainParser

PROXY, STRANGER = ("127.0.0.1", 4711), ("203.0.113.9", 4711)
SERVER = ("192.0.2.1", 8000)
PLAIN = b"POST /api/v1/checks?day=1%20a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\nX-Person: ann\r\n\r\nbodyG"
NAMES = [
    "Host", "host", "Content-Length", "Content-Type", "Cookie", "Connection", "Expect", "Transfer-Encoding", "Upgrade",
    "X-Forwarded-Proto", "X-Forwarded-Ssl", "X-Forwarded-Protocol", "X-Forwarded-For", "X_Person", "Script-Name",
    "SCRIPT_NAME", "Te", "Trailer", "Http2-Settings", "Accept", "X-Person", "", " Host", "Host ", "a(b",
]  # fmt: skip
VALUES = [
    "a.example", "4", "0", "-1", "4, 4", "²", "chunked", "gzip, chunked", "100-continue", "close", "Close ", "h2c",
    "on", "ssl", "keep-alive", "https", "http", "", " two  words\t", "\x00", "\x7f", "é", "a\rb", "a\nb",
]  # fmt: skip
METHODS = ["GET", "POST", "PUT", "HEAD", "get", "DELETE", "OPTIONS", "CONNECT", "G", "GET ", "PRI", "G(T"]
TARGETS = [
    "/", "/p/7K3F", "/a?b=c&d", "/a?b?c", "//other.example/a", "/%2e%2e/%e4", "/a#b", "*", "http://a.example/b", "/a b",
    "", "a.example:80", "/é", "/a;b", "/[", "/a\x00",
]  # fmt: skip
VERSIONS = ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.1 ", "http/1.1", "HTTP/11"]
ENDS = ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r\n ", "\r\n\r\n"]


def often(first, rest):
    """Mostly the first, so that whole heads are plain now and then."""
    return st.one_of(*[st.sampled_from(first)] * 4, st.sampled_from(rest))


def line(name, value, end):
    return f"{name}: {value}{end}"


def head(method, target, version, fields, end, body):
    return f"{method} {target} {version}\r\n{''.join(fields)}{end}{body}".encode("latin-1", "replace")


lines = st.builds(
    line, often(["Host", "Content-Length", "X-Person", "Accept"], NAMES), st.sampled_from(VALUES), often(["\r\n"], ENDS)
)
heads = st.builds(
    head,
    often(METHODS[:4], METHODS), often(TARGETS[:4], TARGETS), often(["HTTP/1.1"], VERSIONS),
    st.lists(lines, max_size=6), often(["\r\n"], ENDS), st.sampled_from(["", "body", "bodyGET / HTTP/1.1\r\n\r\n"]),
)  # fmt: skip


def pieces(data, cuts):
    """The bytes as they come, in several reads."""
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]


def told(parser):
    """All that a request says, or how it was refused."""
    try:
        req = next(parser)
    except Exception as refused:  # noqa: BLE001  what kind it is is what is compared
        return type(refused).__name__, None
    found = {name: getattr(req, name) for name in ("method", "uri", "path", "query", "fragment", "version", "headers")}
    found |= {"scheme": req.scheme, "closes": req.should_close(), "expects": req._expected_100_continue}
    try:
        found |= {"body": req.body.read(), "rest": parser.unreader.take_buffered()}
    except Exception as refused:  # noqa: BLE001
        found["body"] = type(refused).__name__
    return req, found


def both(data, client=PROXY, cuts=(), **limits):
    setting = Config()
    for name, value in limits.items():
        setting.set(name, value)
    return [told(parser(setting, iter(pieces(data, cuts)), client)) for parser in (PlainParser, RequestParser)]


@settings(max_examples=600, deadline=None)
@given(heads, st.sampled_from([PROXY, STRANGER]), st.lists(st.integers(0, 200), max_size=3))
@example(PLAIN, PROXY, [])
@example(b"GET / HTTP/1.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Ssl: on\r\n\r\n", PROXY, [])
@example(b"GET / HTTP/1.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Ssl: off\r\n\r\n", PROXY, [])
@example(b"PUT / HTTP/1.1\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\na", PROXY, [])
@example(b"PUT / HTTP/1.1\r\nContent-Length: 1\r\nExpect: more\r\n\r\na", PROXY, [])
@example(b"PUT / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", PROXY, [])
@example(b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nGET", PROXY, [])
@example(b"GET //other.example/a HTTP/1.1\r\nHost: a\r\n\r\n", PROXY, [])
@example(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", PROXY, [])
@example(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", PROXY, [])
def test_given_any_head_when_read_then_it_says_what_gunicorn_says(data, client, cuts):
    ours, theirs = both(data, client, cuts)

    assert ours[1] == theirs[1]
    if theirs[1] is None:
        assert ours[0] == theirs[0]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120), st.integers(0, len(PLAIN)), st.integers(0, 30))
def test_given_a_plain_head_with_anything_in_it_when_read_then_it_says_what_gunicorn_says(noise, at, instead_of):
    ours, theirs = both(PLAIN[:at] + noise + PLAIN[at + instead_of :])

    assert ours[1] == theirs[1]


def test_given_the_head_of_a_phone_when_read_then_it_is_read_here():
    (req, found), _ = both(PLAIN)

    assert req.is_plain
    assert (found["path"], found["query"], found["body"]) == ("/api/v1/checks", "day=1%20a", b"body")


@pytest.mark.parametrize(("client", "scheme"), [(PROXY, "https"), (STRANGER, "http")])
def test_given_a_scheme_in_front_when_told_by_a_stranger_then_it_is_not_believed(client, scheme):
    (req, _), _ = both(b"GET / HTTP/1.1\r\nX-Forwarded-Proto: https\r\n\r\n", client)

    assert (req.is_plain, req.scheme) == (True, scheme)


@pytest.mark.parametrize(
    "limits",
    [{"limit_request_line": number} for number in (0, 20)]
    + [{"limit_request_fields": 2}, {"limit_request_field_size": 10}],
)
def test_given_a_limit_of_the_settings_when_a_head_is_over_it_then_it_is_refused_as_by_gunicorn(limits):
    ours, theirs = both(PLAIN, **limits)

    assert (ours[1], isinstance(ours[0], str)) == (theirs[1], isinstance(theirs[0], str))


def test_given_a_head_longer_than_any_of_a_phone_when_read_then_gunicorn_reads_it():
    (req, found), (_, theirs) = both(PLAIN.replace(b"ann", b"a" * LONGEST_BYTES))

    assert not req.is_plain
    assert found == theirs


@settings(max_examples=300, deadline=None)
@given(heads, st.sampled_from([PROXY, STRANGER]))
@example(PLAIN, PROXY)
@example(b"GET /%E4%BD%A0?x HTTP/1.1\r\nContent-Type: a/b\r\nHost: a:80\r\n\r\n", PROXY)
def test_given_a_plain_head_when_the_program_is_told_then_its_environment_is_that_of_gunicorn(data, client):
    setting = Config()
    req, _ = told(PlainParser(setting, iter([data]), client))
    if not getattr(req, "is_plain", False):
        return

    ours = environ_of(surroundings(setting), req, None, client, SERVER)
    _, theirs = create(req, None, client, SERVER, setting)

    kept = ours.pop("wsgi.errors"), theirs.pop("wsgi.errors"), theirs.pop("wsgi.early_hints")
    assert all(kept)
    assert ours == theirs | {"wsgi.multithread": True}


FIELDS = st.tuples(
    st.sampled_from(["Content-Length", "content-length", "X-A", "Connection", "Upgrade", "Date", "A b", "", 7]),
    st.sampled_from(["0", "5", "text", " text ", "close", "upgrade", "websocket", "é", "a\r\nb", "x", 7]),
)  # fmt: skip


class Line:
    """What would have left, with the time of day taken out."""

    def __init__(self):
        self.left = b""

    def sendall(self, data):
        self.left += data

    def text(self):
        return re.sub(rb"Date: [^\r]+", b"Date:", self.left)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([b"GET", b"HEAD"]), st.sampled_from(["200 OK", "204 No Content", "304 Not Modified", "500", "2xx"]),
    st.lists(FIELDS, max_size=5), st.booleans(), st.sampled_from([b"", b"hello", b"hello, world"]),
)  # fmt: skip
@example(b"GET", "200 OK", [("Content-Length", "5"), ("X-A", " text ")], False, b"hello")
@example(b"GET", "200 OK", [("X-A", "text")], False, b"hello")
def test_given_any_answer_when_sent_then_it_leaves_as_from_gunicorn(method, status, headers, closes, body):
    left = []
    for kind in (Answer, Response):
        asked = method + b" / HTTP/1.1\r\n" + b"Connection: close\r\n" * closes + b"\r\n"
        req, _ = told(PlainParser(Config(), iter([asked]), PROXY))
        out = Line()
        answer = kind(req, out, Config())
        try:
            answer.start_response(status, list(headers))
            answer.write(body)
            answer.close()
            left.append((out.text(), answer.should_close()))
        except Exception as refused:  # noqa: BLE001  what kind it is is what is compared
            left.append((type(refused), out.text()))

    assert left[0] == left[1]


def test_given_a_log_that_was_turned_over_when_the_program_writes_an_error_then_it_reaches_the_new_one(monkeypatch):
    said = []
    monkeypatch.setattr("sys.stderr", SimpleNamespace(write=said.append, flush=lambda: None))
    errors = surroundings(Config())["wsgi.errors"]
    monkeypatch.setattr("sys.stderr", SimpleNamespace(write=said.append, flush=lambda: said.append("flushed")))

    errors.write("something went wrong")

    assert said == ["something went wrong", "flushed"]
