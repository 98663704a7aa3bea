"""Photos in a bucket of a real S3 server: durable here first, carried, read back, shared, swept, never lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.photos.store_remote import Away, Remote
from app.photos.store_s3 import S3Store
from app.photos.store_spool import Fate
from app.refusals import Unavailable
from tests.photos.test_store import DAY, FIRST, OTHER, record, served
from tests.support.objects import access, way_to

HASH = "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"  # of "bytes"
PHOTO = record(sha256=HASH)
NOW = datetime.now(UTC)


@pytest.fixture
def bucket(objects):
    return objects.bucket()


@pytest.fixture
def store(objects, bucket, tmp_path):
    return S3Store(access(objects.endpoint, bucket, tmp_path / "a"))


@pytest.fixture
def other(objects, bucket, tmp_path):
    """The store of a second machine on the same bucket."""
    return S3Store(access(objects.endpoint, bucket, tmp_path / "b"))


def carried(store):
    return [store.spool.carry(place) for place in store.spool.places()]


def without_copies(store):
    for path in store.recent.root.rglob("*"):
        if path.is_file():
            path.unlink()


def test_given_a_photo_when_carried_then_nothing_waits_and_it_is_read_from_copy_and_bucket_alike(store):
    store.keep(PHOTO, [b"by", b"tes"])
    store.put_made(HASH, "thumb.jpg", b"small")
    store.sync([PHOTO])
    before = (store.read(PHOTO.place), served(store.stream_made(HASH, "thumb.jpg")))

    fates = carried(store)

    assert fates == [Fate.CARRIED, Fate.CARRIED] and store.spool.places() == []
    store.sync([PHOTO])
    copy = (store.read(PHOTO.place), served(store.stream_made(HASH, "thumb.jpg")))
    without_copies(store)
    far = (store.read(PHOTO.place), served(store.stream_made(HASH, "thumb.jpg")))
    assert before == copy == far == ((PHOTO, b"bytes"), b"small")
    assert (store.stream(PHOTO.place).size, served(store.stream(PHOTO.place))) == (5, b"bytes")
    assert store.stream_made(HASH, "picture.jpg") is None


def test_given_a_photo_of_another_machine_when_asked_for_then_it_is_taken_over_and_kept_here_too(store, other):
    store.keep(PHOTO, [b"bytes"])
    unknown = other.elsewhere(FIRST, DAY)
    carried(store)

    found = other.elsewhere(FIRST, DAY + timedelta(days=1))

    assert (unknown, found) == (None, PHOTO)
    other.sync([found])
    assert other.find(FIRST, DAY) == PHOTO
    assert carried(other) == [Fate.CARRIED]


def test_given_one_id_with_other_bytes_on_two_machines_when_carried_then_the_first_stays_until_the_record_decides(
    store, other
):
    store.keep(PHOTO, [b"bytes"])
    other.keep(record(sha256="ef" * 32), [b"other"])
    carried(store)

    assert carried(other) == [Fate.TAKEN]

    assert other.spool.places() == [PHOTO.place]
    without_copies(store)
    assert store.read(PHOTO.place)[1] == b"bytes"
    other.spool.replace(PHOTO.place)
    assert store.read(PHOTO.place)[1] == b"other"


def test_given_the_bucket_away_when_photos_come_then_they_are_kept_found_and_synced_and_wait(objects, bucket, tmp_path):
    with way_to(objects) as way:
        store = S3Store(access(way.endpoint, bucket, tmp_path / "a"))
        way.state = "shut"

        store.keep(PHOTO, [b"bytes"])
        store.sync([PHOTO])
        store.probe()

        assert store.find(FIRST, DAY) == PHOTO
        with pytest.raises(Away, match="nobody answers at the endpoint"):
            carried(store)
        assert store.elsewhere(OTHER, DAY) is None
        with pytest.raises(Unavailable):
            store.read(record(OTHER).place)
        assert (store.spool.places(), list(store.stale(NOW))) == ([PHOTO.place], [])
        way.state = "open"
        assert carried(store) == [Fate.CARRIED]


def test_given_a_store_that_hangs_when_pages_ask_then_they_wait_once_and_are_told_at_once_for_a_while(
    objects, bucket, tmp_path, monkeypatch
):
    monkeypatch.setattr("app.photos.store_remote.QUICK", {"connect_timeout": "1s", "timeout": "300ms"})
    with way_to(objects) as way:
        store = S3Store(access(way.endpoint, bucket, tmp_path / "a"))
        way.state = "silent"

        for wanted in (0.2, 0.0):
            begun = datetime.now(UTC)
            assert store.elsewhere(OTHER, DAY) is None
            took = (datetime.now(UTC) - begun).total_seconds()
            assert wanted <= took < wanted + 2

        assert store.keep(PHOTO, [b"bytes"]) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [({"key": "nobody"}, "does not know the key"), ({"secret": "wrong"}, "the secret does not fit the key")],
)
def test_given_a_wrong_key_when_asked_then_the_sentence_says_which_setting(objects, bucket, tmp_path, given, said):
    remote = Remote(access(objects.endpoint, bucket, tmp_path, **given))

    for deed in (lambda: remote.put("a", b"1"), remote.folders, lambda: remote.get("a")):
        remote._quiet_until = 0
        with pytest.raises(Away, match=said):
            deed()


def test_given_old_and_new_objects_when_swept_then_old_ones_without_a_record_go_and_full_days_are_passed_by(store):
    early, late = record(), record(OTHER, DAY)
    for photo in (early, late):
        store.keep(photo, [b"bytes"])
    carried(store)
    soon, much_later = datetime.now(UTC), datetime.now(UTC) + timedelta(days=3)
    assert list(store.stale(soon)) == []

    found = sorted(each.id for each in store.stale(much_later))

    assert found == sorted([FIRST, OTHER])
    (first, _) = sorted(store.stale(much_later), key=lambda each: each.id)
    assert not store.drop(first, soon)
    assert store.drop(first, much_later)
    without_copies(store)
    with pytest.raises(Unavailable):
        store.read(f"{DAY}/{first.id}")
    store.settle(much_later)
    # The tests' day lies after the day on which they run; far later it is past and settled.
    store.settle(datetime(2027, 6, 1, tzinfo=UTC))
    assert list(store.stale(datetime(2027, 6, 2, tzinfo=UTC))) == []


def test_given_a_record_disposed_of_when_forgotten_then_copies_go_now_and_the_bucket_with_the_next_carrying(store):
    store.keep(PHOTO, [b"bytes"])
    store.put_made(HASH, "thumb.jpg", b"small")
    carried(store)

    store.forget(FIRST, HASH, DAY)

    assert not store.recent.holds(PHOTO.place)
    assert store.spool.carry_forgotten() == 1
    with pytest.raises(Unavailable):
        store.read(PHOTO.place)
    assert store.stream_made(HASH, "thumb.jpg") is None
    assert store.spool.carry_forgotten() == 0


def test_given_two_carriers_of_one_machine_when_both_begin_then_one_carries(store):
    with store.spool.alone() as mine, store.spool.alone() as also:
        assert (mine, also) == (True, False)
    with store.spool.alone() as mine:
        assert mine


def test_given_the_folder_of_a_bucket_when_kept_then_all_lies_below_it(objects, bucket, tmp_path):
    plain = access(objects.endpoint, bucket, tmp_path / "a")
    below = S3Store(replace(plain, bucket=replace(plain.bucket, folder="site/one")))
    below.keep(PHOTO, [b"bytes"])
    carried(below)
    without_copies(below)

    assert below.read(PHOTO.place)[1] == b"bytes"
    assert list(below.remote.folders()) == [DAY.isoformat()]
    assert list(Remote(plain).folders()) == ["site"]
    assert not list((below.waiting.root / DAY.isoformat()).iterdir())
