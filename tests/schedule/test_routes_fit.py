"""Nobody gets a round they are not qualified for, by a rota or as a stand-in, once the demand holds (rules TR-4)."""

import uuid
from datetime import date, timedelta

import pytest

from app import clock
from app.db import db
from app.schedule.models import Cover, Round
from app.schedule.models_rota import Absence, Rota
from app.schedule.rules_rota import RoundPlan, codes_by_person
from tests.support import builders, lessons
from tests.support.duties import MONDAY_NOON, daily, made, window, world

ONE = str(uuid.UUID(int=1, version=4))
WINDOW = "JGSW05003.01/A/A1"
AWAY = {"id": ONE, "person": "ann", "from_on": "2026-11-24", "to_on": "2026-11-30", "kind": "leave", "cover": "ben"}
ROUND = {
    "name": "一层", "shift": "early", "crew": "c1", "person": "ben", "point": ["p1"], "window": [WINDOW],
    "revision": "1",
}  # fmt: skip
MONDAY = date(2026, 11, 23)


@pytest.fixture
def site(app):
    """Ann and Ben have a restroom each; only Ann has learned its standard, and the site asks for it."""
    with app.app_context(), clock.at(MONDAY_NOON):
        world(daily(window("A1", "07:30", "08:00", expected_minutes=20)))
        builders.point("p2", "000000000H", name="1号楼1层女卫生间")
        builders.works_at("p2")
        builders.round_of("ben", ("p2",), windows=[WINDOW])
        builders.person("sue", "supervisor", "care")
        builders.person("ann2", "worker", "clean", crew_id="c1")
        lessons.enforced()
        lessons.learned("ann")
        made()
    return app


def at_work(app, person_id="sue"):
    client = app.test_client()
    with clock.at(MONDAY_NOON):
        client.sign_in(person_id)
    return client


def send(client, path, data):
    with clock.at(MONDAY_NOON):
        return client.send(path, data, page="/me")


def count(app, model):
    with app.app_context():
        return db.session.scalar(db.select(db.func.count()).select_from(model.__table__))


def refused(answer):
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "人员ben还没有考核合格，暂不能安排这项工作。" in text
    assert 'href="/training/crew#ben"' in text
    return text


def rota_state(app):
    with app.app_context():
        return db.session.scalar(db.select(Rota.__table__.c.state))


def test_tr_4_given_a_round_when_its_person_lacks_the_exam_then_the_draft_stays_as_it_was(site):
    client = at_work(site)
    send(client, "/rounds/rota/clean/draft", {"id": ONE})

    text = refused(send(client, "/rounds/rota/clean/rounds/r-ann", ROUND))
    kept = send(client, "/rounds/rota/clean/rounds/r-ann", ROUND | {"person": "ann"})

    assert "人员ben · 卫生间日常保洁：" in text
    assert kept.status_code == 303


def test_tr_4_given_a_rota_when_somebody_on_it_is_not_qualified_then_it_is_not_published(site):
    client = at_work(site)
    send(client, "/rounds/rota/clean/draft", {"id": ONE})
    wish = {"id": ONE, "revision": "1"}

    refused(send(client, "/rounds/rota/clean/publish", wish))
    before = rota_state(site)
    with site.app_context():
        lessons.learned("ben")
    published = [send(client, "/rounds/rota/clean/publish", wish).status_code for _ in range(2)]

    assert (before, published, rota_state(site)) == ("draft", [303, 303], "published")


def test_tr_4_given_leave_when_the_stand_in_is_not_qualified_then_nothing_is_kept(site):
    client = at_work(site)

    refused(send(client, "/rounds/absences", AWAY))
    before = (count(site, Absence), count(site, Cover))
    with site.app_context():
        lessons.learned("ben")
    done = [send(client, "/rounds/absences", AWAY).status_code for _ in range(2)]

    assert (before, done) == ((0, 0), [303, 303])
    assert (count(site, Absence), count(site, Cover)) == (1, 7)


@pytest.mark.parametrize(("passed_on", "status"), [(date(2025, 11, 29), 422), (date(2025, 11, 30), 303)])
def test_tr_4_given_leave_when_the_stand_in_s_exam_runs_out_before_its_end_then_it_is_refused(site, passed_on, status):
    with site.app_context():
        lessons.learned("ben", on=passed_on)

    assert send(at_work(site), "/rounds/absences", AWAY).status_code == status


def test_tr_4_given_nobody_asks_for_it_when_rounds_are_given_then_nobody_is_refused(site):
    with site.app_context():
        lessons.enforced(MONDAY + timedelta(days=30))
    client = at_work(site)
    send(client, "/rounds/rota/clean/draft", {"id": ONE})

    assert send(client, "/rounds/rota/clean/rounds/r-ann", ROUND).status_code == 303
    assert send(client, "/rounds/absences", AWAY).status_code == 303
    assert send(client, "/rounds/absences", AWAY | {"id": str(uuid.uuid4()), "cover": ""}).status_code == 303


def test_given_rounds_when_asked_who_does_what_then_each_person_has_all_their_standards_in_order():
    def plan(person, *windows):
        return RoundPlan("r", "n", "o", "c", "s", person, (), windows)

    rounds = [plan("b", "Z/A/1", "Z/A/2"), plan("", "Y/A/1"), plan("a", "X/B/1"), plan("b", "A/A/1")]

    assert codes_by_person(rounds) == {"a": ["X"], "b": ["A", "Z"]}
    assert list(codes_by_person(rounds)) == ["a", "b"]


def test_given_the_rounds_stay_when_a_rota_is_refused_then_they_are_as_published(site):
    client = at_work(site)
    send(client, "/rounds/rota/clean/draft", {"id": ONE})
    before = count(site, Round)

    refused(send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "1"}))

    assert count(site, Round) == before
