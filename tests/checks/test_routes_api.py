"""The protocol over HTTP: statuses, problem documents, headers. Per POST the five questions."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from openapi_spec_validator import validate

from app import clock
from app.checks.models import Check
from app.db import atomically, run
from app.schedule.models import PhoneCall, PhoneFetch
from tests.support import builders as make
from tests.support.answers import OTHER_PHOTO, PHOTO
from tests.support.protocol import ID, LITTLE, WISH, Phone, counted, kept, world
from tests.support.standards import step_document

pytestmark = pytest.mark.smoke


def test_given_a_session_when_asked_then_it_names_the_person_and_gives_a_token(app):
    world(app)

    answer = Phone(app, "ann").get("/api/v1/session")

    assert answer.json["person"] == {"id": "ann", "name": "人员ann", "role": "worker", "unit": "clean"}
    assert set(answer.json) == {"person", "csrf_token", "server_time", "version", "nonces"}
    assert app.test_client().get("/api/v1/session").status_code == 401


def test_given_a_point_when_fetched_then_it_has_the_shape_of_the_contract(app):
    world(app, step_document("S01", "photo"), step_document("S02", "number", min=0, max=8, warn={"max": 7}))

    answer = Phone(app, "ann").get(f"/api/v1/points/{make.CODE}")

    page = answer.json
    window = page["open"][0]
    assert set(page) == {"point", "open", "next", "recent", "unscheduled"}
    assert page["point"]["photo_allowed"] is True
    assert (window["standard"], window["window"], window["profile"]) == ("JGSW05003.01-2026", "2026-11-23/A/A2", "full")
    assert [step["evidence"] for step in window["steps"]] == ["photo", "number"]
    assert window["steps"][1]["warn"] == {"max": 7}
    assert page["unscheduled"] == [{"standard": "JGSW05003.01-2026", "title": "卫生间日常保洁", "profiles": ["full"]}]
    assert [row.person_id for row in kept(app, PhoneFetch)] == ["ann"]


def test_given_a_point_when_a_stranger_asks_then_403_and_unknown_codes_404(app):
    world(app)

    assert Phone(app, "bob").get(f"/api/v1/points/{make.CODE}").status_code == 403
    assert Phone(app, "ann").get("/api/v1/points/0000000000").status_code == 404
    assert Phone(app, "ann").get("/api/v1/points/nonsense").status_code == 404


def test_given_a_standard_and_profile_when_fetched_then_the_steps_of_a_check_outside_the_plan_come(app):
    world(app)
    phone = Phone(app, "ann")

    page = phone.get(f"/api/v1/points/{make.CODE}?standard=JGSW05003.01-2026&profile=full").json

    assert [(each["window"], each["profile"]) for each in page["open"]] == [(None, "full")]
    assert phone.get(f"/api/v1/points/{make.CODE}?standard=JGSW05003.01-2026&profile=party").status_code == 422


def test_given_a_day_when_fetched_twice_then_the_second_answer_is_not_modified(app):
    world(app)
    phone = Phone(app, "ann")

    first = phone.get("/api/v1/today")
    again = phone.get("/api/v1/today", **{"If-None-Match": first.headers["ETag"]})

    assert first.json["retakes"] == []
    assert again.status_code == 304


def test_given_a_night_shift_before_midnight_when_the_day_is_fetched_then_the_windows_after_it_are_there(app):
    world(app)
    with app.app_context():
        night = (make.NOW + timedelta(days=1)).date()
        make.occurrence(window="N1", start=make.NOW + timedelta(hours=11), assignee_id="ann", business_on=night)
        make.occurrence(window="N2", start=make.NOW + timedelta(hours=13), assignee_id="ann", business_on=night)
    phone = Phone(app, "ann")

    points = phone.get("/api/v1/today").json["points"]

    windows = [each["window"] for point in points for each in point["open"]]
    assert [each[-2:] for each in windows if each[-2] == "N"] == ["N1"]


def test_given_a_check_when_posted_then_201_and_again_200_with_the_same_receipt(app):
    world(app, step_document("S01", "photo", **LITTLE))
    phone = Phone(app, "ann")
    assert phone.put_photo().status_code == 201
    body = make.submission(answers=[make.answer(photos=[PHOTO])])

    first = phone.post("/api/v1/checks", body)
    again = phone.post("/api/v1/checks", body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.json["receipt"]["id"] == ID
    named = {"id", "number", "received_at", "status", "marks", "photos", "digest", "proof"}
    assert set(first.json["receipt"]) == named
    assert [row.person_id for row in kept(app, PhoneCall)] == ["ann"]


@pytest.mark.parametrize(
    ("changed", "status", "problem"),
    [
        ({"answers": []}, 422, "invalid"),
        ({"code": "0000000000"}, 404, "not-found"),
        ({"person": "lea"}, 403, "other-person"),
        ({"answers": [make.answer(photos=[PHOTO])]}, 409, "missing-photos"),
        ({"answers": [make.answer(value="NaN")]}, 422, "invalid"),
    ],
)
def test_given_a_bad_body_when_posted_then_a_problem_in_chinese_and_nothing_is_stored(app, changed, status, problem):
    world(app)
    phone = Phone(app, "ann")
    before = counted(app)

    answer = phone.post("/api/v1/checks", make.submission(**changed), **{"Accept-Language": "zh-CN"})

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["type"] == f"/problems/{problem}"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in answer.json["detail"])
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in each) for each in answer.json.get("fields", {}).values())
    assert counted(app) == before


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{", b"null", b'"text"', b'{"id": NaN}', b"\xff\xfe", b'{"id":' + b"[" * 5000]
)
def test_given_something_that_is_no_object_when_posted_then_400(app, raw):
    world(app)
    phone = Phone(app, "ann")

    answer = phone.client.post("/api/v1/checks", data=raw, headers={"X-CSRF-Token": phone.token})

    assert answer.status_code == 400
    assert answer.json["detail"]


def test_given_a_body_over_a_megabyte_when_posted_then_413(app):
    world(app)

    assert Phone(app, "ann").post("/api/v1/checks", {"note": "x" * 1_000_001}).status_code == 413


@pytest.mark.parametrize(("more", "status"), [(0, 201), (1_000_001, 413)])
def test_given_a_body_without_its_length_when_posted_then_it_is_read_as_far_as_is_allowed(app, more, status):
    world(app)
    phone = Phone(app, "ann")
    given = {"X-CSRF-Token": phone.token, "X-Phone-Time": make.NOW.isoformat(), "Content-Type": "application/json"}
    stream = BytesIO(json.dumps(make.submission() | {"later": "x" * more}).encode())

    with clock.at(make.NOW):
        answer = phone.client.post(
            "/api/v1/checks", input_stream=stream, headers=given, environ_overrides={"wsgi.input_terminated": True}
        )

    assert answer.status_code == status
    assert len(kept(app, Check)) == (status == 201)


def test_given_no_token_or_no_session_when_posted_then_403_csrf_and_401(app):
    world(app)

    refused = Phone(app, "ann").post("/api/v1/checks", make.submission(), token=False)
    stranger = app.test_client().post("/api/v1/checks", json=make.submission())

    assert (refused.status_code, refused.json["type"]) == (403, "/problems/csrf")
    assert stranger.status_code in (401, 403)


@pytest.mark.parametrize("person", ["bob", "sue"])
def test_given_somebody_from_elsewhere_when_posting_then_403(app, person):
    world(app)

    answer = Phone(app, person).post("/api/v1/checks", make.submission(person=person))

    assert answer.status_code == 403
    assert kept(app, Check) == []


def test_given_a_retake_is_asked_when_sent_then_the_photo_stands_beside_the_old_one(app):
    world(app, step_document("S01", "photo", **LITTLE))
    phone, sue = Phone(app, "ann"), Phone(app, "sue")
    phone.put_photo()
    receipt = phone.post("/api/v1/checks", make.submission(answers=[make.answer(photos=[PHOTO])])).json["receipt"]
    wish = {"id": WISH, "step": "S01", "photos": [OTHER_PHOTO], "reason": "retake"}
    phone.put_photo(OTHER_PHOTO, seed=2)
    assert phone.post(f"/api/v1/checks/{ID}/photos", wish).status_code == 409

    with clock.at(make.NOW):
        said = {"step": "S01", "verdict": "retake", "reason": "看不清"}
        asked = sue.client.post(f"/checks/{ID}/verdicts", data={"csrf_token": sue.token, **said})
    assert asked.status_code == 303
    assert phone.get("/api/v1/today").json["retakes"][0]["reason"] == "看不清"

    sent = phone.post(f"/api/v1/checks/{ID}/photos", wish)
    again = phone.post(f"/api/v1/checks/{ID}/photos", wish)

    assert (sent.status_code, again.status_code) == (201, 200)
    assert sent.json["receipt"] == receipt
    assert phone.get("/api/v1/today").json["retakes"] == []
    assert Phone(app, "lea").post(f"/api/v1/checks/{ID}/photos", wish).status_code == 403


def test_given_a_clock_that_is_missing_when_posted_then_kept_and_marked(app):
    world(app)

    answer = Phone(app, "ann").post("/api/v1/checks", make.submission(), **{"X-Phone-Time": "yesterday"})

    assert (answer.status_code, answer.json["receipt"]["marks"]) == (201, ["clock"])


def test_given_the_openapi_document_when_validated_then_it_is_sound_and_names_every_route(app):
    world(app)

    document = Phone(app, "ann").get("/api/v1/openapi.json").json

    validate(document)
    routes = {
        (rule.rule.removeprefix("/api/v1").replace("<uuid:", "{").replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, methods in document["paths"].items() for method in methods}


def test_given_a_late_arrival_when_it_is_two_days_old_then_late(app):
    world(app)
    phone = Phone(app, "ann")
    phone.at = make.NOW + timedelta(days=2)

    assert phone.post("/api/v1/checks", make.submission()).json["receipt"]["status"] == "late"


def test_given_a_person_who_was_disabled_when_posting_then_401(app):
    world(app)
    phone = Phone(app, "ann")
    with app.app_context():
        from sqlalchemy import update

        from app.accounts.models import SignIn

        atomically(lambda: run(update(SignIn).values(ended_at=make.NOW)))

    assert phone.client.post("/api/v1/checks", json=make.submission()).status_code in (401, 403)


@pytest.mark.parametrize(
    ("sent", "marked"),
    [(395_000, False), (3_600_000, True), (None, False), ("1 h", False), (-5, False), (True, False), (1e300, False)],
)
def test_given_time_measured_by_the_phone_when_its_clock_shows_less_then_it_is_marked_and_never_refused(
    app, sent, marked
):
    world(app)
    phone = Phone(app, "ann")
    phone.at = make.NOW + timedelta(minutes=10)

    answer = phone.post("/api/v1/checks", make.submission(elapsed_ms=sent))

    assert answer.status_code == 201
    assert ("clock" in answer.json["receipt"]["marks"]) is marked
