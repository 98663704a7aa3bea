"""Answers packed for the line: long ones as the phone can take them, short ones as they are."""

import pytest
from flask import Flask, Response

from app.web.packing import SHORT_BYTES, Packing


@pytest.fixture
def client():
    app = Flask(__name__)
    app.config |= {"COMPRESS_ALGORITHM": ["br", "gzip"], "COMPRESS_MIN_SIZE": SHORT_BYTES}
    Packing(app)

    @app.get("/<int:length>")
    def page(length):
        return Response("a" * length, mimetype="text/html")

    @app.get("/pieces")
    def pieces():
        return Response(iter(["a" * 400, "a" * 400]), mimetype="text/html")

    return app.test_client()


@pytest.mark.parametrize("length", [0, 1, SHORT_BYTES - 1])
def test_given_a_short_answer_when_a_phone_could_unpack_it_then_it_leaves_as_it_is(client, length):
    answer = client.get(f"/{length}", headers={"Accept-Encoding": "br"})

    assert (answer.headers.get("Content-Encoding"), answer.headers.get("Vary")) == (None, None)
    assert answer.get_data() == b"a" * length


@pytest.mark.parametrize(("takes", "packed"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_given_a_long_answer_when_it_leaves_then_it_is_packed_as_the_phone_takes_it_and_caches_are_told(
    client, takes, packed
):
    answer = client.get(f"/{SHORT_BYTES}", headers={"Accept-Encoding": takes})

    assert (answer.headers.get("Content-Encoding"), answer.headers["Vary"]) == (packed, "Accept-Encoding")
    assert (len(answer.get_data()) < SHORT_BYTES) is bool(packed)


def test_given_an_answer_in_pieces_when_it_leaves_then_the_library_decides(client):
    assert client.get("/pieces", headers={"Accept-Encoding": "br"}).headers["Vary"] == "Accept-Encoding"
