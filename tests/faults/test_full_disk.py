"""A disk without room: a sentence instead of a fault, reading goes on, and all is well again once there is room."""

import time
from collections import Counter
from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app import clock
from app.checks.models import Receipt
from app.db import rows, scalar
from app.photos.models import Photo, Picture
from app.refusals import Unavailable
from app.timer import run_due
from app.timer_jobs import JOBS
from tests.support import builders, pictures
from tests.support.calls import calling, photo_step
from tests.support.disks import filled, small_disk


@pytest.fixture
def phone_on_small_disk(templates, tmp_path):
    """A phone whose server has 64 MB for database and photos, and the folder of that disk."""
    with (
        small_disk(tmp_path, kilobytes=64_000) as (folder, _too_much),
        templates.copy("sqlite", "photo_step", photo_step, folder / "instance") as url,
        calling(url, folder / "instance") as phone,
    ):
        yield phone, folder


def test_given_a_full_disk_when_photos_and_checks_come_then_each_gets_a_sentence_and_nothing_is_half_kept(
    phone_on_small_disk,
):
    phone, folder = phone_on_small_disk
    kept, late, check_id = uuid4(), uuid4(), uuid4()
    phone.put(pictures.jpeg(seed=1), kept)

    with filled(folder):
        refused_photo = phone.put(pictures.jpeg(seed=2), late)
        refused_check = phone.submit([kept], check_id)
        read = [phone("GET", path).status_code for path in ("/api/v1/today", f"/p/{builders.CODE}", "/healthz")]

    assert (refused_photo.status_code, refused_photo.json["type"]) == (507, "/problems/storage-full")
    assert refused_check.status_code in (503, 507)
    assert refused_photo.json["detail"]
    assert refused_check.json["detail"]
    assert read == [200, 200, 200]
    assert phone.put(pictures.jpeg(seed=2), late).status_code == 201
    assert phone.submit([kept], check_id).status_code == 201


# Kilobytes left of 64 MB: nothing, less than a page of the database, a check's rows, a few checks', just under 5 %.
LEVELS = (0, 3, 140, 500, 3100)
WELL_AGAIN_S = 10
TRIES = 12


def sent(phone, seed):
    """A photo and its check as a phone sends them; what both were answered."""
    photo_id, check_id = uuid4(), uuid4()
    content = pictures.jpeg(seed=seed)
    return (photo_id, check_id, content), [phone.put(content, photo_id), phone.submit([photo_id], check_id)]


@pytest.mark.parametrize("level", LEVELS)
def test_given_a_disk_with_so_much_left_when_work_goes_on_then_all_is_kept_or_refused_and_soon_well_again(
    phone_on_small_disk, level
):
    phone, folder = phone_on_small_disk
    ready = [uuid4() for _ in range(TRIES)]
    for seed, photo_id in enumerate(ready):
        phone.put(pictures.jpeg(seed=seed), photo_id)

    with filled(folder, leave=level):
        items, told = zip(*[sent(phone, seed) for seed in range(100, 100 + TRIES)], strict=True)
        # Photos that were kept before the disk filled: their checks may fit where a photo is refused.
        checked = [phone.submit([photo_id]) for photo_id in ready]
        read = {phone("GET", path).status_code for path in ("/api/v1/today", f"/p/{builders.CODE}", "/healthz")}
    begun = time.monotonic()
    again = [(phone.put(content, photo), phone.submit([photo], check)) for photo, check, content in items]
    seconds = time.monotonic() - begun

    puts, posts = [put.status_code for put, _ in told], [post.status_code for _, post in told]
    assert read == {200}
    # A twentieth of the disk is kept free of photos, so that checks can still go in.
    assert set(puts) == {507}
    assert set(posts) <= {409, 503, 507}
    assert {post.status_code for post in checked} <= {201, 503, 507}
    assert all(each.json["detail"] for put, post in told for each in (put, post))
    if level == LEVELS[-1]:
        assert Counter(post.status_code for post in checked) == {201: TRIES}
    assert {(put.status_code, post.status_code) for put, post in again} == {(201, 201)}
    assert seconds < WELL_AGAIN_S
    with phone.app.app_context():
        acknowledged = sum(post.status_code == 201 for post in checked) + TRIES
        assert scalar(select(func.count()).select_from(Receipt)) == acknowledged
        assert scalar(select(func.count()).select_from(Photo)) == acknowledged


def test_given_a_full_disk_when_pictures_are_prepared_then_they_wait_and_are_ready_once_there_is_room(
    phone_on_small_disk,
):
    phone, folder = phone_on_small_disk
    for seed in range(3):
        assert [each.status_code for each in sent(phone, seed)[1]] == [201, 201]

    def states():
        # The timer's thread notes it and looks again in a quarter of a minute.
        with suppress(Unavailable):
            run_due(phone.app, [job for job in JOBS if job.name == "pictures"], at_once=True)
        with phone.app.app_context():
            return {str(each.state) for each in rows(select(Picture.state))}

    with filled(folder, leave=3):
        full = states()
    with clock.at(builders.NOW.replace(hour=2)):
        after = states()

    assert full == {"queued"}
    assert after == {"ready"}
