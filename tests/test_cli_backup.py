"""`dabiao backup` and `dabiao restore`: what was kept comes back whole into an empty site, or not at all."""

import json
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from app import clock
from app.chain.actions_seal import seal
from app.chain.actions_verify import verify
from app.chain.rules_telling import told
from app.checks.models import Check
from app.cli_backup import backup, restore
from app.db import db
from app.operations.rules_backup import DATABASE_FILES, MANIFEST, PLACES
from app.photos.models import Photo, Picture
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.databases import let_go, make_app, nothing
from tests.support.history import raw, unguarded
from tests.support.records import ID, LITTLE, record, upload
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables

NOW = make.NOW


@pytest.fixture
def site(app):
    """A site with one check that carries a photo."""
    with app.app_context():
        make.small_world(step_document("S01", "photo", **LITTLE))
        upload(app)
        record(app, make.submission(answers=[make.answer(photos=[PHOTO])]))
    return app


def run(app, command, *given):
    return app.test_cli_runner().invoke(command, [str(each) for each in given])


def taken(app, folder, *options, at=NOW):
    with clock.at(at):
        done = run(app, backup, folder, *options)
    assert done.exit_code == 0, done.output
    return next(each for each in sorted(folder.iterdir(), reverse=True) if (each / MANIFEST).exists())


@pytest.fixture
def elsewhere(database, templates, tmp_path):
    """An empty site of the same kind."""
    with templates.copy(database, "bare", nothing, tmp_path / "elsewhere") as url:
        other = make_app(url, tmp_path / "elsewhere")
        yield other
        let_go(other)


def test_given_a_backup_when_it_is_restored_elsewhere_then_every_row_and_photo_is_there(site, elsewhere, tmp_path):
    with site.app_context():
        before = tables()
    kept = taken(site, tmp_path / "backups")

    done = run(elsewhere, restore, kept)

    assert done.exit_code == 0, done.output
    assert "1 photos" in done.output
    assert "history: 0 entries" in done.output
    with elsewhere.app_context():
        assert tables() == before
        place = rows_of(Picture)[0].place
        photo, body = elsewhere.extensions["photo_store"].read(place)
        assert (photo.id, len(body)) == (PHOTO, photo.size)


def restored_over(site, elsewhere, kept):
    """The backup into a database of its own, beside the key and head of the site that it was taken from."""
    here, there = (each.extensions["settings"].instance for each in (site, elsewhere))
    for name in ("chain-key", "chain-head"):
        (there / name).write_bytes((here / name).read_bytes())
    return run(elsewhere, restore, kept)


def test_given_an_older_backup_when_restored_beside_the_head_then_the_missing_end_is_told(site, elsewhere, tmp_path):
    folder = site.extensions["settings"].instance
    with site.app_context():
        seal(folder, NOW)
    kept = taken(site, tmp_path / "backups")
    with site.app_context():
        upload(site, PHOTO[:-1] + "9", seed=9)
        later = make.submission(
            "00000000-0000-4000-8000-000000000009", answers=[make.answer(photos=[PHOTO[:-1] + "9"])]
        )
        record(site, later, received=NOW + timedelta(minutes=1))
        seal(folder, NOW + timedelta(minutes=2))

    done = restored_over(site, elsewhere, kept)

    assert done.exit_code == 0, done.output
    assert "history: tail:" in done.output and "phones offer their receipts" in done.output
    with elsewhere.app_context():
        assert seal(elsewhere.extensions["settings"].instance, NOW + timedelta(minutes=3)) >= 1
        assert "gap: entry" in "\n".join(told(verify(elsewhere.extensions["settings"].instance)))


def test_given_a_tampered_backup_when_restored_then_the_record_is_named_and_the_exit_is_one(site, elsewhere, tmp_path):
    with site.app_context():
        seal(site.extensions["settings"].instance, NOW)
        with unguarded():
            raw("UPDATE checks SET note = 'x'")
    kept = taken(site, tmp_path / "backups")

    done = restored_over(site, elsewhere, kept)

    assert done.exit_code == 1
    assert f"changed: entry 1 checks {ID}" in done.output or f"checks {ID}" in done.output


def test_given_no_key_and_no_head_when_restored_then_the_operator_is_told_what_cannot_be_known(
    site, elsewhere, tmp_path
):
    with site.app_context():
        seal(site.extensions["settings"].instance, NOW)
    kept = taken(site, tmp_path / "backups")

    done = run(elsewhere, restore, kept)

    assert done.exit_code == 0, done.output
    assert "sealed with a key that is not here" in done.output
    assert "whether the copy is the newest is not known here" in done.output


def test_given_a_pool_when_a_second_run_is_made_then_only_new_photos_are_copied(site, tmp_path):
    folder = tmp_path / "backups"
    taken(site, folder)

    with clock.at(NOW + timedelta(hours=1)):
        done = run(site, backup, folder)

    assert "1 photos (0 new" in done.output
    assert len([each for each in folder.iterdir() if (each / MANIFEST).exists()]) == 2


def test_given_old_runs_when_one_is_made_with_keep_then_they_go_with_photos_that_no_run_names(site, tmp_path):
    folder = tmp_path / "backups"
    old = taken(site, folder)
    stray = folder / "photos" / "2026-01-01" / ID
    stray.parent.mkdir()
    stray.write_bytes(b"of a run that is gone")

    newest = taken(site, folder, "--keep", 7, at=NOW + timedelta(days=8))

    assert not old.exists()
    assert not stray.exists()
    named = (newest / PLACES).read_text().split()
    assert [(folder / "photos" / place).exists() for place in named] == [True]


def test_given_a_photo_that_the_disk_changed_when_a_backup_is_made_then_it_is_named_and_the_rest_is_kept(
    site, tmp_path
):
    with site.app_context():
        place = rows_of(Picture)[0].place
    file = tmp_path / "instance" / "photos" / place
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    with clock.at(NOW):
        done = run(site, backup, tmp_path / "backups")

    assert done.exit_code == 1
    assert place in done.output
    (kept,) = (tmp_path / "backups").glob(f"*/{MANIFEST}")
    assert json.loads(kept.read_text())["missing"] == [place]


def test_given_a_site_with_content_or_a_damaged_copy_when_restored_then_it_is_refused_and_nothing_changes(
    site, elsewhere, database, tmp_path
):
    kept = taken(site, tmp_path / "backups")
    with elsewhere.app_context():
        make.orgs()
        before = tables()

    full = run(elsewhere, restore, kept)
    file = kept / DATABASE_FILES[database]
    file.write_bytes(file.read_bytes()[:-1])
    damaged = run(elsewhere, restore, kept)
    (kept / MANIFEST).write_text(json.dumps({"format": 9}))
    strange = run(elsewhere, restore, kept)

    assert [each.exit_code for each in (full, damaged, strange)] == [1, 1, 1]
    assert "not empty" in full.output
    assert "damaged or changed" in damaged.output
    assert "no manifest of format 1" in strange.output
    with elsewhere.app_context():
        assert tables() == before


def test_given_a_photo_missing_from_the_pool_when_restored_then_the_database_stays_empty(site, elsewhere, tmp_path):
    kept = taken(site, tmp_path / "backups")
    (place,) = (kept / PLACES).read_text().split()
    (tmp_path / "backups" / "photos" / place).unlink()

    done = run(elsewhere, restore, kept)

    assert done.exit_code == 1
    assert place in done.output
    with elsewhere.app_context():
        assert rows_of(Check) == []


def test_given_writers_at_work_when_backups_are_made_then_each_names_only_photos_that_it_has(site, tmp_path):
    ended = threading.Event()

    def write():
        number = 100
        with site.app_context():
            while not ended.is_set():
                number += 1
                photo, check = (f"{number:08d}-0000-4000-8000-00000000000{end}" for end in (1, 2))
                upload(site, photo, seed=number)
                body = make.submission(check, answers=[make.answer(photos=[photo])], window=None, profile="full")
                record(site, body)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        runs = [taken(site, tmp_path / "backups", at=NOW + timedelta(minutes=turn)) for turn in range(3)]
    finally:
        ended.set()
        writer.join()

    for kept in runs:
        manifest = json.loads((kept / MANIFEST).read_text())
        assert manifest["missing"] == []
        assert manifest["rows"]["checks"] == manifest["rows"]["photos"] == manifest["photos"]
        assert all((tmp_path / "backups/photos" / place).exists() for place in (kept / PLACES).read_text().split())
    with site.app_context():
        assert len(rows_of(Check)) == len(rows_of(Photo))


def test_given_keys_are_asked_for_when_a_backup_is_made_then_they_lie_in_it_for_the_owner_only(site, tmp_path):
    key = tmp_path / "instance" / "secret-key"
    key.write_text("k" * 48)

    without, with_keys = (
        taken(site, tmp_path / "backups", *given, at=NOW + timedelta(minutes=turn))
        for turn, given in enumerate(([], ["--with-keys"]))
    )

    assert not (without / "secret-key").exists()
    assert (with_keys / "secret-key").read_text() == "k" * 48
    assert (with_keys / "secret-key").stat().st_mode & 0o777 == 0o600


def test_given_a_damaged_sqlite_file_when_a_backup_is_made_then_it_says_so_and_leaves_no_run(site, database, tmp_path):
    if database != "sqlite":
        return
    path = tmp_path / "instance" / "test.sqlite3"
    with site.app_context():
        db.session.remove()
        db.engine.dispose()
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = link.execute("SELECT rootpage FROM sqlite_master WHERE name = 'checks'").fetchone()[0]
        size = link.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as handle:
        handle.seek((page - 1) * size)
        handle.write(b"\xff" * 200)

    with clock.at(NOW):
        done = run(site, backup, tmp_path / "backups")

    assert done.exit_code == 1
    assert not list((tmp_path / "backups").glob(f"*/{MANIFEST}"))
