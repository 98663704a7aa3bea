"""`dabiao move`: a site and its history from one kind of database into the other, proved by table, or nothing."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from app import clock
from app.accounts.models import Person
from app.audit.actions import note
from app.chain.actions_seal import seal
from app.cli_demo import load
from app.cli_move import move_site
from app.db import atomically, db, run
from app.photos.models import Photo, Picture
from app.schedule.models import Lease
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.databases import KINDS, let_go, make_app, nothing
from tests.support.objects import settings
from tests.support.records import LITTLE, record, upload
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables

OTHER = dict(zip(KINDS, reversed(KINDS), strict=True))
TOLD = re.compile(r"^(\w+): (\d+) rows, ([0-9a-f]{64})$", re.MULTILINE)


def walked(_app):
    """Content for a template: the demo compound with a day of its history."""
    load(1)


@pytest.fixture
def empty(templates, tmp_path):
    """Makes empty databases of a kind, gone at the end."""
    made = []

    def one(kind):
        copy = templates.copy(kind, "bare", nothing, tmp_path / f"target-{len(made)}")
        made.append(copy)
        return copy.__enter__()

    yield one
    for copy in made:
        copy.__exit__(None, None, None)


@contextmanager
def opened(url, instance, **given):
    app = make_app(url, instance, **given)
    yield app
    let_go(app)


def moved(app, *given):
    done = app.test_cli_runner().invoke(move_site, ["--to", *map(str, given)])
    return done.exit_code, done.output


def counted(app):
    with app.app_context():
        return tables()


@pytest.fixture
def site(app):
    """One check with its photo."""
    with app.app_context():
        make.small_world(step_document("S01", "photo", **LITTLE))
        upload(app)
        record(app, make.submission(answers=[make.answer(photos=[PHOTO])]))
    return app


@pytest.mark.slow
def test_given_the_demo_walk_when_moved_there_and_back_then_every_table_fits_the_chain_holds_and_work_goes_on(
    templates, empty, objects, tmp_path, monkeypatch
):
    instance, bucket = tmp_path / "instance", settings(objects.endpoint, objects.bucket())
    with templates.copy("sqlite", "walked", walked, instance) as url, opened(url, instance) as here:
        for name, value in bucket.items():
            monkeypatch.setenv(name, value)
        with here.app_context():
            seal(instance, clock.now(), whole=True)
        before, there, back = counted(here), empty("postgresql"), empty("sqlite")
        keys = {"DABIAO_S3_KEY": bucket["DABIAO_S3_KEY"], "DABIAO_S3_SECRET": bucket["DABIAO_S3_SECRET"]}

        with opened(url, instance, **keys) as keyed:
            first = moved(keyed, there, "--photos", bucket["DABIAO_PHOTO_STORE"])
        with opened(there, instance, **bucket) as other:
            second = moved(other, back)
            with other.app_context():
                store, places = other.extensions["photo_store"], [each.place for each in rows_of(Picture)]
                assert store.spool.places() == []
                assert all(store.remote.get(place) for place in places)
                atomically(lambda: note("rights.changed", by_id="adm-01"))

        assert (first[0], second[0]) == (0, 0), first[1][-500:] + second[1][-500:]
        assert f"{len(places)} photos moved" in first[1]
        assert re.search(r"history: [1-9]\d* entries, (nothing was changed|\d+ faults, the same as here)", first[1])
        assert TOLD.findall(first[1]) == TOLD.findall(second[1])
        assert {name: int(count) for name, count, _ in TOLD.findall(first[1])} == {
            name: count for name, count in before.items() if count
        }


def test_given_a_target_that_is_not_empty_or_is_this_site_when_moved_then_nothing_is_written(
    site, database, empty, tmp_path
):
    full, before = empty(OTHER[database]), counted(site)
    with opened(full, tmp_path / "full") as other, other.app_context():
        make.orgs()

    own = site.config["SQLALCHEMY_DATABASE_URI"]
    refused = [moved(site, full), moved(site, own), moved(site, "mysql://x"), moved(site, full, "--photos", "s3://x")]

    assert [code for code, _said in refused] == [1] * 4
    for words, (_code, said) in zip(
        ("not empty: organisations", "of this site itself", "takes sqlite", "must be set"), refused, strict=True
    ):
        assert words in said
    assert counted(site) == before


def test_given_a_server_at_work_when_moved_then_it_is_refused_until_its_timer_has_been_quiet(site, database, empty):
    target, done = empty(OTHER[database]), clock.now()
    with site.app_context():
        atomically(
            lambda: run(Lease.__table__.insert(), {"name": "chain", "holder": "", "until_at": done, "done_at": done})
        )

    with clock.at(done + timedelta(seconds=59)):
        busy = moved(site, target)
    with clock.at(done + timedelta(seconds=60)):
        quiet = moved(site, target)

    assert (busy[0], quiet[0]) == (1, 0), quiet[1]
    assert "a server is at work" in busy[1]


def test_given_a_row_that_the_target_does_not_take_when_moved_then_it_stays_empty_and_another_try_succeeds(
    site, database, empty, tmp_path
):
    if database != "sqlite":
        return
    target = empty("postgresql")
    with site.app_context():
        name = rows_of(Person)[0].name
        atomically(lambda: run(update(Person).where(Person.id == "ann").values(name="a\x00b")))

    failed = moved(site, target)

    assert failed[0] == 1
    assert "people: " in failed[1]
    with opened(target, tmp_path / "look") as other:
        assert set(counted(other).values()) <= {0, 1}
        assert counted(other)["organisations"] == 0
    with site.app_context():
        atomically(lambda: run(update(Person).where(Person.id == "ann").values(name=name)))
    assert moved(site, target)[0] == 0


def test_given_a_photo_that_is_gone_when_moved_with_its_photos_then_it_is_named_and_left_only_when_asked(
    site, database, empty, tmp_path
):
    target = empty(OTHER[database])
    with site.app_context():
        place = rows_of(Picture)[0].place
    (tmp_path / "instance" / "photos" / place).unlink()

    refused = moved(site, target, "--photos", tmp_path / "elsewhere")
    left = moved(site, target, "--photos", tmp_path / "elsewhere", "--leave-missing")

    assert (refused[0], left[0]) == (1, 0), left[1]
    assert place in refused[1]
    assert f"missing: {place}" in left[1]


def test_given_a_moved_site_when_people_go_on_there_then_numbers_and_guards_hold(site, database, empty, tmp_path):
    target = empty(OTHER[database])
    moved(site, target)

    with opened(target, tmp_path / "instance") as other, other.app_context():
        atomically(lambda: note("rights.changed", by_id="ann"))
        with pytest.raises(Exception, match="history"), db.engine.begin() as link:
            link.execute(update(Photo).values(person_id="eve"))
        body = make.submission("00000000-0000-4000-8000-000000000009", window=None, profile="full", answers=[])
        answers = [make.answer(photos=["11111111-1111-4111-8111-111111111112"])]
        upload(other, "11111111-1111-4111-8111-111111111112", seed=9)
        record(other, body | {"answers": answers})
        assert tables()["checks"] == 2
