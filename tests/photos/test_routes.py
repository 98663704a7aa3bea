"""Photos over HTTP: kept once, refused with a sentence, shown only to those whose record they are in."""

import hashlib
from uuid import uuid4

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from app import clock
from app.accounts.actions import open_session
from app.db import atomically, db
from app.photos import actions_pictures
from app.photos.models import Photo, Picture
from app.photos.rules import Part, PhotoOwner, PhotoUse
from app.photos.writes import rows_for_check
from tests.support import builders, pictures
from tests.support.databases import make_app


def people(_app):
    builders.orgs()
    builders.person("ann", crew_id="c1")
    builders.person("cat", crew_id="c1")
    builders.person("bob", org_id="other")
    builders.person("lea", "crew_leader", crew_id="c1")
    builders.person("mac", "contractor_manager", "clean")
    builders.person("sue", "supervisor", "care")
    builders.person("sid", "supervisor", "other")
    builders.person("ian", "inspector", "bureau")
    builders.person("adm", "admin", "bureau")


@pytest.fixture
def world(database, templates, tmp_path):
    with templates.copy(database, "photo_people", people, tmp_path / "instance") as url:
        app = make_app(url, tmp_path / "instance")
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def signed_in(app, person):
    """A client in a session of its own, opened without the slow hash of a password, and its CSRF token."""
    client = app.test_client()
    with app.app_context():
        key = atomically(lambda: open_session(person, "phone", "127.0.0.1"))
    with client.session_transaction() as session:
        session.update({"_user_id": key, "_fresh": True, "csrf_token": "c" * 40})
    return client, URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps("c" * 40)


class Phone:
    """A signed-in person's phone."""

    def __init__(self, app, person="ann"):
        self.client, token = signed_in(app, person)
        self.headers = {"X-CSRF-Token": token, "X-Person": person, "X-Source": "live"}

    def put(self, content, photo_id=None, kind="photos", **headers):
        address = f"/api/v1/{kind}/{photo_id or uuid4()}"
        sent = (
            {"Content-Type": "image/jpeg"}
            | self.headers
            | {name.replace("_", "-"): text for name, text in headers.items()}
        )
        return self.client.put(address, data=content, headers=sent)


def submitted(app, *photo_ids, check_id=None):
    """Rows as a submission of Ann writes them; gives back the records."""
    store = app.extensions["photo_store"]
    with app.app_context():
        day = clock.today(app.extensions["settings"].zone)
        kept = [store.find(str(photo_id), day) for photo_id in photo_ids]
        owner = PhotoOwner(check_id or str(uuid4()), "ann", "p1", "JGSW05003.01", "clean", "care")
        uses = [PhotoUse(each, Part.EVIDENCE if each.is_picture else Part.VOICE, "S01") for each in kept]
        atomically(lambda: rows_for_check(uses, owner, at=clock.now()))
    return kept


def drained(app, failed=None):
    with app.app_context():
        told = (lambda _failed: None) if failed is None else failed.append
        return actions_pictures.drain(app.extensions["photo_store"], now=clock.now(), on_failed=told)


def files_of(app):
    return [path for path in app.extensions["photo_store"].root.rglob("*") if path.is_file()]


def count(app, table):
    with app.app_context():
        found = db.session.execute(select(func.count()).select_from(table)).scalar()
        db.session.rollback()
        return found


def shown(app, content=None):
    """A photo of Ann's check, decoded; gives back its record."""
    photo_id = uuid4()
    Phone(app).put(content or pictures.jpeg(), photo_id)
    (kept,) = submitted(app, photo_id)
    assert drained(app) == 1
    return kept


def test_given_a_photo_when_put_then_201_with_the_hash_of_the_kept_bytes(world):
    photo_id, content = uuid4(), pictures.jpeg(exif=pictures.exif(6))

    answer = Phone(world).put(content, photo_id, X_Taken_At="2026-11-23T08:32:00+08:00")

    (path,) = files_of(world)
    kept = path.read_bytes().partition(b"\n")[2]
    assert answer.status_code == 201
    assert answer.json == {
        "photo": {
            "id": str(photo_id),
            "sha256": hashlib.sha256(kept).hexdigest(),
            "width": 240,
            "height": 320,
            "grade": "unverified",
        }
    }
    assert pictures.LOCATION not in kept
    assert count(world, Photo) == 0


def test_given_a_kept_photo_when_put_again_then_200_and_the_same_body(world):
    phone, photo_id, content = Phone(world), uuid4(), pictures.jpeg()
    first = phone.put(content, photo_id)

    again = phone.put(content, photo_id)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(files_of(world)) == 1


def test_given_a_photo_of_a_check_whose_file_left_the_look_back_when_put_again_then_200(world, monkeypatch):
    phone, photo_id, content = Phone(world), uuid4(), pictures.jpeg(exif=pictures.exif(8))
    first = phone.put(content, photo_id)
    submitted(world, photo_id)
    monkeypatch.setattr("app.photos.store.LOOK_BACK_DAYS", 0)

    again = phone.put(content, photo_id)
    other = phone.put(pictures.jpeg(seed=9), photo_id)

    assert (again.status_code, again.json) == (200, first.json)
    assert other.status_code == 409


def test_given_a_kept_photo_when_other_bytes_come_then_409_and_the_first_stays(world):
    phone, photo_id = Phone(world), uuid4()
    first = phone.put(pictures.jpeg(), photo_id)

    other = phone.put(pictures.jpeg(seed=2), photo_id)

    assert (other.status_code, other.json["type"]) == (409, "/problems/conflict")
    assert phone.put(pictures.jpeg(), photo_id).json == first.json


def test_given_somebody_elses_id_when_put_then_409(world):
    photo_id = uuid4()
    Phone(world).put(pictures.jpeg(), photo_id)

    answer = Phone(world, "bob").put(pictures.jpeg(), photo_id)

    assert answer.status_code == 409


def test_given_another_person_in_the_header_when_put_then_403_other_person(world):
    answer = Phone(world).put(pictures.jpeg(), X_Person="bob")

    assert (answer.status_code, answer.json["type"]) == (403, "/problems/other-person")
    assert files_of(world) == []


def test_given_nobody_signed_in_when_put_then_401_and_without_token_403_csrf(world):
    stranger = world.test_client().put(f"/api/v1/photos/{uuid4()}", data=pictures.jpeg(), content_type="image/jpeg")
    phone = Phone(world)
    del phone.headers["X-CSRF-Token"]

    bare = phone.put(pictures.jpeg())

    assert stranger.status_code in (401, 403)
    assert (bare.status_code, bare.json["type"]) == (403, "/problems/csrf")
    assert files_of(world) == []


HOSTILE = {
    "empty": (b"", 422),
    "page": (b"<!doctype html><script>alert(1)</script>", 415),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
    "heic": (pictures.heic(), 415),
    "gif": (pictures.moving("GIF"), 415),
    "moving png": (pictures.moving("PNG"), 415),
    "moving webp": (pictures.moving("WEBP"), 415),
    "truncated": (pictures.jpeg()[:-300], 422),
    "50 megapixels": (pictures.jpeg_of_header(8660, 5774), 413),
    "pixel bomb": (pictures.png_of_header(60_000, 60_000), 413),
    "progressive bomb": (pictures.progressive_bomb(3000, 2000, 110), 413),
    "too many bytes": (pictures.jpeg() + b"\0" * 12_000_001, 413),
    "memo": (pictures.webm(), 415),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_given_a_hostile_picture_when_put_then_a_sentence_and_nothing_stored(world, name):
    content, status = HOSTILE[name]

    answer = Phone(world).put(content, Accept_Language="zh-CN")

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert any("一" <= letter <= "鿿" for letter in answer.json["detail"])
    assert files_of(world) == []


@pytest.mark.parametrize(
    "declared", ["text/html", "image/svg+xml; charset=x", "application/json", "multipart/form-data"]
)
def test_given_a_declared_type_that_is_no_picture_when_put_then_415_or_judged_by_its_bytes(world, declared):
    answer = Phone(world).put(b"<svg/>", Content_Type=declared)

    assert answer.status_code in (413, 415, 422)
    assert files_of(world) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("X-Taken-At", "yesterday"),
        ("X-Taken-At", "2026-11-23T08:32:00"),
        ("X-Taken-At", "0001-01-01T00:00:00+23:00"),
        ("X-Taken-At", "9999-12-31T23:59:59Z"),
        ("X-Source", "moon"),
    ],
)
def test_given_odd_headers_when_put_then_the_photo_is_kept_all_the_same(world, name, text):
    answer = Phone(world).put(pictures.jpeg(), **{name: text})

    assert answer.status_code == 201


@pytest.mark.parametrize("photo_id", ["1", "..%2f..%2fetc%2fpasswd", "0b9f6c1e-1111-4222-8333-44445555666", "%00"])
def test_given_an_odd_id_when_put_then_404(world, photo_id):
    answer = Phone(world).put(pictures.jpeg(), photo_id)

    assert answer.status_code == 404
    assert files_of(world) == []


def test_given_a_disk_without_room_when_put_then_507_with_a_sentence_and_reading_goes_on(world):
    kept = shown(world)
    phone = Phone(world)
    world.extensions["photo_store"].min_free_share = 1.1

    answer = phone.put(pictures.jpeg(seed=5))

    assert (answer.status_code, answer.json["type"]) == (507, "/problems/storage-full")
    assert phone.client.get(f"/photos/{kept.sha256}").status_code == 200


def test_given_a_voice_memo_when_put_then_it_is_kept_and_played_in_ranges(world):
    phone, memo_id = Phone(world), uuid4()
    answer = phone.put(pictures.webm(), memo_id, "files", Content_Type="audio/webm;codecs=opus")
    submitted(world, memo_id)

    part = phone.client.get(f"/photos/{answer.json['file']['sha256']}", headers={"Range": "bytes=0-3"})

    assert answer.status_code == 201
    assert (part.status_code, part.data, part.mimetype) == (206, b"\x1a\x45\xdf\xa3", "audio/webm")
    assert phone.client.get(f"/photos/{answer.json['file']['sha256']}/thumb").status_code == 415


def test_given_a_picture_when_put_as_voice_memo_then_415(world):
    answer = Phone(world).put(pictures.jpeg(), None, "files")

    assert answer.status_code == 415


def test_given_a_photo_when_not_decoded_yet_then_nothing_is_served(world):
    phone, photo_id = Phone(world), uuid4()
    staged = phone.put(pictures.jpeg(), photo_id).json["photo"]["sha256"]
    before = phone.client.get(f"/photos/{staged}").status_code
    submitted(world, photo_id)

    queued = [phone.client.get(address).status_code for address in (f"/photos/{staged}", f"/photos/{staged}/thumb")]

    assert (before, queued) == (404, [404, 404])


def test_given_a_decoded_photo_when_viewed_then_bytes_type_and_caching_are_fixed(world):
    kept = shown(world)
    client = Phone(world).client

    whole, thumb = client.get(f"/photos/{kept.sha256}"), client.get(f"/photos/{kept.sha256}/thumb")
    again = client.get(f"/photos/{kept.sha256}", headers={"If-None-Match": whole.headers["ETag"]})

    assert hashlib.sha256(whole.data).hexdigest() == kept.sha256
    assert max(pictures.opened(thumb.data).size) == 320
    assert (again.status_code, again.data) == (304, b"")
    for answer in (whole, thumb):
        assert answer.status_code == 200
        assert answer.content_type == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"].startswith("private")


def test_given_a_lying_photo_when_viewed_then_it_stands_upright_at_the_address_of_the_kept_bytes(world):
    kept = shown(world, pictures.png(exif=pictures.exif(6)))

    answer = Phone(world).client.get(f"/photos/{kept.sha256}")

    assert answer.content_type == "image/jpeg"
    assert pictures.opened(answer.data).size == (240, 320)


def test_given_what_was_made_is_lost_when_viewed_then_it_is_made_again(world):
    kept = shown(world)
    for path in (world.extensions["photo_store"].root / "made").rglob("*.jpg"):
        path.unlink()
    client = Phone(world).client

    lost = client.get(f"/photos/{kept.sha256}/thumb").status_code
    drained(world)

    assert (lost, client.get(f"/photos/{kept.sha256}/thumb").status_code) == (404, 200)


VIEWERS = {"ann": 200, "lea": 200, "mac": 200, "sue": 200, "ian": 200, "cat": 404, "bob": 404, "sid": 404, "adm": 404}


def test_given_a_photo_when_others_ask_then_only_those_in_scope_see_it(world):
    kept = shown(world)

    found = {person: Phone(world, person).client.get(f"/photos/{kept.sha256}").status_code for person in VIEWERS}

    assert found == VIEWERS


def test_given_a_photo_when_nobody_is_signed_in_then_it_is_not_shown(world):
    kept = shown(world)

    answers = [world.test_client().get(f"/photos/{kept.sha256}{end}") for end in ("", "/thumb")]

    assert all(answer.status_code in (303, 401) for answer in answers)
    assert all(b"\xff\xd8" not in answer.data for answer in answers)


@pytest.mark.parametrize("name", ["0" * 64, "x", "..%2fmade", "ab" * 40, "%00"])
def test_given_an_odd_or_unknown_hash_when_viewed_then_404(world, name):
    answer = Phone(world).client.get(f"/photos/{name}")

    assert answer.status_code == 404


def test_given_a_picture_that_fails_the_full_decode_when_drained_then_it_is_asked_for_again(world):
    phone, photo_id, failed = Phone(world), uuid4(), []
    broken = pictures.png_of_header(500, 500)
    sha256 = phone.put(broken, photo_id).json["photo"]["sha256"]
    submitted(world, photo_id, check_id="c-1")

    drained(world, failed)

    assert [(each.sha256, list(each.uses)) for each in failed] == [(sha256, [(str(photo_id), "c-1", "S01")])]
    assert phone.client.get(f"/photos/{sha256}").status_code == 404
    assert drained(world, failed) == 0


def test_given_the_same_bytes_in_two_checks_when_drained_then_one_picture_carries_both(world):
    phone, ids = Phone(world), [uuid4(), uuid4()]
    for photo_id in ids:
        phone.put(pictures.jpeg(), photo_id)
        submitted(world, photo_id)

    taken = drained(world)

    assert (taken, count(world, Photo), count(world, Picture)) == (1, 2, 1)
