"""A phone that speaks the protocol, and what the database then holds."""

import json

from app import clock
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.phones import cookie_and_token
from tests.support.pictures import jpeg
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables

ID = "00000000-0000-4000-8000-000000000001"
WISH = "00000000-0000-4000-8000-00000000000a"
NOW_HEADER = {"X-Phone-Time": make.NOW.isoformat()}
LITTLE = {"min_seconds": 1}
SIGNING_IN = ("sign_ins", "phone_calls", "buckets", "audit_events")
DUAL = step_document("S01", key=True, dual_sign=True, **LITTLE)


class Phone:
    """A signed-in person's phone: JSON calls with token and clock, at an instant of the test's choosing."""

    def __init__(self, app, person):
        self.app, self.client, self.at, self.person = app, app.test_client(), make.NOW, person
        cookie, self.token = cookie_and_token(app, person)
        self.client.set_cookie(*cookie.split("=", 1))

    def call(self, method, path, content=None, *, token=True, **headers):
        with clock.at(self.at):
            given = {"X-Phone-Time": self.at.isoformat()} | headers
            if token and method != "GET":
                given["X-CSRF-Token"] = self.token
            data = json.dumps(content) if content is not None else None
            return self.client.open(path, method=method, data=data, headers=given, content_type="application/json")

    def get(self, path, **headers):
        return self.call("GET", path, **headers)

    def post(self, path, content, **keys):
        return self.call("POST", path, content, **keys)

    def put_photo(self, photo=PHOTO, seed=1):
        headers = {"X-CSRF-Token": self.token, "X-Person": self.person, **NOW_HEADER}
        with clock.at(self.at):
            path = f"/api/v1/photos/{photo}"
            return self.client.put(path, data=jpeg(seed=seed), content_type="image/jpeg", headers=headers)


def world(app, *steps):
    with app.app_context():
        make.small_world(*steps)


def kept(app, table):
    with app.app_context():
        return rows_of(table)


def counted(app):
    with app.app_context():
        return {name: count for name, count in tables().items() if name not in SIGNING_IN}


def claim_body(**changed):
    return {
        "id": WISH,
        "code": make.CODE,
        "standard": "JGSW05003.01-2026",
        "window": "2026-11-23/A/A2",
        "takeover_reason": None,
    } | changed
