"""From the first version to this one: what its own code left is there and is served, and phones go on."""

from uuid import uuid4

import pytest
from flask_migrate import upgrade

from app import clock
from app.chain.actions_seal import seal
from app.chain.actions_verify import verify
from app.db import db
from app.photos.models import Photo, Picture
from tests.support import builders, pictures
from tests.support.calls import Caller
from tests.support.databases import let_go, make_app
from tests.support.stored import rows_of, tables
from tests.support.upgrading import SITE, lay_out


@pytest.fixture
def upgraded(database, templates, tmp_path):
    """The site of the first version under the code of today, after `dabiao migrate`."""
    instance = tmp_path / "instance"
    instance.mkdir()
    url = templates.server.create("upgrade") if database == "postgresql" else f"sqlite:///{instance / 'site.sqlite3'}"
    lay_out(url, instance)
    app = make_app(url, instance)
    with app.app_context():
        upgrade()
        db.session.remove()
    yield app
    let_go(app)
    if database == "postgresql":
        templates.server.drop("upgrade")


def test_given_a_site_of_the_first_version_when_migrated_then_every_row_is_there_and_the_history_can_be_sealed(
    upgraded,
):
    with upgraded.app_context():
        found = tables()
        sealed = seal(upgraded.extensions["settings"].instance, clock.now(), whole=True)
        outcome = verify(upgraded.extensions["settings"].instance)

    assert {name: found[name] for name in SITE["tables"]} == {name: len(rows) for name, rows in SITE["tables"].items()}
    # An entry for each receipt covers its check, answers and photos.
    assert sealed >= len(SITE["tables"]["receipts"])
    assert outcome.ok, outcome.faults


def test_given_a_site_of_the_first_version_when_people_go_on_then_receipts_photos_and_new_checks_hold(upgraded):
    numbers = {row["check_id"]: row["number"] for row in SITE["tables"]["receipts"]}
    acknowledged, unsent = SITE["bodies"]["acknowledged"], SITE["bodies"]["unsent"]
    with clock.at(builders.NOW):
        phone = Caller(upgraded)

        again = phone("POST", "/api/v1/checks", json=acknowledged)
        late = phone("POST", "/api/v1/checks", json=unsent)
        photo = uuid4()
        put, new = phone.put(pictures.jpeg(seed=5), photo), phone.submit([photo])
        with upgraded.app_context():
            old = rows_of(Picture)[0].sha256
            assert len(rows_of(Photo)) == len(SITE["tables"]["photos"]) + 2
        served = [phone("GET", path).status_code for path in (f"/photos/{old}", f"/photos/{old}/thumb")]
        pages = [
            phone("GET", path).status_code
            for path in ("/", f"/p/{builders.CODE}", f"/checks/{acknowledged['id']}", "/me")
        ]

    assert (again.status_code, again.json["receipt"]["number"]) == (200, numbers[acknowledged["id"]])
    assert (late.status_code, put.status_code, new.status_code) == (201, 201, 201)
    assert served == [200, 200]
    assert pages == [200] * 4
