"""The pages of people per day: leave with and without cover, taken back, the week, the workload."""

import io
import uuid
from datetime import date, timedelta
from functools import partial

import openpyxl
import pytest

from app import clock
from app.db import db
from app.schedule.models import Cover
from app.schedule.models_rota import Absence
from tests.support import builders
from tests.support.duties import MONDAY_NOON, ROWS, daily, made, window, world
from tests.support.sitting import page_at, sent_at, signed_in_at, stored

ABSENCES, COVERS = Absence.__table__, Cover.__table__
ONE, TWO = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
AWAY = {"id": ONE, "person": "ann", "from_on": "2026-11-24", "to_on": "2026-11-25", "kind": "leave", "note": "回乡"}


@pytest.fixture
def site(app):
    """Ann and Ben have a restroom each; Lea leads them, Sue's section answers, Tom is of another."""
    with app.app_context(), clock.at(MONDAY_NOON):
        world(daily(window("A1", "07:30", "08:00", expected_minutes=20)))
        builders.point("p2", "000000000H", name="1号楼1层女卫生间")
        builders.works_at("p2")
        builders.round_of("ben", ("p2",), windows=["JGSW05003.01/A/A1"])
        builders.person("sue", "supervisor", "care")
        builders.person("tom", "supervisor", "other")
        made()
    return app


at_work = partial(signed_in_at, MONDAY_NOON)
send = partial(sent_at, MONDAY_NOON)


def page(client, path="/rounds/people"):
    return page_at(MONDAY_NOON, client, path)


def assignees(app, point="p1"):
    with app.app_context():
        found = db.select(ROWS.c.business_on, ROWS.c.assignee_id).where(ROWS.c.point_id == point)
        return {
            row.business_on.day: row.assignee_id for row in db.session.execute(found) if 24 <= row.business_on.day < 28
        }


def test_given_leave_without_cover_when_it_is_entered_then_the_windows_of_these_days_are_nobodys(site):
    done = send(at_work(site, "lea"), "/rounds/absences", AWAY)

    assert done.status_code == 303
    assert assignees(site) == {24: None, 25: None, 26: "ann", 27: "ann"}
    assert stored(site, ABSENCES, "person_id", "from_on", "to_on", "by_id") == [
        ("ann", date(2026, 11, 24), date(2026, 11, 25), "lea")
    ]


def test_given_leave_with_cover_when_it_is_entered_twice_then_the_stand_in_has_the_rounds_once(site):
    client = at_work(site, "sue")

    answers = [send(client, "/rounds/absences", {**AWAY, "cover": "lea"}).status_code for _ in (1, 2)]

    assert answers == [303, 303]
    assert assignees(site) == {24: "lea", 25: "lea", 26: "ann", 27: "ann"}
    assert len(stored(site, COVERS, "id")) == 2


def test_given_a_stand_in_with_a_round_when_leave_is_entered_then_the_page_says_two_rounds_at_once(
    site,
):
    client = at_work(site, "lea")

    send(client, "/rounds/absences", {**AWAY, "cover": "ben"})

    text = page(client)
    assert "同一时间在两个责任区：人员ben，周二 07:30–08:00 需要 44 分钟，在岗 1 人 30 分钟" in text
    assert "排不开" in text


def test_given_leave_when_it_is_taken_back_then_the_windows_are_hers_again_and_the_record_stays(site):
    client = at_work(site, "lea")
    send(client, "/rounds/absences", AWAY)

    answers = [send(client, "/rounds/absences/end", {"absence": ONE}).status_code for _ in (1, 2)]

    assert answers == [303, 303]
    assert set(assignees(site).values()) == {"ann"}
    assert stored(site, ABSENCES, "ended_by_id") == [("lea",)]
    assert "已撤回" in page(client)


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({"id": "x"}, "id"),
        ({"person": ""}, "person"),
        ({"from_on": "morgen"}, "from_on"),
        ({"to_on": "2026-11-23"}, "to_on"),
        ({"to_on": "2027-11-25"}, "to_on"),
        ({"kind": "party"}, "kind"),
        ({"cover": "ann"}, "cover"),
        ({"cover": "nobody"}, "cover"),
        ({"cover": "lea", "to_on": "2026-12-25"}, "cover"),
    ],
)
def test_given_an_absence_that_does_not_hold_when_it_is_sent_then_its_field_is_named(site, keys, field):
    answer = send(at_work(site, "lea"), "/rounds/absences", {**AWAY, **keys})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)
    assert stored(site, ABSENCES, "id") == []
    assert stored(site, COVERS, "id") == []


def test_given_a_stranger_when_they_enter_or_end_leave_then_there_is_no_such_person(site):
    send(at_work(site, "lea"), "/rounds/absences", AWAY)
    tom = at_work(site, "tom")

    assert send(tom, "/rounds/absences", {**AWAY, "id": TWO}).status_code == 404
    assert send(tom, "/rounds/absences/end", {"absence": ONE}).status_code == 404
    assert send(at_work(site, "ann"), "/rounds/absences", {**AWAY, "id": TWO}).status_code == 403
    assert stored(site, ABSENCES, "id", "ended_at") == [(ONE, None)]


def test_given_the_week_when_it_is_read_then_each_day_says_who_is_there_and_who_is_away(site):
    client = at_work(site, "sue")
    send(client, "/rounds/absences", AWAY)

    text = page(client, "/rounds/people?day=2026-11-24")

    assert "2 人" in text
    assert "1 人" in text
    assert "人员ann" in text


def test_given_two_rounds_when_the_workload_is_read_then_page_and_file_show_minutes_a_week_and_the_spread(site):
    client = at_work(site, "sue")

    text = page(client, "/rounds/workload")
    with clock.at(MONDAY_NOON):
        book = openpyxl.load_workbook(io.BytesIO(client.get("/rounds/workload.xlsx?purpose=planning").data))

    assert "154" in text
    assert "0.00" in text
    assert [row[2:4] for row in book.active.iter_rows(values_only=True)][1:] == [("ann", 154), ("ben", 154)]


def test_given_a_day_far_off_when_the_week_is_asked_then_it_answers(site):
    client = at_work(site, "sue")

    for day in ("1999-01-01", "2100-12-31", (date(2026, 11, 24) + timedelta(days=400)).isoformat()):
        page(client, f"/rounds/people?day={day}")


def test_given_cover_for_somebody_with_a_round_then_when_a_crew_leader_gives_it_then_it_is_done_and_said(site):
    client = at_work(site, "lea")

    done = send(client, "/rounds/cover", {"day": "2026-11-24", "round": "r-ann", "was": "ann", "to": "ben"})

    assert done.status_code == 303
    assert assignees(site)[24] == "ben"
    assert "同一时间在两个责任区" in page(client, "/rounds?day=2026-11-24")
