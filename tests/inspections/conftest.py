"""The world of inspections at ten in the morning of a Monday, and a client a person."""

import pytest

from app import clock
from tests.support import inspecting
from tests.support.sitting import signed_in


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
        return signed_in(site, person_id, clock.now())

    return through
