"""Pages of the rota's exceptions: closed points and days off."""

from datetime import date, datetime, timedelta

import pytest

from app import clock
from app.db import db
from app.schedule.models import CalendarDay, PointExemption
from tests.support import builders
from tests.support.duties import MONDAY_NOON, SHANGHAI, made, rows, world

CLOSINGS, DAYS = PointExemption.__table__, CalendarDay.__table__
CLOSE = {
    "point": "p1",
    "from_at": "2026-11-24T00:00",
    "to_at": "2026-11-26T00:00",
    "reason": "repair",
    "note": "换水管",
}
HOLIDAY = {"on": "2026-11-24", "kind": "holiday", "name": "演练", "source": "本局通知"}


@pytest.fixture
def site(app):
    """The restroom of the contractor with its rows ahead; Sue answers for it, Tom of another section does not."""
    with app.app_context(), clock.at(MONDAY_NOON):
        world()
        builders.person("sue", "supervisor", "care")
        builders.person("tom", "supervisor", "other")
        builders.person("std", "standards", "bureau")
        made()
    return app


def at_work(app, person_id):
    client = app.test_client()
    with clock.at(MONDAY_NOON):
        client.sign_in(person_id)
    return client


def send(client, path, data, now=MONDAY_NOON):
    with clock.at(now):
        return client.send(path, data, page="/me")


def page(client, path, now=MONDAY_NOON):
    with clock.at(now):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def stored(app, table):
    with app.app_context():
        return [tuple(row)[1:] for row in db.session.execute(table.select()).all()]


def exempt_days(app):
    with app.app_context():
        return sorted({key[:10] for key, state in rows() if state == "exempt"})


def test_given_a_supervisor_when_a_point_is_closed_then_its_tasks_are_exempt_and_the_list_names_it(site):
    client = at_work(site, "sue")

    done = send(client, "/rounds/closings", CLOSE)

    assert done.status_code == 303
    assert exempt_days(site) == ["2026-11-24", "2026-11-25"]
    text = page(client, "/rounds/closings")
    assert "换水管" in text
    assert "4 项任务已豁免" in text


def test_given_a_closing_sent_twice_when_both_arrive_then_it_stands_once(site):
    client = at_work(site, "sue")

    answers = [send(client, "/rounds/closings", CLOSE, MONDAY_NOON + timedelta(minutes=m)).status_code for m in (0, 1)]

    assert answers == [303, 303]
    assert len(stored(site, CLOSINGS)) == 1


def test_given_a_closed_point_when_it_is_opened_again_then_what_starts_later_is_due_and_again_changes_nothing(site):
    client = at_work(site, "sue")
    send(client, "/rounds/closings", CLOSE)
    later = datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI)

    first = send(client, "/rounds/closings/end", {"closing": 1}, later)
    second = send(client, "/rounds/closings/end", {"closing": 1}, later + timedelta(minutes=5))

    assert (first.status_code, second.status_code) == (303, 303)
    with site.app_context():
        assert dict(rows())["2026-11-24/A/A1"] == "exempt"
        assert dict(rows())["2026-11-24/A/A2"] == "planned"
    assert stored(site, CLOSINGS)[0][3] == later


def test_given_people_out_of_reach_when_they_close_or_open_then_it_is_refused_and_nothing_changes(site):
    send(at_work(site, "sue"), "/rounds/closings", CLOSE)
    before = stored(site, CLOSINGS), exempt_days(site)

    answers = {
        name: (
            send(client, "/rounds/closings", {**CLOSE, "reason": "order"}).status_code,
            send(client, "/rounds/closings/end", {"closing": 1}).status_code,
        )
        for name, client in {name: at_work(site, name) for name in ("tom", "ann", "lea")}.items()
    }

    assert answers == {"tom": (404, 404), "ann": (403, 403), "lea": (403, 403)}
    assert (stored(site, CLOSINGS), exempt_days(site)) == before


BAD_CLOSINGS = (
    {"point": ""},
    {"from_at": ""},
    {"from_at": "tomorrow"},
    {"to_at": ""},
    {"to_at": "2026-11-23T11:00"},
    {"to_at": "2026-11-24T00:00"},
    {"reason": "whim"},
)


def test_given_a_closing_that_does_not_hold_when_it_is_sent_then_the_form_says_where_and_nothing_changes(site):
    client = at_work(site, "sue")

    answers = [send(client, "/rounds/closings", CLOSE | bad) for bad in BAD_CLOSINGS]

    assert {answer.status_code for answer in answers} == {422}
    assert all('role="alert"' in answer.get_data(as_text=True) for answer in answers)
    assert "换水管" in answers[0].get_data(as_text=True)
    assert stored(site, CLOSINGS) == []
    assert send(client, "/rounds/closings/end", {"closing": "x"}).status_code == 404


def test_given_the_standards_section_when_a_day_off_is_entered_and_removed_then_the_tasks_ahead_follow(site):
    client = at_work(site, "std")

    kept = send(client, "/rounds/days", HOLIDAY)

    assert kept.status_code == 303
    assert "演练" in page(client, "/rounds/days?year=2026")
    with site.app_context():
        assert {kind for day, kind in rows("business_on", "day_type") if day == date(2026, 11, 24)} == {"holiday"}
    again = send(client, "/rounds/days", HOLIDAY)
    removed = [send(client, "/rounds/days/remove", {"on": "2026-11-24"}).status_code for _ in range(2)]
    assert (again.status_code, removed) == (303, [303, 303])
    assert stored(site, DAYS) == []
    with site.app_context():
        assert {kind for day, kind in rows("business_on", "day_type") if day == date(2026, 11, 24)} == {"workday"}


def test_given_people_out_of_reach_when_they_change_the_days_then_it_is_refused(site):
    clients = {name: at_work(site, name) for name in ("sue", "lea", "ann")}

    answers = {
        name: [
            send(client, "/rounds/days", HOLIDAY).status_code,
            send(client, "/rounds/days/remove", HOLIDAY).status_code,
        ]
        for name, client in clients.items()
    }

    assert answers == {"sue": [403, 403], "lea": [403, 403], "ann": [403, 403]}
    assert stored(site, DAYS) == []
    assert "当年还没有" not in page(clients["sue"], "/rounds/days?year=1")


BAD_DAYS = ({"on": ""}, {"on": "2026-02-30"}, {"kind": "feast"}, {"source": " "}, {"kind": "makeup"})


def test_given_a_day_that_does_not_hold_when_it_is_sent_then_the_form_says_where_and_nothing_changes(site):
    client = at_work(site, "std")

    answers = [send(client, "/rounds/days", HOLIDAY | bad).status_code for bad in BAD_DAYS]

    assert set(answers) == {422}
    assert send(client, "/rounds/days/remove", {"on": "never"}).status_code == 422
    assert stored(site, DAYS) == []
