"""A phone's calls in the process of the test, without a socket: the API as Ann of the small world."""

from contextlib import contextmanager
from uuid import uuid4

from app import clock
from app.db import db
from tests.support import builders
from tests.support.databases import make_app
from tests.support.phones import cookie_and_token
from tests.support.standards import step_document


def photo_step(_app):
    """Content for a template: the small world whose one step asks for a photo."""
    builders.small_world(step_document("S01", "photo", photo_min=1))


class Caller:
    """Calls with the session, the token and the headers of a phone."""

    def __init__(self, app, person="ann"):
        self.app, self.person = app, person
        self.cookie, self.token = cookie_and_token(app, person)
        self.client = app.test_client(use_cookies=False)

    def __call__(self, method, path, **content):
        headers = {
            "Cookie": self.cookie,
            "X-CSRF-Token": self.token,
            "X-Person": self.person,
            "X-Phone-Time": clock.now().isoformat(),
        }
        return self.client.open(path, method=method, headers=headers, **content)

    def put(self, content, photo_id=None):
        return self("PUT", f"/api/v1/photos/{photo_id or uuid4()}", data=content, content_type="image/jpeg")

    def submit(self, photo_ids, check_id=None):
        answers = [builders.answer("S01", photos=list(map(str, photo_ids)))]
        return self("POST", "/api/v1/checks", json=builders.submission(str(check_id or uuid4()), answers=answers))


@contextmanager
def calling(url, instance, at=builders.NOW):
    """A caller on this database, with the clock held inside the open window."""
    app = make_app(url, instance)
    with clock.at(at):
        yield Caller(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def calling_photo_step(kind, templates, folder):
    """A caller on a database of its own with the small world whose one step asks for a photo."""
    with templates.copy(kind, "photo_step", photo_step, folder) as url, calling(url, folder) as caller:
        yield caller
