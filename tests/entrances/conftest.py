"""A house to sign in through, and an application that declares it."""

import pytest

from app.db import db
from tests.support import builders, identity
from tests.support.databases import make_app, nothing


@pytest.fixture
def house():
    with identity.house() as made:
        yield made


@pytest.fixture
def make(database, templates, tmp_path):
    """An application with these houses declared."""
    made = []

    def built(*houses, **settings):
        path = identity.declare(tmp_path / "instance" / "sign-in.json", list(houses))
        app = make_app(url, tmp_path / "instance", DABIAO_SIGN_IN=path, **settings)
        with app.app_context():
            builders.small_world()
            for person_id, role in (("adm", "admin"), ("adm-2", "admin"), ("aud", "auditor")):
                builders.person(person_id, role, "bureau")
        made.append(app)
        return app

    with templates.copy(database, "bare", nothing, tmp_path / "instance") as url:
        yield built
        for app in made:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
