"""Bodies of wrong shapes: JSON that is none, of wrong kinds, too deep, too long; wrong content types."""

import json

import pytest

from app import clock
from tests.support import builders
from tests.support.phones import cookie_and_token
from tests.support.stored import tables

CHECK = "00000000-0000-4000-8000-000000000001"
POSTS = ("checks", "claims", "signatures", f"checks/{CHECK}/signatures", f"checks/{CHECK}/photos")
BROKEN = [b"", b"null", b"[]", b"1", b'"x"', b"{", b'{"a":NaN}', b'{"a":1e999}', b'{"id":' + b"9" * 5000 + b"}",
          b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"[" * 20_000, b'{"a":' * 20_000, b'{"a":"\\ud800"}',
          b"{}" + b" " * 1_100_000]  # fmt: skip
KINDS = [None, True, [], {}, [[]], [None], [{}], "", "\0", "\u202e", 0, -1, 1e308, 2**64, ["\0"], {"a": {"b": []}},
         "9" * 20_000, "9999-12-31T23:59:59-23:59", "2026-11-21T08:00:60Z"]  # fmt: skip
STEP_KEYS = ("step", "result", "value", "inputs", "choice", "text", "note", "cause", "photos", "no_photo_reason",
             "fixed", "after_photos", "together", "known", "answered_at")  # fmt: skip
# A check may well be kept with these: other kinds of them are sentences, unknown facts have no effect.
HARMLESS = {200, 201}


@pytest.fixture
def phone(app):
    """Calls as Ann of the small world; the rows of all tables are counted by `stored`."""
    with clock.at(builders.NOW):
        with app.app_context():
            builders.small_world()
        cookie, token = cookie_and_token(app, "ann")
        client = app.test_client(use_cookies=False)

        def call(path, body, content_type="application/json", method="POST"):
            headers = {"Cookie": cookie, "X-CSRF-Token": token, "X-Phone-Time": builders.NOW.isoformat()}
            data = body if isinstance(body, bytes) else json.dumps(body)
            return client.open(path, method=method, data=data, headers=headers, content_type=content_type)

        yield call


def stored(app):
    with app.app_context():
        return tables()


def test_given_bodies_that_are_no_json_objects_when_sent_then_a_sentence_and_nothing_is_kept(app, phone):
    before = stored(app)

    answers = [phone(f"/api/v1/{path}", body) for path in POSTS for body in BROKEN]

    assert {answer.status_code for answer in answers} <= {400, 404, 413, 422}
    assert all(answer.json["detail"] for answer in answers)
    assert stored(app) == before


def test_given_fields_of_every_wrong_kind_when_a_check_is_sent_then_never_an_error_of_ours(app, phone):
    plain = builders.submission(CHECK)
    bodies = [{**plain, key: kind} for key in plain for kind in KINDS]
    bodies += [{**plain, "answers": [builders.answer(**{key: kind})]} for key in STEP_KEYS for kind in KINDS]

    answers = [phone("/api/v1/checks", body) for body in bodies]

    assert {answer.status_code for answer in answers} <= {*HARMLESS, 400, 403, 404, 409, 422}
    assert all(answer.json["detail"] for answer in answers if answer.status_code not in HARMLESS)


def test_given_fields_of_every_wrong_kind_when_anything_else_is_sent_then_nothing_is_kept(app, phone):
    plain = {"id": CHECK, "code": builders.CODE, "standard": "JGSW05003.01-2026", "check": CHECK, "person": "lea"}
    plain |= {"window": "2026-11-23/A/A2", "steps": ["S01"], "step": "S01", "photos": [CHECK], "pin": "0000"}
    kinds = [kind for kind in KINDS if not isinstance(kind, str)]
    before = stored(app)

    answers = [
        phone(f"/api/v1/{path}", {**plain, key: kind}) for path in POSTS[1:] for key in plain for kind in kinds[1:]
    ]

    assert {answer.status_code for answer in answers} <= {200, 201, 403, 404, 409, 422, 429}
    assert {name: stored(app)[name] for name in ("checks", "signatures")} == {
        name: before[name] for name in ("checks", "signatures")
    }


def test_given_a_key_twice_when_sent_then_the_record_is_the_one_that_the_server_keeps(app, phone):
    body = json.dumps(builders.submission(CHECK))[:-1].encode() + b', "person": "bob"}'

    answer = phone("/api/v1/checks", body)

    assert (answer.status_code, answer.json["type"]) == (403, "/problems/other-person")


def test_given_wrong_content_types_when_sent_then_never_an_error_of_ours(phone):
    kinds = ["text/plain", "multipart/form-data", "multipart/form-data; boundary=", "image/png", "\xff"]
    addresses = ["/api/v1/checks", f"/p/{builders.CODE}", "/preferences", "/login"]

    answers = [phone(path, b'{"a": 1}', kind) for path in addresses for kind in kinds]
    answers += [phone(f"/api/v1/photos/{CHECK}", b"{}", kind, "PUT") for kind in kinds]

    assert {answer.status_code for answer in answers} <= {303, 400, 415, 422}
