"""A look on site: what can be checked now, what is kept, two inspectors on one record, and what is refused."""

import io
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import row
from app.messages.models import Message
from app.nonconformities.models import Finding
from app.photos.models import Photo
from app.spotchecks.models import Review, ReviewEvent, ReviewState, ReviewStep
from tests.support.builders import NOW
from tests.support.looks import DONE_AT, looked, looked_world
from tests.support.pictures import jpeg
from tests.support.readers import body, signed_in
from tests.support.stored import rows_of

MINUTES = timedelta(minutes=1)
DIRTY = {"S01.verdict": "fail", "S01.reason": "dirty", "S01.note": "台面有水渍"}
FINE = {"S01.verdict": "pass"}


@pytest.fixture
def world(app):
    with app.app_context():
        app.check = looked_world()
    with clock.at(NOW):
        yield app


def stored(world):
    with world.app_context():
        return [rows_of(table) for table in (Review, ReviewStep, ReviewState, ReviewEvent, Finding, Photo, Message)]


def address(world):
    return f"/spotchecks/onsite/{world.check}"


def send(client, world, form=DIRTY, **more):
    data = {"csrf_token": client.token("/me"), "id": str(uuid.uuid4()), **form, **more}
    return client.post(address(world), data=data, content_type="multipart/form-data")


def the(world, table):
    with world.app_context():
        return row(select(table))


def test_sp_8_given_a_fresh_record_when_the_inspector_opens_the_list_then_it_stands_there_without_a_name(world):
    page = body(signed_in(world, "ina"), "/spotchecks/onsite")

    assert address(world) in page
    assert "还剩 10 分钟" in page
    assert "人员ann" not in page


def test_sp_8_given_time_runs_out_when_the_list_is_opened_then_the_record_is_gone_and_the_page_says_so(world):
    client = signed_in(world, "ina")
    with clock.at(DONE_AT + 20 * MINUTES):
        assert address(world) in body(client, "/spotchecks/onsite")
    with clock.at(DONE_AT + 20 * MINUTES + timedelta(seconds=1)):
        assert address(world) not in body(client, "/spotchecks/onsite")
        assert "只说明点位现状" in body(client, address(world))


def test_sp_8_given_a_difference_in_time_when_kept_then_the_person_is_told_and_nothing_is_decided(world):
    answer = send(signed_in(world, "ina"), world, **{"S01.photos": (io.BytesIO(jpeg(seed=7)), "a.jpg")})

    review, state = the(world, Review), the(world, ReviewState)
    assert answer.location == f"/spotchecks/reviews/{review.id}"
    assert (review.outcome, state.state, state.finding_id) == ("differs", "open", None)
    assert the(world, ReviewStep).photos == [the(world, Photo).sha256]
    assert (the(world, Message).person_id, the(world, Message).kind) == ("ann", "spotcheck_differs")
    assert stored(world)[4] == []
    page = body(signed_in(world, "ann"), f"/spotchecks/reviews/{review.id}")
    assert "等本人说明" in page
    assert "失实" not in page


def test_sp_8_given_a_difference_found_too_late_when_kept_then_it_is_about_the_point_and_a_finding_at_once(world):
    with clock.at(DONE_AT + 21 * MINUTES):
        send(signed_in(world, "ina"), world)

    assert the(world, Review).outcome == "point"
    assert the(world, ReviewState) is None
    finding = the(world, Finding)
    assert (finding.source, finding.step_id, finding.found_by_id) == ("spotcheck", "S01", "ina")
    assert "台面有水渍" in finding.text


def test_sp_8_given_all_conforms_when_kept_then_nothing_follows(world):
    assert send(signed_in(world, "sue"), world, FINE).status_code == 303

    assert the(world, Review).outcome == "agrees"
    assert stored(world)[2:5] == [[], [], []]


def test_given_a_look_when_sent_twice_then_it_is_kept_once(world):
    client, look = signed_in(world, "ina"), str(uuid.uuid4())
    first = send(client, world, id=look)
    before = stored(world)

    again = send(client, world, id=look)

    assert (again.status_code, again.location) == (303, first.location)
    assert stored(world) == before


def test_given_two_inspectors_on_one_record_when_the_second_sends_then_a_sentence_says_who_was_first(world):
    send(signed_in(world, "ina"), world)
    before = stored(world)

    answer = send(signed_in(world, "ivo"), world, FINE)

    assert answer.status_code == 409
    assert "人员ina 已经核查过这条记录" in answer.get_data(as_text=True)
    assert stored(world) == before


def test_given_another_s_number_when_sent_then_it_is_no_repeat(world):
    look = str(uuid.uuid4())
    send(signed_in(world, "ina"), world, id=look)

    assert send(signed_in(world, "ivo"), world, id=look).status_code == 409


def test_sp_13_given_the_executor_s_unit_or_a_stranger_when_looking_then_there_is_nothing_for_them(world):
    before = stored(world)

    for person_id in ("sid", "sam"):
        client = signed_in(world, person_id)
        assert client.get(address(world)).status_code == 404
        assert send(client, world).status_code == 404
        assert address(world) not in body(client, "/spotchecks/onsite")
    for person_id in ("ann", "lea", "meg", "leo"):
        client = signed_in(world, person_id)
        assert client.get("/spotchecks/onsite").status_code == 403
        assert send(client, world).status_code == 403
    assert stored(world) == before


def test_given_bad_input_when_sent_then_a_sentence_stands_at_the_step_and_nothing_changes(world):
    client, before = signed_in(world, "ina"), stored(world)
    picture = {"S01.photos": (io.BytesIO(b"no picture"), "a.jpg")}

    for form in ({}, {"S01.verdict": "fail"}, {"S01.verdict": "perfect"}, {"S01.verdict": "fail", "S01.reason": "mood"},
                 {"S01.verdict": "fail", "S01.reason": "other"}, {**FINE, "id": "x"}, {**FINE, **picture}):  # fmt: skip
        answer = send(client, world, {}, **form)
        assert answer.status_code in (415, 422), form
        assert "note bad" in answer.get_data(as_text=True) or "不完整" in answer.get_data(as_text=True), form
    assert stored(world) == before


def test_given_no_such_record_when_opened_then_there_is_none(world):
    world.check = uuid.uuid4()

    assert signed_in(world, "ina").get(address(world)).status_code == 404


def test_mt_22_given_looks_on_one_s_own_account_when_the_figures_are_shown_then_they_make_no_rate(world):
    with world.app_context():
        looked(world.check)

    page = body(signed_in(world, "ina"), "/spotchecks")

    assert "按风险抽取和自行核查的 1 次不计入" in page
    assert "人员ina" in page
