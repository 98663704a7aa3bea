"""The folder store: durable, once, found again, swept, and full without a scratch."""

import os
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from app.photos import store_files
from app.photos.rules import KeptPhoto
from app.photos.store import FolderStore
from app.refusals import StorageFull, Unavailable
from tests.support.disks import small_disk

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
FIRST = "0b9f6c1e-1111-4222-8333-444455556666"
OTHER = "0b9f6c1e-1111-4222-8333-444455557777"
SHA = "ab" * 32


@pytest.fixture(autouse=True, params=sorted({store_files.NAMELESS, False}))
def way(request, monkeypatch):
    """Both ways a file comes to its name: where the system knows files without one, and where it does not."""
    monkeypatch.setattr(store_files, "NAMELESS", request.param)


def record(photo_id=FIRST, day=DAY, content=b"bytes", **changed):
    plain = {
        "id": photo_id,
        "person_id": "wk-01",
        "media_type": "image/jpeg",
        "sha256": SHA,
        "received_sha256": "cd" * 32,
        "size": len(content),
        "width": 4,
        "height": 3,
        "source": "live",
        "taken_at": NOON,
        "received_at": NOON,
        "day": day,
    }
    return KeptPhoto(**(plain | changed))


def served(stored):
    return b"".join(stored.chunks)


def grow_old(store, photo, hours):
    then = datetime.now(UTC).timestamp() - hours * 3600
    os.utime(store.root / photo.place, (then, then))


def names(store):
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def test_given_a_photo_when_kept_then_record_and_bytes_come_back(tmp_path):
    store = FolderStore(tmp_path)
    photo = record(content=b"by" + b"tes", taken_at=None)

    earlier = store.keep(photo, [b"by", memoryview(b"tes")])

    assert earlier is None
    assert store.find(FIRST, DAY) == photo
    assert store.read(photo.place) == (photo, b"bytes")
    assert (store.stream(photo.place).size, served(store.stream(photo.place))) == (5, b"bytes")


def test_given_a_kept_id_when_kept_again_then_the_first_stays(tmp_path):
    store = FolderStore(tmp_path)
    store.keep(record(), [b"bytes"])

    earlier = store.keep(record(content=b"other", received_sha256="ef" * 32), [b"other"])

    assert earlier == record()
    assert store.read(record().place)[1] == b"bytes"
    assert names(store) == [FIRST]


def test_given_an_upload_before_midnight_when_repeated_after_then_it_is_found(tmp_path):
    store = FolderStore(tmp_path)
    store.keep(record(), [b"bytes"])

    found = [store.find(FIRST, DAY + timedelta(days=days)) for days in range(4)]

    assert found == [record()] * 3 + [None]


def test_given_one_id_from_many_threads_when_kept_then_one_wins_and_nothing_is_left_over(tmp_path):
    store, answers = FolderStore(tmp_path), []
    ready = threading.Barrier(8)

    def upload(number):
        ready.wait()
        answers.append(store.keep(record(person_id=f"wk-{number}"), [b"bytes"]))

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winner = store.find(FIRST, DAY)
    assert answers.count(None) == 1
    assert all(answer == winner for answer in answers if answer)
    assert names(store) == [FIRST]


def test_given_a_record_that_a_disk_lost_when_kept_then_it_makes_way(tmp_path):
    store = FolderStore(tmp_path)
    store.keep(record(), [b"bytes"])
    (tmp_path / record().place).write_bytes(b"\0\0\0")

    earlier = store.keep(record(), [b"bytes"])

    assert earlier is None
    assert store.read(record().place)[1] == b"bytes"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "", "a/b", FIRST.upper(), FIRST + "/..", FIRST + "\0", f"{FIRST}\n"]
)
def test_given_a_name_not_of_our_making_when_asked_for_then_no_path_is_built(tmp_path, name):
    store = FolderStore(tmp_path)

    deeds = (
        lambda: store.find(name, DAY),
        lambda: store.keep(record(name), [b""]),
        lambda: store.read(f"2026-11-23/{name}"),
        lambda: store.stream_made(name, "thumb.jpg"),
        lambda: store.read(name),
    )
    for deed in deeds:
        with pytest.raises(ValueError, match="not a name"):
            deed()

    assert names(store) == []


def test_given_what_was_made_when_asked_for_then_it_comes_back_and_a_short_one_does_not(tmp_path):
    store = FolderStore(tmp_path)
    store.put_made(SHA, "thumb.jpg", b"thumb")
    store.put_made(SHA, "picture.jpg", b"picture")
    path = tmp_path / "made" / "ab" / f"{SHA}.picture.jpg"
    path.write_bytes(path.read_bytes()[:-1])

    whole, short, none = (store.stream_made(SHA, name) for name in ("thumb.jpg", "picture.jpg", "other.jpg"))

    assert (whole.size, served(whole)) == (5, b"thumb")
    assert short is None
    assert none is None


def test_given_staged_files_when_a_day_has_passed_then_they_are_stale(tmp_path):
    store = FolderStore(tmp_path)
    for photo in (record(), record(OTHER)):
        store.keep(photo, [b"bytes"])
    grow_old(store, record(), hours=25)

    stale = list(store.stale(datetime.now(UTC) - timedelta(hours=24)))

    assert stale == [record()]


def test_given_a_stale_file_when_touched_meanwhile_then_it_is_not_dropped(tmp_path):
    store, before = FolderStore(tmp_path), datetime.now(UTC) - timedelta(hours=24)
    store.keep(record(), [b"bytes"])
    grow_old(store, record(), hours=25)
    store.touch(record())

    dropped = store.drop(record(), before)

    assert not dropped
    assert store.find(FIRST, DAY)


def test_given_the_leftover_of_a_killed_upload_when_stale_then_it_is_removed(tmp_path):
    store = FolderStore(tmp_path)
    store.keep(record(), [b"bytes"])
    leftover = tmp_path / "2026-11-23" / f".{OTHER}.aa.part"
    leftover.write_bytes(b"half")
    os.utime(leftover, (0, 0))

    stale = list(store.stale(datetime.now(UTC) - timedelta(hours=24)))

    assert stale == []
    assert names(store) == [FIRST]


def test_given_a_folder_long_past_when_settled_then_it_is_passed_by(tmp_path):
    store, before = FolderStore(tmp_path), datetime(2026, 11, 26, tzinfo=UTC)
    store.keep(record(), [b"bytes"])
    os.utime(tmp_path / record().place, (0, 0))

    store.settle(before)

    assert list(store.stale(before)) == []


def test_given_a_photo_that_is_gone_when_synced_then_the_submission_is_told(tmp_path):
    store = FolderStore(tmp_path)
    store.keep(record(), [b"bytes"])
    (tmp_path / record().place).unlink()

    with pytest.raises(Unavailable):
        store.sync([record()])


def test_given_photos_of_two_days_when_synced_then_it_is_no_fault(tmp_path):
    store = FolderStore(tmp_path)
    both = [record(), record(OTHER, DAY + timedelta(days=1))]
    for photo in both:
        store.keep(photo, [b"bytes"])

    store.sync([*both, *both])

    assert store.find(OTHER, DAY + timedelta(days=1))


def test_given_a_disk_too_small_for_the_photo_when_kept_then_507_and_nothing_is_left_over(tmp_path):
    with small_disk(tmp_path, kilobytes=1000) as (folder, too_much):
        store = FolderStore(folder)
        store.keep(record(), [b"bytes"])

        with pytest.raises(StorageFull) as refused:
            store.keep(record(OTHER), [b"\1" * too_much])

        assert (refused.value.status, refused.value.problem) == (507, "storage-full")
        assert names(store) == [FIRST]
        assert store.read(record().place)[1] == b"bytes"
        assert store.keep(record(OTHER), [b"small"]) is None


def test_given_less_than_the_free_share_when_kept_then_507_while_reading_goes_on(tmp_path):
    roomy, nearly_full = FolderStore(tmp_path), FolderStore(tmp_path, min_free_share=1.1)
    roomy.keep(record(), [b"bytes"])

    with pytest.raises(StorageFull):
        nearly_full.keep(record(OTHER), [b"bytes"])

    assert nearly_full.read(record().place)[1] == b"bytes"
    assert nearly_full.find(FIRST, DAY) == record()


def test_given_the_folder_is_away_when_used_then_503_with_a_sentence(tmp_path):
    store = FolderStore(tmp_path / "photos")
    (tmp_path / "photos").rmdir()

    for deed in (store.probe, lambda: store.keep(record(), [b"bytes"]), lambda: store.read(record().place)):
        with pytest.raises(Unavailable):
            deed()
