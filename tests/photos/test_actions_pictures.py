"""The picture queue and the sweep: each picture once, however many workers; nothing with a row is ever swept."""

import os
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from app import clock
from app.db import atomically, db, run
from app.photos import actions_pictures
from app.photos.actions import keep, staged, sync
from app.photos.models import Photo, Picture
from app.photos.queries import MAX_TRIES, TRY_AGAIN_AFTER
from app.photos.rules import Part, PhotoOwner, PhotoUse, Upload
from app.photos.writes import rows_for_check
from app.refusals import Unavailable
from tests.support import pictures


def today(app):
    return clock.today(app.extensions["settings"].zone)


def kept(app, content, person="ann"):
    upload = Upload(str(uuid4()), content, person)
    photo, _new = keep(app.extensions["photo_store"], upload, max_bytes=10**7, now=clock.now(), day=today(app))
    return photo


def submitted(app, *photos, check_id=None):
    owner = PhotoOwner(check_id or str(uuid4()), "ann", "p1", "JGSW05003.01", "clean", "care")
    uses = [PhotoUse(photo, Part.EVIDENCE, "S01") for photo in photos]

    def work():
        rows_for_check(uses, owner, at=clock.now())
        sync(app.extensions["photo_store"], photos)

    atomically(work)


def drained(app, now=None, failed=None):
    told = (lambda _failed: None) if failed is None else failed.append
    return actions_pictures.drain(app.extensions["photo_store"], now=now or clock.now(), on_failed=told, limit=3)


def states(app):
    found = dict(db.session.execute(select(Picture.state, func.count()).group_by(Picture.state)).all())
    db.session.rollback()
    return found


def grow_old(app, hours):
    then = datetime.now(UTC).timestamp() - hours * 3600
    for path in app.extensions["photo_store"].root.rglob("*-*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_given_waiting_pictures_when_drained_then_the_oldest_go_first_and_all_become_ready(inside):
    photos = [kept(inside, pictures.jpeg(seed=seed)) for seed in range(5)]
    submitted(inside, *photos)

    rounds = [drained(inside) for _ in range(3)]

    assert rounds == [3, 2, 0]
    assert states(inside) == {"ready": 5}


def test_given_two_workers_at_once_when_drained_then_each_picture_is_made_once(inside, monkeypatch):
    submitted(inside, *[kept(inside, pictures.jpeg(seed=seed)) for seed in range(12)])
    made, counted, start = [], actions_pictures.make, threading.Barrier(2)
    monkeypatch.setattr(actions_pictures, "make", lambda *args, **options: made.append(1) or counted(*args, **options))

    def work():
        start.wait()
        with inside.app_context():
            while drained(inside):
                pass
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert states(inside) == {"ready": 12}
    assert len(made) == 12


def test_given_a_worker_that_died_when_time_has_passed_then_its_picture_is_taken_again(inside):
    submitted(inside, kept(inside, pictures.jpeg()))
    atomically(lambda: actions_pictures._take(clock.now(), 1))

    at_once = drained(inside)
    later = drained(inside, clock.now() + TRY_AGAIN_AFTER + timedelta(seconds=1))

    assert (at_once, later, states(inside)) == (0, 1, {"ready": 1})


def test_given_a_clock_that_was_ahead_for_a_moment_when_it_is_put_back_then_what_was_begun_then_is_taken_again(inside):
    submitted(inside, kept(inside, pictures.jpeg()))
    atomically(lambda: actions_pictures._take(clock.now() + timedelta(days=1), 1))

    assert (drained(inside), states(inside)) == (1, {"ready": 1})


def test_given_a_picture_that_ends_its_process_each_time_then_it_fails_without_another_try(inside, monkeypatch):
    photo, failed = kept(inside, pictures.jpeg()), []
    submitted(inside, photo, check_id="c-1")
    atomically(lambda: run(update(Picture).values(tries=MAX_TRIES)))
    monkeypatch.setattr(actions_pictures, "make", None)

    drained(inside, failed=failed)

    assert states(inside) == {"failed": 1}
    assert list(failed[0].uses) == [(photo.id, "c-1", "S01")]


def test_given_bytes_that_changed_on_the_disk_when_drained_then_the_picture_fails(inside):
    photo, failed = kept(inside, pictures.jpeg()), []
    submitted(inside, photo)
    path = inside.extensions["photo_store"].root / photo.place
    path.write_bytes(path.read_bytes()[:-3] + b"abc")

    drained(inside, failed=failed)

    assert len(failed) == 1
    assert states(inside) == {"failed": 1}


def test_given_a_store_that_is_away_when_drained_then_the_picture_waits_and_no_try_counts(inside):
    photo = kept(inside, pictures.jpeg())
    submitted(inside, photo)
    path = inside.extensions["photo_store"].root / photo.place
    path.rename(path.with_suffix(".away"))

    for minute in range(0, 20, 4):
        drained(inside, clock.now() + timedelta(minutes=minute))
    path.with_suffix(".away").rename(path)

    assert drained(inside, clock.now() + timedelta(minutes=24)) == 1
    assert states(inside) == {"ready": 1}


def test_given_the_failed_mark_when_the_deed_for_it_raises_then_neither_is_kept(inside):
    submitted(inside, kept(inside, pictures.png_of_header(500, 500)))

    def broken(_failed):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        actions_pictures.drain(inside.extensions["photo_store"], now=clock.now(), on_failed=broken)

    assert states(inside) == {"queued": 1}


def test_given_staged_and_owned_files_when_a_day_has_passed_then_only_the_staged_are_swept(inside):
    owned, loose = kept(inside, pictures.jpeg(seed=1)), kept(inside, pictures.jpeg(seed=2))
    submitted(inside, owned)
    store = inside.extensions["photo_store"]
    fresh = actions_pictures.sweep(store, now=clock.now())
    grow_old(inside, hours=25)

    removed = actions_pictures.sweep(store, now=clock.now())

    assert (fresh, removed) == (0, 1)
    assert store.find(owned.id, today(inside)) == owned
    assert store.find(loose.id, today(inside)) is None


def test_given_a_staged_file_of_yesterday_when_a_submission_looks_at_it_then_the_sweep_spares_it(inside):
    photo = kept(inside, pictures.jpeg())
    grow_old(inside, hours=25)
    store = inside.extensions["photo_store"]

    found = staged(store, [photo.id], person_id="ann", day=today(inside))
    removed = actions_pictures.sweep(store, now=clock.now())

    assert (list(found), removed) == ([photo.id], 0)


def test_given_uploads_of_others_and_of_another_kind_when_asked_for_then_they_are_missing(inside):
    own, foreign = kept(inside, pictures.jpeg()), kept(inside, pictures.jpeg(), person="bob")
    store, day = inside.extensions["photo_store"], today(inside)

    found = staged(store, [own.id, foreign.id, str(uuid4())], person_id="ann", day=day)
    memos = staged(store, [own.id], person_id="ann", day=day, pictures=False)

    assert (list(found), memos) == ([own.id], {})


def test_given_a_submission_that_rolls_back_when_looked_at_then_no_row_is_left(inside):
    photo = kept(inside, pictures.jpeg())
    (inside.extensions["photo_store"].root / photo.place).unlink()

    with pytest.raises(Unavailable):
        submitted(inside, photo)

    assert db.session.execute(select(func.count()).select_from(Photo)).scalar() == 0


def test_given_a_nudge_when_waited_for_then_the_wait_ends_at_once():
    actions_pictures.nudge()

    begun = datetime.now(UTC)
    actions_pictures.wait_for_work(5)

    assert datetime.now(UTC) - begun < timedelta(seconds=1)
