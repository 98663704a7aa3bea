from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import atomically, rows, scalar
from app.messages.actions import over, tell
from app.messages.models import Alarm, Message, MessageChoice
from app.messages.queries import unread
from app.messages.rules_words import Kind
from tests.support.builders import NOW, grant, orgs, person

PARAMS = {"point": "1号楼", "task": "保洁", "time": "08:41", "person": "安", "topic": "<b>没纸</b>"}


@pytest.fixture
def world(app):
    with app.app_context():
        orgs()
        for each, role, unit in (
            ("ann", "worker", "clean"),
            ("sue", "supervisor", "care"),
            ("oli", "supervisor", "other"),
            ("dot", "worker", "clean"),
            ("ina", "inspector", "bureau"),
        ):
            person(each, role, unit)
        grant("dot", "duty")
        grant("ina", "duty")
    return app


def told(app, people, key="k1", kind=Kind.CALL, **keys):
    with app.app_context():
        given = {"at": NOW, "key": key, **keys}
        return atomically(lambda: tell(kind, people, PARAMS, "/log?day=1", **given))


def signed_in(app, who):
    client = app.test_client()
    client.sign_in(who)
    return client


def first(app, table=Message):
    with app.app_context():
        return scalar(select(func.min(table.id)))


def test_given_messages_when_the_list_opens_then_each_is_said_in_the_readers_language(world):
    told(world, ["ann"])
    client = signed_in(world, "ann")

    chinese = client.get("/messages").get_data(as_text=True)
    english = client.get("/messages", headers={"Accept-Language": "en"}).get_data(as_text=True)

    assert "来访人呼叫" in chinese and "&lt;b&gt;没纸&lt;/b&gt;" in chinese
    assert "A visitor calls" in english
    assert client.get("/messages/count").get_json()["unread"] == 1


def test_given_a_message_when_opened_twice_then_it_is_read_once_and_leads_on(world):
    told(world, ["ann"])
    client, number = signed_in(world, "ann"), first(world)

    answers = [client.send(f"/messages/{number}/open", page="/messages") for _ in range(2)]

    assert [answer.location for answer in answers] == ["/log?day=1"] * 2
    with world.app_context():
        assert unread("ann") == 0
    assert client.get("/messages?unread=1").status_code == 200


def test_given_somebody_elses_message_when_opened_then_there_is_none_and_it_stays_unread(world):
    told(world, ["ann"])
    client = signed_in(world, "dot")

    assert client.send(f"/messages/{first(world)}/open", page="/messages").status_code == 404
    with world.app_context():
        assert unread("ann") == 1


def test_given_two_readers_when_one_marks_all_then_the_other_keeps_theirs(world):
    told(world, ["ann", "dot"])
    client = signed_in(world, "ann")

    assert client.send("/messages/read", page="/messages").status_code == 303
    assert client.send("/messages/read", page="/messages/choices").status_code == 303
    with world.app_context():
        assert (unread("ann"), unread("dot")) == (0, 1)


def test_given_a_link_that_leads_away_when_opened_then_it_stays_here(world):
    with world.app_context():
        atomically(lambda: tell(Kind.CALL, ["ann"], PARAMS, "//evil.example", at=NOW, key="x"))

    answer = signed_in(world, "ann").send(f"/messages/{first(world)}/open", page="/messages")

    assert answer.location == "/messages"


def test_given_something_urgent_when_the_duty_room_looks_then_each_sees_what_is_theirs(world):
    told(world, [], urgent=True, unit_id="care")

    seen = {}
    for who in ("sue", "oli", "dot", "ina"):
        seen[who] = signed_in(world, who).get("/messages/duty/list").get_data(as_text=True).count("data-deed")

    assert seen == {"sue": 1, "oli": 0, "dot": 1, "ina": 1}
    assert signed_in(world, "ann").get("/messages/duty").status_code == 403


def test_given_an_alarm_when_two_take_it_then_the_first_holds_it_and_may_give_it_back(world):
    told(world, ["dot"], urgent=True, unit_id="care")
    number = first(world, Alarm)
    sue, dot = signed_in(world, "sue"), signed_in(world, "dot")

    with clock.at(NOW + timedelta(minutes=3)):
        statuses = [
            sue.send(f"/messages/duty/{number}/{deed}", page="/messages/choices").status_code
            for deed in ("take", "take")
        ]
        late = dot.send(f"/messages/duty/{number}/take", page="/messages/choices").status_code
        robbed = dot.send(f"/messages/duty/{number}/give-back", page="/messages/choices").status_code
        page = dot.get("/messages/duty").get_data(as_text=True)
        back = [sue.send(f"/messages/duty/{number}/give-back", page="/messages/choices").status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert (late, robbed) == (409, 409)
    assert "人员sue" in page and 'data-open="0"' in page
    assert back == [303, 303]
    assert 'data-open="1"' in dot.get("/messages/duty").get_data(as_text=True)


def test_given_an_alarm_out_of_reach_when_taken_then_there_is_none(world):
    told(world, [], urgent=True, unit_id="care")

    answer = signed_in(world, "oli").send(f"/messages/duty/{first(world, Alarm)}/take", page="/messages/choices")

    assert answer.status_code == 404
    with world.app_context():
        assert rows(select(Alarm.taken_by_id)) == [(None,)]


def test_given_an_alarm_that_is_over_when_the_duty_room_looks_then_it_no_longer_sounds(world):
    told(world, ["dot"], urgent=True)
    with world.app_context():
        atomically(lambda: over("k1", NOW))

    assert 'data-open="0"' in signed_in(world, "dot").get("/messages/duty").get_data(as_text=True)


CHOSEN = {
    "wanted": ["missed"], "way": "none", "ahead": "20", "quiet_from": "22:00", "quiet_to": "06:00",
    "mobile": "138 0000-1111", "wecom_id": "ann.w", "dingtalk_id": "",
}  # fmt: skip


def test_given_choices_when_kept_twice_then_the_last_counts_and_the_page_shows_it(world):
    client = signed_in(world, "ann")

    answers = [client.send("/messages/choices", CHOSEN | {"ahead": each}).status_code for each in ("5", "20")]
    page = client.get("/messages/choices").get_data(as_text=True)

    assert answers == [303, 303]
    assert "13800001111" in page and 'value="20" selected' in page
    assert told(world, ["ann"]) == 0 and told(world, ["ann"], kind=Kind.MISSED) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("way", "99"),
        ("ahead", "7"),
        ("ahead", "٥"),
        ("quiet_from", "25:00"),
        ("quiet_to", ""),
        ("mobile", "1380000<script>"),
        ("wecom_id", "@all"),
        ("wecom_id", "a|b"),
        ("dingtalk_id", "a,b"),
        ("dingtalk_id", "张三"),
    ],
)
def test_given_a_choice_that_does_not_hold_when_kept_then_it_says_so_and_nothing_changes(world, name, value):
    answer = signed_in(world, "ann").send("/messages/choices", CHOSEN | {name: value})

    assert answer.status_code == 422
    with world.app_context():
        assert rows(select(MessageChoice.person_id)) == []


def test_given_strangers_when_they_ask_then_they_are_sent_to_sign_in(world):
    client = world.test_client()
    client.inspecting = False

    for path in ("/messages", "/messages/count", "/messages/duty", "/messages/choices"):
        assert client.get(path).status_code in (302, 303)


def test_given_hands_on_the_home_page_when_it_opens_then_the_bell_stands_there_and_asks_later(world):
    page = signed_in(world, "ann").get("/").get_data(as_text=True)

    assert 'href="/messages"' in page and "bell.js" in page
