"""A disk without room: a sentence instead of a fault, reading goes on, and all is well again once there is room."""

from uuid import uuid4

import pytest

from tests.support import builders, pictures
from tests.support.calls import calling, photo_step
from tests.support.disks import filled, small_disk


@pytest.fixture
def phone_on_small_disk(templates, tmp_path):
    """A phone whose server has 8 MB for database and photos, and the folder of that disk."""
    with (
        small_disk(tmp_path, kilobytes=8000) as (folder, _too_much),
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
