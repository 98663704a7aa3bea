"""Given a step, when a crew leader explains it by voice, then the people of the crew hear it, and nobody else."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest

from app import clock
from app.photos.models import Photo
from app.standards.models import StepAudio
from tests.support.builders import CODE, NOW, small_world
from tests.support.pictures import webm
from tests.support.protocol import Phone, kept

PAGE = "/standards/JGSW05003.01-2026/audio"
ID = "00000000-0000-4000-8000-0000000000aa"


@pytest.fixture
def world(app):
    with app.app_context():
        small_world()
    return app


def recorder(app, who="lea"):
    client = app.test_client()
    client.sign_in(who)
    return client


def record(client, content=None, *, at=NOW, sound=None, **changed):
    fields = {"step": "S01", "id": ID, "sound": (BytesIO(webm() if sound is None else sound), "a.webm")} | changed
    with clock.at(at):
        return client.send(content or PAGE, fields, page=PAGE, content_type="multipart/form-data")


def heard_by(app, person, at=NOW + timedelta(minutes=2)):
    phone = Phone(app, person)
    phone.at = at
    window = phone.get(f"/api/v1/points/{CODE}").json["open"][0]
    return window["steps"][0]["audio"]


def test_given_a_crew_leader_when_a_step_is_recorded_then_the_crew_hears_it(world):
    answer = record(recorder(world))

    assert (answer.status_code, answer.location) == (303, f"{PAGE}#S01")
    address = heard_by(world, "ann")
    played = Phone(world, "ann").get(address, Range="bytes=0-3")
    assert (played.status_code, played.data, played.mimetype) == (206, webm()[:4], "audio/webm")
    assert played.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in played.headers["Cache-Control"]


def test_given_a_recording_when_a_stranger_asks_for_it_then_there_is_none(world):
    record(recorder(world))
    address = heard_by(world, "ann")

    assert Phone(world, "bob").get(address).status_code == 404


def test_given_the_work_page_when_opened_by_the_crew_then_it_names_the_recording(world):
    record(recorder(world))
    address = heard_by(world, "ann")
    client = recorder(world, "ann")

    with clock.at(NOW + timedelta(minutes=2)):
        page = client.get(f"/p/{CODE}").text

    assert f'"audio":"{address}"' in page.replace(" ", "")


def test_given_the_same_form_twice_when_kept_then_one_recording_stands(world):
    client = recorder(world)

    assert [record(client).status_code, record(client).status_code] == [303, 303]
    assert [len(kept(world, table)) for table in (StepAudio, Photo)] == [1, 1]


def test_given_a_recording_when_taken_back_then_nobody_hears_it_and_the_history_stays(world):
    client = recorder(world)
    record(client)

    answer = client.send(f"{PAGE}/remove", {"step": "S01"}, page=PAGE)

    assert answer.status_code == 303
    assert heard_by(world, "ann") is None
    assert [bool(row.sha256) for row in kept(world, StepAudio)] == [True, False]


def test_given_a_second_recording_when_kept_then_it_replaces_the_first_on_the_page(world):
    client = recorder(world)
    record(client)
    record(client, id=str(UUID(int=7, version=4)), sound=webm() + b"\1", at=NOW + timedelta(minutes=1))

    page = client.get(PAGE).text

    assert len(re.findall("<audio", page)) == 1
    assert heard_by(world, "ann") in page


def test_given_a_supervisor_when_recorded_then_the_contractors_people_hear_it(world):
    record(recorder(world, "sue"))

    assert heard_by(world, "ann") is not None


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"sound": b"<html>"}, 415), ({"step": "S99"}, 422), ({"id": "x"}, 422), ({"sound": b""}, 422)],
    ids=["no-sound", "no-step", "odd-id", "empty"],
)
def test_given_something_odd_when_sent_then_it_is_refused_and_nothing_kept(world, changed, status):
    answer = record(recorder(world), **changed)

    assert answer.status_code == status
    assert kept(world, StepAudio) == []


def test_given_too_many_bytes_when_sent_then_it_is_refused(world):
    world.extensions["settings"] = replace(world.extensions["settings"], max_file_bytes=100)

    assert record(recorder(world)).status_code == 413


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/remove"])
def test_given_no_token_when_posted_then_it_is_refused(world, address):
    client = recorder(world)

    answer = client.post(address, data={"step": "S01", "id": ID, "sound": (BytesIO(webm()), "a.webm")})

    assert answer.status_code in {400, 403}
    assert kept(world, StepAudio) == []


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("bob", 403)])
def test_given_a_worker_when_recording_then_it_is_refused(world, who, status):
    phone = Phone(world, who)

    answer = phone.client.post(PAGE, data={"step": "S01", "id": ID, "csrf_token": phone.token})

    assert answer.status_code == status


def test_given_the_page_when_opened_by_the_crew_leader_then_each_step_can_be_recorded(world):
    page = recorder(world).get(PAGE).text

    assert page.count('class="lesson"') == page.count('name="sound"') >= 1


def test_given_the_text_of_the_standard_when_read_then_only_recorders_find_the_way(world):
    assert PAGE in recorder(world, "sue").get("/standards/JGSW05003.01-2026").text
    assert PAGE not in recorder(world, "ann").get("/standards/JGSW05003.01-2026").text
