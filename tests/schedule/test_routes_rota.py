"""The pages of rotas: a draft, the refusal that names the interval, the proposal, publishing."""

import uuid
from datetime import datetime
from functools import partial

import pytest

from app import clock
from app.db import db
from app.schedule.models import Handover, Round
from app.schedule.models_rota import Rota, RotaChange, Walk
from tests.support import builders
from tests.support.duties import MONDAY_NOON, ROWS, daily, made, window, world
from tests.support.sitting import page_at, sent_at, signed_in_at, stored

ROUNDS, ROTAS, CHANGES, WALKS = (each.__table__ for each in (Round, Rota, RotaChange, Walk))
ONE, TWO = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
BOTH = ["JGSW05003.01/A/A1", "JGSW05003.01/A/A2"]


@pytest.fixture
def site(app):
    """Two restrooms of twenty minutes in one half hour; Ann has one and Ben the other. Sue's section answers."""
    with app.app_context(), clock.at(MONDAY_NOON):
        world(daily(window("A1", "07:30", "08:00", expected_minutes=20)))
        builders.point("p2", "000000000H", name="1号楼1层女卫生间")
        builders.works_at("p2")
        builders.round_of("ben", ("p2",), windows=BOTH[:1])
        builders.person("sue", "supervisor", "care")
        builders.person("tom", "supervisor", "other")
        builders.person("std", "standards", "bureau")
        made()
    return app


at_work = partial(signed_in_at, MONDAY_NOON)
send = partial(sent_at, MONDAY_NOON)


def page(client, path="/rounds/rota/clean"):
    return page_at(MONDAY_NOON, client, path)


def the_round(person="ann", points=("p1",), **keys):
    return {
        "name": "一层", "shift": "early", "crew": "c1", "person": person, "point": list(points), "window": BOTH[:1],
        "revision": "1",
    } | keys  # fmt: skip


def crowded(client):
    """A draft in which Ann has both restrooms: forty minutes and the way in half an hour."""
    assert send(client, "/rounds/rota/clean/draft", {"id": ONE}).status_code == 303
    assert send(client, "/rounds/rota/clean/rounds/r-ann", the_round(points=("p1", "p2"))).status_code == 303
    assert send(client, "/rounds/rota/clean/rounds/r-ben/remove", {"revision": "2"}).status_code == 303


def test_given_a_draft_that_asks_too_much_when_it_is_published_then_it_is_refused_and_the_worst_interval_named(site):
    client = at_work(site, "sue")
    crowded(client)

    refused = send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "3"})

    text = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "人员ann，周一 07:30–08:00 需要 44 分钟，在岗 1 人 30 分钟" in text
    assert "不能发布" in text
    assert stored(site, ROUNDS, "id", "active") == [("r-ann", True), ("r-ben", True)]
    assert stored(site, ROTAS, "state") == [("draft",)]


def test_given_two_rounds_with_one_window_when_the_page_is_read_then_it_says_so_until_one_gives_it_up(site):
    client = at_work(site, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})
    send(client, "/rounds/rota/clean/rounds/r-new", the_round("lea", ("p1",), name="新"))
    assert "重复分配" in page(client)
    refused = send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "2"})
    send(client, "/rounds/rota/clean/rounds/r-ann/remove", {"revision": "2"})

    done = send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "3"})

    assert (refused.status_code, done.status_code) == (409, 303)
    assert sorted(stored(site, ROUNDS, "id", "person_id", "active")) == [
        ("r-ann", "ann", False), ("r-ben", "ben", True), ("r-new", "lea", True),
    ]  # fmt: skip
    assert [kind for (kind,) in stored(site, CHANGES, "kind")] == ["begun", "put", "taken", "published"]
    with site.app_context():
        assert {row.assignee_id for row in db.session.execute(db.select(ROWS.c.assignee_id))} == {"ben", "lea"}


def test_given_a_colleague_with_time_when_the_proposal_is_used_then_the_point_changes_hands_and_it_is_published(app):
    with app.app_context(), clock.at(MONDAY_NOON):
        world(daily(window("A1", "07:30", "08:20", expected_minutes=20)))
        for number, code in ((2, "000000000H"), (3, "7K3QX9M2TB"), (4, "ABCDEFGHJE")):
            builders.point(f"p{number}", code, name=f"卫生间{number}")
            builders.works_at(f"p{number}")
        builders.round_of("ben", ("p4",), windows=BOTH[:1])
        builders.person("sue", "supervisor", "care")
    client = at_work(app, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})
    send(client, "/rounds/rota/clean/rounds/r-ann", the_round(points=("p1", "p2", "p3"), **{"at-p3": "1"}))
    refused = send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "2"}).get_data(as_text=True)

    adopted = [send(client, "/rounds/rota/clean/adopt", {"revision": "2"}).status_code for _ in (1, 2)]
    done = send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "3"})

    assert "周一 07:30–08:20 需要 66 分钟，在岗 1 人 50 分钟" in refused
    assert "采用建议" in refused
    assert adopted == [303, 303]
    assert done.status_code == 303
    assert stored(app, ROUNDS, "id", "points", "active") == [
        ("r-ann", ["p3", "p2"], True), ("r-ben", ["p4", "p1"], True),
    ]  # fmt: skip
    plans = dict(stored(app, ROUNDS, "id", "plan"))
    assert plans["r-ann"]["workday"] == ["07:30 p2 JGSW05003.01/A/A1", "07:52 p3 JGSW05003.01/A/A1"]


def test_given_points_with_places_when_a_round_is_kept_then_they_stand_in_the_order_of_the_way(site):
    client = at_work(site, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})

    send(client, "/rounds/rota/clean/rounds/r-ann", the_round(points=("p1", "p2"), **{"at-p1": "2", "at-p2": "1"}))

    [(rounds,)] = stored(site, ROTAS, "rounds")
    assert [each["points"] for each in rounds if each["id"] == "r-ann"] == [["p2", "p1"]]


def test_given_a_draft_when_it_is_begun_twice_then_there_is_one(site):
    client = at_work(site, "sue")

    answers = [send(client, "/rounds/rota/clean/draft", {"id": each}).status_code for each in (ONE, ONE, TWO)]

    assert answers == [303, 303, 303]
    assert stored(site, ROTAS, "id", "state", "revision") == [(ONE, "draft", 1)]


def test_given_a_page_that_is_old_when_it_changes_the_draft_then_it_is_told_so_and_nothing_changes(site):
    client = at_work(site, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})
    send(client, "/rounds/rota/clean/rounds/r-ann", the_round(name="甲"))

    answer = send(client, "/rounds/rota/clean/rounds/r-ann", the_round(name="乙"))
    same = send(client, "/rounds/rota/clean/rounds/r-ann", the_round(name="甲"))

    assert (answer.status_code, same.status_code) == (409, 303)
    assert stored(site, ROTAS, "revision") == [(2,)]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({"name": " "}, "name"),
        ({"shift": "none"}, "shift"),
        ({"crew": "c9"}, "crew"),
        ({"person": "tom"}, "person"),
        ({"point": []}, "points"),
        ({"point": ["p9"]}, "points"),
        ({"window": ["X/A/A1"]}, "windows"),
        ({"window": []}, "windows"),
    ],
)
def test_given_a_round_that_does_not_hold_when_it_is_sent_then_its_field_is_named(site, keys, field):
    client = at_work(site, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})

    answer = send(client, "/rounds/rota/clean/rounds/r-ann", the_round(**keys))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)
    assert stored(site, ROTAS, "revision") == [(1,)]


def test_given_a_published_rota_when_the_same_is_asked_again_then_it_is_done_and_published_once(site):
    client = at_work(site, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})

    answers = [send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "1"}).status_code for _ in (1, 2)]

    assert answers == [303, 303]
    assert [kind for (kind,) in stored(site, CHANGES, "kind")] == ["begun", "published"]
    assert "已发布" in page(client)


def test_given_a_draft_when_it_is_dropped_then_what_is_published_stays(site):
    client = at_work(site, "sue")
    crowded(client)

    answers = [send(client, "/rounds/rota/clean/drop", {"id": ONE, "revision": "3"}).status_code for _ in (1, 2)]

    assert answers == [303, 303]
    assert stored(site, ROUNDS, "id", "active") == [("r-ann", True), ("r-ben", True)]
    assert stored(site, ROTAS, "state") == [("dropped",)]


def test_given_a_foreign_supervisor_when_they_ask_for_the_rota_then_there_is_none(site):
    client = at_work(site, "tom")

    with clock.at(MONDAY_NOON):
        assert client.get("/rounds/rota/clean").status_code == 404
    for path, data in (("draft", {"id": ONE}), ("publish", {"id": ONE, "revision": "1"}), ("adopt", {"revision": "1"})):
        assert send(client, f"/rounds/rota/clean/{path}", data).status_code in (404, 409)
    assert stored(site, ROTAS, "id") == []


def test_given_no_draft_when_a_round_is_changed_then_the_page_says_to_begin_one(site):
    client = at_work(site, "sue")

    assert send(client, "/rounds/rota/clean/rounds/r-ann", the_round()).status_code == 409
    assert send(client, "/rounds/rota/clean/draft", {"id": "x"}).status_code == 422


def test_given_minutes_of_the_way_when_the_standards_section_sets_them_then_they_are_kept_beside_the_old(site):
    client = at_work(site, "std")

    right = {"same_floor": "1", "same_building": "4", "elsewhere": "9"}
    done = [send(client, "/rounds/rota/walking", each).status_code for each in (right, {**right, "elsewhere": "61"})]

    assert done == [303, 422]
    assert stored(site, WALKS, "same_floor", "same_building", "elsewhere") == [(1, 4, 9)]
    assert "同层 1 分钟" in page(client, "/rounds/rota")


def test_given_a_handover_that_nothing_covers_when_a_rota_is_published_then_sc_2_refuses_it(site):
    client = at_work(site, "sue")
    send(client, "/rounds/rota/clean/draft", {"id": ONE})
    with site.app_context():
        builders.kept(
            Handover, id="h1", name="早晚交接", from_shift_id="early", to_shift_id="early", starts="14:00",
            ends="14:30", day_types=["workday"], covered_by=[],
        )  # fmt: skip

    refused = send(client, "/rounds/rota/clean/publish", {"id": ONE, "revision": "1"})

    assert refused.status_code == 409
    assert "早晚交接" in refused.get_data(as_text=True)
    assert stored(site, ROTAS, "state") == [("draft",)]


def test_given_the_history_when_the_page_is_read_then_it_says_who_did_what(site):
    client = at_work(site, "sue")
    crowded(client)

    text = page(client)

    assert "开始编排" in text
    assert "移除责任区" in text
    assert isinstance(stored(site, CHANGES, "at")[0][0], datetime)
