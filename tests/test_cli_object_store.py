"""A site whose photos lie in a bucket: what the doctor says, backup and return, the sweep, the own disk tidied."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from app.cli_backup import backup, restore
from app.cli_doctor import doctor
from app.cli_tick import tick
from app.operations.rules_backup import MANIFEST
from app.photos.actions_pictures import drain, sweep
from app.photos.actions_spool import carry, tidy
from app.photos.models import Picture
from app.refusals import Unavailable
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.databases import let_go, make_app, nothing
from tests.support.objects import settings, way_to
from tests.support.records import LITTLE, record, upload
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables

LONG_AGO_S = 3 * 24 * 3600
STRAY = "0b9f6c1e-1111-4222-8333-444455557777"


@pytest.fixture
def bucket_site(objects, database, templates, tmp_path):
    """Makes empty sites with a bucket each, closed at the end."""
    made = []

    def site(name, endpoint=objects.endpoint, **given):
        copy = templates.copy(database, "bare", nothing, tmp_path / name)
        app = make_app(copy.__enter__(), tmp_path / name, **settings(endpoint, objects.bucket()) | given)
        made.append((copy, app))
        return app

    yield site
    for copy, app in made:
        let_go(app)
        copy.__exit__(None, None, None)


def with_a_check(app):
    """One check with its photo, as phones send them; gives back where the photo is."""
    make.small_world(step_document("S01", "photo", **LITTLE))
    upload(app)
    record(app, make.submission(answers=[make.answer(photos=[PHOTO])]))
    drain(app.extensions["photo_store"], now=make.NOW, on_failed=print)
    return rows_of(Picture)[0].place


def run(app, command, *given):
    return app.test_cli_runner().invoke(command, [str(each) for each in given])


def looked(app):
    done = run(app, doctor, "--json")
    return {each["name"]: each for each in map(json.loads, done.output.splitlines())}


def aged(store):
    """All files on the own disk were touched three days ago."""
    then = datetime.now(UTC).timestamp() - LONG_AGO_S
    for path in store.spool.root.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_given_a_bucket_when_the_doctor_looks_then_it_says_what_is_right_and_what_waits(bucket_site):
    app = bucket_site("one")
    with app.app_context():
        with_a_check(app)
    fresh = looked(app)

    ticked = run(app, tick)

    found = looked(app)
    assert "spool: 2 carried" in ticked.output
    assert [fresh[name]["health"] for name in ("bucket", "spool", "photos")] == ["ok"] * 3
    assert (fresh["spool"]["said"][:1], found["spool"]["said"][:1]) == ("2", "0")
    with app.app_context():
        assert not list(app.extensions["photo_store"].remote.objects("doctor"))


def test_given_a_wrong_key_or_nobody_there_when_the_doctor_looks_then_a_sentence_says_what_to_do(bucket_site):
    wrong, nobody = bucket_site("wrong", DABIAO_S3_SECRET="no"), bucket_site("nobody", "http://127.0.0.1:9")

    said = [looked(app)["bucket"] for app in (wrong, nobody)]

    assert [each["health"] for each in said] == ["wrong", "wrong"]
    assert "look at DABIAO_S3_SECRET" in said[0]["said"]
    assert "nobody answers at the endpoint" in said[1]["said"]
    assert "photos" not in looked(wrong)


def test_given_photos_in_a_bucket_when_kept_and_brought_back_elsewhere_then_they_lie_in_the_other_bucket(
    bucket_site, tmp_path
):
    app, elsewhere = bucket_site("one"), bucket_site("two")
    with app.app_context():
        place = with_a_check(app)
        before = tables()
        store = app.extensions["photo_store"]
        carry(store)
        for path in [each for each in store.recent.root.rglob("*") if each.is_file()]:
            path.unlink()

    kept = run(app, backup, tmp_path / "backups")
    (folder,) = (each.parent for each in (tmp_path / "backups").glob(f"*/{MANIFEST}"))
    back = run(elsewhere, restore, folder)

    assert (kept.exit_code, back.exit_code) == (0, 0), kept.output + back.output
    with elsewhere.app_context():
        there = elsewhere.extensions["photo_store"]
        assert tables() == before
        assert there.spool.places() == []
        assert there.remote.get(place)
        assert there.stream_made(there.read(place)[0].sha256, "thumb.jpg")


def test_given_photos_with_and_without_a_record_when_swept_and_tidied_then_only_what_is_recorded_stays_in_the_bucket(
    bucket_site,
):
    app = bucket_site("one")
    later = datetime.now(UTC) + timedelta(days=3)
    with app.app_context():
        place = with_a_check(app)
        upload(app, STRAY, seed=7)
        store = app.extensions["photo_store"]
        carry(store)
        stray = store.find(STRAY, store.read(place)[0].day)
        aged(store)

        swept, gone = sweep(store, now=later), tidy(store, datetime.now(UTC))

        assert (swept, gone) == (1, 2)
        assert not [path for path in store.spool.root.rglob("*-*-*-*-*") if path.is_file()]
        assert store.read(place)[0].id == PHOTO
        with pytest.raises(Unavailable):
            store.read(stray.place)


def test_given_a_bucket_that_lost_a_recorded_photo_when_tidied_then_the_copy_waits_again(bucket_site):
    app = bucket_site("one")
    with app.app_context():
        place = with_a_check(app)
        store = app.extensions["photo_store"]
        carry(store)
        store.remote.delete(place)
        aged(store)

        gone = tidy(store, datetime.now(UTC))

        assert (gone, store.spool.places()) == (0, [place])
        assert carry(store).left == 0
        assert store.remote.get(place)


def test_given_the_bucket_away_when_tidied_then_no_copy_goes_and_what_no_record_names_goes(objects, bucket_site):
    with way_to(objects) as way:
        app = bucket_site("one", way.endpoint)
        with app.app_context():
            place = with_a_check(app)
            store = app.extensions["photo_store"]
            carry(store)
            upload(app, STRAY, seed=7)
            aged(store)
            way.state = "shut"

            gone, carried = tidy(store, datetime.now(UTC)), carry(store)

            assert (gone, carried.left) == (1, 0)
            assert store.recent.holds(place)


@pytest.mark.parametrize("recorded", [True, False])
def test_given_other_bytes_under_a_recorded_id_when_carried_then_the_record_decides(bucket_site, recorded):
    app = bucket_site("one")
    with app.app_context():
        store = app.extensions["photo_store"]
        place = with_a_check(app)
        right, wrong = store.read(place)[1], b'{"not": "this"}\nother'
        if recorded:
            store.remote.put_new(place, wrong)
            carry(store)
        else:
            carry(store)
            for near in (store.recent, store.waiting):
                (near.root / place).unlink(missing_ok=True)
            photo = rows_of(Picture)[0]
            foreign = store.remote.get(place).replace(photo.sha256.encode(), b"e" * 64)
            (store.waiting.root / place).write_bytes(foreign)
            carry(store)

        assert store.spool.places() == []
        assert store.remote.get(place).partition(b"\n")[2] == right
