"""The world of the attacks: every role and a foreign twin of everything, at an hour when a window is open."""

import re

import pytest

from app import clock
from tests.authorisation.world import FOREIGN_CODE, OWN_CODE, THINGS, client_of, fill
from tests.support.builders import NOW

__all__ = ["FOREIGN_CODE", "OWN_CODE", "THINGS", "client_of"]


@pytest.fixture
def world(app):
    """The application with that content; the clock stands."""
    with clock.at(NOW):
        with app.app_context():
            fill(app)
        yield app


def address(rule: str, **given: str) -> str:
    """A rule of the application as an address: the own thing for each argument, or the one given."""
    for name, things in THINGS.items():
        for converter in ("", "int:", "uuid:"):
            rule = rule.replace(f"<{converter}{name}>", given.get(name, things[0]))
    # One of a few words: the first stands for all.
    return re.sub(r"<any\((\w+)[^)]*\):\w+>", r"\1", rule)
