"""What the tests of vehicles share."""

import pytest

from tests.support import builders as make
from tests.support import vehicles as cars


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        cars.fleet()
    return app
