"""Weather and print jobs entered by hand: tasks where standards wait for them, called off, refused."""

from datetime import timedelta

import pytest

from app import clock
from app.db import rows as read
from app.schedule.models import ScheduleEvent
from tests.support import builders
from tests.support.duties import MONDAY_NOON, SHANGHAI, minutes, rows, world
from tests.support.meetings import IDS
from tests.support.standards import step_document

NOW = MONDAY_NOON.astimezone(SHANGHAI)
ENTER = {
    "id": IDS[1],
    "kind": "rain_snow",
    "starts": f"{NOW:%Y-%m-%dT%H:%M}",
    "place": ["a1"],
    "level": "blue",
    "rain": "12.5",
}


def waits(anchor):
    trigger = {"anchor": anchor, "open_offset_min": 0, "due_offset_min": 30, "grace_after_min": 10, "profile": "full"}
    days = ["workday", "restday", "holiday"]
    return {"id": "R", "kind": "event", "label_zh": "雨雪", "day_types": days, "trigger": trigger}


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(MONDAY_NOON):
        world(waits("weather.rain_snow_start_at"))
        builders.person("sue", "supervisor", "care")
        builders.person("tom", "supervisor", "other")
        builders.standard(step_document("S01"), code="JGSW05009.01", schedules=[waits("print_job.accepted_at")])
        builders.point("p2", "000000000H", name="文印室")
        builders.works_at("p2", "JGSW05009.01")
        builders.point("p3", "00000000AY", name="没有标准的点")
    return app


def at_work(app, person_id):
    client = app.test_client()
    with clock.at(MONDAY_NOON):
        client.sign_in(person_id)
    return client


def send(client, path, data, now=MONDAY_NOON):
    with clock.at(now):
        return client.send(path, data, page="/me")


def page(client, path="/events"):
    with clock.at(MONDAY_NOON):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def due(app):
    with app.app_context():
        return rows("point_id", "state")


def test_given_rain_when_it_is_entered_twice_by_one_press_then_the_waiting_point_has_one_task_at_once(site):
    sue = at_work(site, "sue")

    answers = [send(sue, "/events", ENTER) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert due(site) == [("p1", "planned")]
    with site.app_context():
        (event,) = read(ScheduleEvent.__table__.select())
        assert event.facts == {"weather.wet": True, "weather.level": "blue", "weather.rain_24h_mm": 12.5}
    assert "雨雪天气" in page(sue) and "蓝色" in page(sue)


def test_given_a_print_job_when_it_is_entered_for_its_room_then_only_that_room_has_a_task(site):
    send(at_work(site, "lea"), "/events", ENTER | {"kind": "print_job", "place": "p2"})

    assert due(site) == [("p2", "planned")]


def test_given_an_entered_event_when_it_is_called_off_then_its_task_is_void_and_again_is_nothing(site):
    sue = at_work(site, "sue")
    send(sue, "/events", ENTER)

    answers = [send(sue, f"/events/{IDS[1]}/off", {}).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert due(site) == [("p1", "void")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "meeting"}, "kind"), ({"kind": ""}, "kind"), ({"starts": "gestern"}, "starts"),
        ({"place": []}, "place"),
        ({"place": "a9"}, "place"), ({"rain": "-3"}, "rain"), ({"rain": "2001"}, "rain"), ({"id": "x"}, "id"),
        ({"starts": f"{NOW - timedelta(hours=25):%Y-%m-%dT%H:%M}"}, "starts"),
        ({"starts": f"{NOW + timedelta(days=7) + minutes(1):%Y-%m-%dT%H:%M}"}, "starts"),
    ],
)  # fmt: skip
def test_given_bad_input_when_it_is_entered_then_the_field_is_named_and_nothing_changes(site, change, field):
    answer = send(at_work(site, "sue"), "/events", ENTER | change)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)
    assert due(site) == []


def test_given_people_out_of_reach_when_they_enter_or_call_off_then_they_are_refused(site):
    send(at_work(site, "sue"), "/events", ENTER)
    tom, ann = at_work(site, "tom"), at_work(site, "ann")

    assert send(tom, "/events", ENTER | {"id": IDS[2]}).status_code == 422
    assert send(tom, f"/events/{IDS[1]}/off", {}).status_code == 404
    assert send(ann, "/events", ENTER | {"id": IDS[2]}).status_code == 403
    assert send(at_work(site, "sue"), f"/events/{IDS[5]}/off", {}).status_code == 404
    assert due(site) == [("p1", "planned")]
