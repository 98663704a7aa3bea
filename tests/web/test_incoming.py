"""A request: what is read straight from its environment is what the library would have found."""

import io

import pytest
from flask import Request, request

from app.web.incoming import Asked


def test_given_cookies_when_asked_for_one_that_is_not_there_then_nothing_is_found_and_others_are(app):
    with app.test_request_context("/", headers={"Cookie": "one=1; two=a; two=b"}):
        cookies = request.cookies

        assert (cookies.get("one"), cookies.get("two"), cookies.get("three")) == ("1", "a", None)
        assert (cookies.get("three", "x"), cookies.get("one", type=int), cookies.get("two", 7, int)) == ("x", 1, 7)
        assert cookies.getlist("two") == ["a", "b"]


def test_given_the_same_cookies_twice_when_read_then_nobody_can_have_changed_them(app):
    for _ in range(2):
        with app.test_request_context("/", headers={"Cookie": "one=1"}):
            assert request.cookies.to_dict() == {"one": "1"}
            with pytest.raises(TypeError):
                request.cookies["one"] = "2"


def test_given_no_cookies_when_read_then_there_are_none(app):
    with app.test_request_context("/"):
        assert not request.cookies


@pytest.mark.parametrize("length", [None, "0", "17", " 17", "-1", "+1", "1_0", "²", "", "x", "1" * 30])
@pytest.mark.parametrize("coding", [None, "chunked", "identity"])
def test_given_any_length_of_a_body_when_told_then_it_is_read_as_by_the_library(length, coding):
    told = {"CONTENT_LENGTH": length, "HTTP_TRANSFER_ENCODING": coding}
    environ = {"wsgi.input": io.BytesIO(), "REQUEST_METHOD": "POST", "SERVER_NAME": "a", "SERVER_PORT": "80"}
    environ |= {"wsgi.url_scheme": "http"} | {name: value for name, value in told.items() if value is not None}

    assert Asked(dict(environ)).content_length == Request(dict(environ)).content_length


@pytest.mark.parametrize("kind", [None, "", "image/JPEG", " text/plain ", 'text/html; charset="utf-8"', ";", "a;b;c"])
def test_given_any_type_of_a_body_when_told_then_it_is_read_as_by_the_library(kind):
    environ = {"wsgi.input": io.BytesIO(), "REQUEST_METHOD": "POST", "SERVER_NAME": "a", "SERVER_PORT": "80"}
    environ |= {"wsgi.url_scheme": "http"} | ({} if kind is None else {"CONTENT_TYPE": kind})

    assert Asked(dict(environ)).mimetype == Request(dict(environ)).mimetype


def test_given_files_of_a_form_when_the_request_ends_then_they_are_closed(app):
    with app.test_request_context("/", method="POST", data={"photo": (io.BytesIO(b"a"), "a.jpg")}):
        kept = request.files["photo"]
        request.close()

        assert kept.stream.closed
