"""Pictures with nonces over HTTP: 现场拍摄 or 未核实, never refused; and what a point's setting asks for."""

from datetime import timedelta
from uuid import UUID

import pytest
from itsdangerous import URLSafeSerializer

from app import clock
from app.checks.models import Check
from app.db import atomically
from app.photos.models import Photo
from app.places.rules_proof import Asks, day_word, tag_value
from app.places.writes import set_proof
from app.web.devices import COOKIE
from tests.support import builders as make
from tests.support.pictures import jpeg
from tests.support.protocol import LITTLE, Phone, kept, world
from tests.support.standards import step_document

SECRET = "0f" * 16
HOUR = timedelta(hours=1)


def phone_of(app, person, device="phone-a"):
    phone = Phone(app, person)
    signer = URLSafeSerializer(app.config["SECRET_KEY"], salt="known-device")
    phone.client.set_cookie(COOKIE, signer.dumps([device, []]))
    return phone


def batch_of(phone):
    return phone.get("/api/v1/session").json["nonces"]


def put(phone, number, nonce=None, *, source="live", taken=None):
    """A picture of its own, sent now; gives back its id and the grade that the answer names."""
    photo = str(UUID(int=number, version=4))
    headers = {
        "X-CSRF-Token": phone.token, "X-Phone-Time": phone.at.isoformat(), "X-Source": source,
        "X-Taken-At": (taken or phone.at).isoformat(), **({"X-Nonce": nonce} if nonce else {}),
    }  # fmt: skip
    with clock.at(phone.at):
        answer = phone.client.put(
            f"/api/v1/photos/{photo}", data=jpeg(seed=number), content_type="image/jpeg", headers=headers
        )
    assert answer.status_code == 201
    return photo, answer.json["photo"]["grade"]


def submit(phone, *photos, **changed):
    answers = [make.answer(f"S0{n}", photos=[photo]) for n, photo in enumerate(photos, 1)] or [make.answer("S01")]
    answer = phone.post("/api/v1/checks", make.submission(answers=answers, **changed))
    assert answer.status_code == 201, answer.json
    return answer.json["receipt"]


@pytest.fixture
def pictured(app):
    world(app, step_document("S01", "photo", **LITTLE), step_document("S02", "photo", **LITTLE))
    return app


def asks(app, what):
    with app.app_context():
        atomically(lambda: set_proof("p1", what, SECRET))


def test_given_nonces_of_a_session_when_pictures_come_with_them_then_record_and_receipt_say_taken_on_the_spot(pictured):
    phone = phone_of(pictured, "ann")
    stem = batch_of(phone)["stem"]
    (one, first), (other, second) = put(phone, 1, f"{stem}-0"), put(phone, 2, f"{stem}-1")

    receipt = submit(phone, one, other)

    assert (first, second) == ("live", "live")
    assert receipt["proof"] == {"grade": "live", "live": 2, "asked": 2}
    assert [photo["grade"] for photo in receipt["photos"]] == ["live", "live"]
    assert [(row.photos_live, row.photos_asked) for row in kept(pictured, Check)] == [(2, 2)]
    assert len({row.nonce for row in kept(pictured, Photo)}) == 2


def test_given_one_nonce_twice_when_submitted_then_one_picture_is_live_and_never_another_again(pictured):
    phone = phone_of(pictured, "ann")
    nonce = batch_of(phone)["stem"] + "-7"
    photos = [put(phone, n, nonce)[0] for n in (1, 2, 3, 4)]

    first = submit(phone, *photos[:2])
    again = submit(phone, *photos[2:], id=str(UUID(int=9, version=4)), window=None)

    assert first["proof"] == {"grade": "unverified", "live": 1, "asked": 2}
    assert [photo["grade"] for photo in first["photos"]] == ["live", "unverified"]
    assert again["proof"] == {"grade": "unverified", "live": 0, "asked": 2}
    assert [row.nonce is None for row in kept(pictured, Photo)].count(False) == 1


def test_given_a_nonce_of_anybody_or_anywhere_else_when_sent_then_the_picture_is_kept_and_unverified(pictured):
    ann, lea, other = phone_of(pictured, "ann"), phone_of(pictured, "lea"), phone_of(pictured, "ann", "phone-b")
    own = batch_of(ann)["stem"]

    grades = [
        put(ann, 1, batch_of(lea)["stem"] + "-0")[1],
        put(other, 2, f"{own}-0")[1],
        put(Phone(pictured, "ann"), 3, f"{own}-0")[1],
        put(ann, 4, "0" + own[1:] + "-0")[1],
        put(ann, 5, f"{own}-0", source="file")[1],
        put(ann, 6)[1],
        put(ann, 7, f"{own}-0", taken=ann.at - HOUR)[1],
    ]

    assert grades == ["unverified"] * 7
    assert put(ann, 8, f"{own}-0")[1] == "live"


def test_given_a_picture_of_the_offline_round_when_it_arrives_hours_later_then_its_own_time_counts(pictured):
    phone = phone_of(pictured, "ann")
    stem, begun = batch_of(phone)["stem"], phone.at
    phone.at = begun + 20 * HOUR

    assert put(phone, 1, f"{stem}-0", taken=begun + 13 * HOUR)[1] == "live"
    assert put(phone, 2, f"{stem}-1", taken=begun + 15 * HOUR)[1] == "unverified"


def test_given_a_phone_that_nobody_knows_when_it_asks_then_it_has_no_nonces_and_nothing_is_refused(pictured):
    assert Phone(pictured, "ann").get("/api/v1/session").json["nonces"] is None


@pytest.mark.parametrize(
    ("what", "secret", "marks"),
    [
        (Asks.LIVE, None, ["no_live"]),
        (Asks.WORD, day_word(SECRET, make.NOW.date()), []),
        (Asks.WORD, "0000", ["no_secret"]),
        (Asks.TAG, tag_value(SECRET), []),
        (Asks.TAG, 7, ["no_secret"]),
        (Asks.TAG, None, ["no_secret"]),
    ],
)
def test_given_a_point_that_asks_for_more_when_a_record_brings_less_then_it_is_kept_and_marked(
    pictured, what, secret, marks
):
    asks(pictured, what)
    phone = phone_of(pictured, "ann")
    one, other = put(phone, 1)[0], put(phone, 2)[0]

    receipt = submit(phone, one, other, **({"secret": secret} if secret is not None else {}))

    assert receipt["marks"] == marks
    assert phone.get(f"/api/v1/points/{make.CODE}").json["point"]["asks"] == what


def test_given_a_report_that_it_cannot_be_done_when_more_is_asked_for_then_it_owes_nothing(pictured):
    asks(pictured, Asks.WORD)
    body = make.submission(answers=[], outcome="unable", unable_reason="locked")

    answer = phone_of(pictured, "ann").post("/api/v1/checks", body)

    assert (answer.status_code, answer.json["receipt"]["marks"]) == (201, [])
