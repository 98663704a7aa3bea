"""The world of inspections at ten in the morning of a Monday, and a client a person."""

import itertools

import pytest

from app import clock
from app.accounts.models import SignIn
from app.accounts.queries import token_key
from tests.support import inspecting
from tests.support.builders import kept

numbers = itertools.count(1)


@pytest.fixture
def site(app):
    """The small world with inspectors."""
    with app.app_context(), clock.at(inspecting.NOW):
        inspecting.world()
    return app


@pytest.fixture(autouse=True)
def ten_in_the_morning():
    with clock.at(inspecting.NOW):
        yield


@pytest.fixture
def at_work(site):
    """`at_work("ina")` gives a client that is signed in."""

    def through(person_id):
        with site.app_context():
            at, token = clock.now(), f"{person_id}-{next(numbers)}"
            kept(SignIn, id=token_key(token), person_id=person_id, started_at=at, seen_at=at)
        client = site.test_client()
        with client.session_transaction() as opened:
            opened.update({"_user_id": token, "_fresh": True, "seen": 4_000_000_000})
        return client

    return through
