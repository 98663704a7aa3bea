"""`dabiao doctor` on a real site: what is fine, what is wrong, and the exit code."""

import json

import pytest

from app.cli_doctor import doctor
from app.db import db
from app.photos.models import Picture
from tests.support import builders as make
from tests.support.records import upload
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables


@pytest.fixture
def look(app):
    def run(*given):
        done = app.test_cli_runner().invoke(doctor, ["--json", *given])
        found = {each["name"]: each for each in map(json.loads, done.output.splitlines())}
        return done.exit_code, found

    return run


def with_a_photo(app):
    from tests.support.answers import PHOTO
    from tests.support.records import LITTLE, record

    make.small_world(step_document("S01", "photo", **LITTLE))
    upload(app)
    record(app, make.submission(answers=[make.answer(photos=[PHOTO])]))


def test_given_a_fresh_site_when_looked_at_then_nothing_is_wrong_and_nothing_changes(app, look, database):
    with app.app_context():
        before = tables()

    code, found = look()

    assert code == 0
    assert found["schema"]["health"] == "ok"
    assert found["rows ahead"]["health"] == "look"
    assert ("backup" in found, "clock" in found) == (database == "postgresql",) * 2
    with app.app_context():
        assert tables() == before


def test_given_photos_when_one_is_changed_on_the_disk_then_it_is_named_and_the_exit_is_one(app, look, tmp_path):
    with app.app_context():
        with_a_photo(app)
        place = rows_of(Picture)[0].place
    fine = look()
    file = tmp_path / "instance" / "photos" / place
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    changed = look("--all-photos")
    file.unlink()
    gone = look()

    assert (fine[0], fine[1]["photos"]["said"]) == (0, "1 looked at, all there")
    assert [code for code, _ in (changed, gone)] == [1, 1]
    assert all(place in found["photos"]["said"] for _, found in (changed, gone))


def test_given_a_schema_that_is_behind_when_looked_at_then_it_says_what_to_run(app, look):
    with app.app_context(), db.engine.begin() as link:
        link.execute(db.text("UPDATE alembic_version SET version_num = '0001'"))

    code, found = look()

    assert code == 1
    assert "dabiao migrate" in found["schema"]["said"]
    assert "photos" not in found
