"""Carrying messages outside against stubs on loopback: real sockets, both databases."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import clock
from app.db import atomically, rows
from app.messages import actions_deliver
from app.messages.actions import tell
from app.messages.actions_channels import try_again
from app.messages.actions_choices import choose
from app.messages.actions_deliver import Outside, carry
from app.messages.models import Delivery, Message, MessageChannel
from app.messages.queries_outbox import anything_to_carry
from app.messages.rules_choices import DEFAULT
from app.messages.rules_words import Kind
from app.messages.secrets import Opened, seal
from tests.support import messages
from tests.support.builders import NOW, orgs, person
from tests.support.stubs import stub

KEY = "k" * 32
PARAMS = {"point": "1号楼1层男卫生间", "topic": "paper"}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server():
    # What one process remembers of tokens is keyed by channel and hour, which two databases of a test share.
    actions_deliver._tokens.clear()
    with stub() as made:
        yield made


@pytest.fixture
def world(inside):
    orgs()
    for each, role, unit in (
        ("ann", "worker", "clean"),
        ("sue", "supervisor", "care"),
        ("adm", "admin", "bureau"),
        ("oli", "worker", "other"),
    ):
        person(each, role, unit)
    return inside


def channel(server, kind="wecom_robot", path="/send?key=1", secret="", **values):
    return messages.channel(kind, server.url + path, secret, KEY, **values)


def told(people=("ann",), key="k1", kind=Kind.CALL, at=NOW, **keys):
    params = keys.pop("params", PARAMS)
    return atomically(lambda: tell(kind, people, params, "/p/1", at=at, key=key, **keys))


def chosen(who, **values):
    class Somebody:
        id = who

    atomically(lambda: choose(Somebody, replace(DEFAULT, **values), NOW))


def carried(server, now=NOW):
    outside = Outside(KEY, "https://dabiao.example", ZoneInfo("Asia/Shanghai"), "zh_Hans_CN", frozenset({server.name}))
    with clock.at(now):
        return carry(outside)


def states():
    return [tuple(row) for row in rows(select(Delivery.state, Delivery.tries).order_by(Delivery.id))]


def content(asked):
    return asked.json["text"]["content"]


def test_given_a_robot_when_a_message_is_told_then_the_group_reads_it_once_with_people_by_name(world, server):
    channel(server)
    chosen("ann", mobile="13800001111")
    chosen("sue", wecom_id="sue.w", mobile="13800002222")
    told(("ann", "sue"))

    counts = [carried(server), carried(server, NOW + MINUTE)]
    told(("ann", "sue", "oli"))
    counts.append(carried(server, NOW + 2 * MINUTE))

    assert counts == [1, 0, 0]
    assert content(server.asked[0]).startswith("【来访人呼叫】1号楼1层男卫生间")
    assert content(server.asked[0]).endswith("\nhttps://dabiao.example/p/1")
    assert server.asked[0].json["text"]["mentioned_mobile_list"] == ["13800001111"]
    assert server.asked[0].json["text"]["mentioned_list"] == ["sue.w"]
    assert states() == [("sent", 1)]
    assert not anything_to_carry(NOW + timedelta(days=2))


def test_given_words_of_a_visitor_when_they_reach_a_group_then_they_call_nobody(world, server):
    channel(server)
    told(kind=Kind.REPAIR, params={"point": "厕所", "text": "@all <@all> https://evil.example\n【紧急】"})

    carried(server)

    assert "@all" not in content(server.asked[0]) and "https://evil" not in content(server.asked[0])
    assert content(server.asked[0]).count("\n") == 1


def test_given_a_robot_that_answers_500_for_an_hour_when_it_comes_back_then_nothing_is_lost_and_nobody_flooded(
    world, server
):
    channel(server)
    server.answer = lambda _asked: (500, b"")
    now = NOW
    for minute in range(60):
        told(key=f"k{minute}", at=now)
        carried(server, now)
        now += MINUTE
    tries = len(server.asked)
    server.answer = lambda _asked: (200, {"errcode": 0})
    server.asked.clear()
    # A rest of a quarter of an hour at most.
    for _ in range(20):
        carried(server, now)
        now += MINUTE

    assert tries <= 12
    assert 1 <= len(server.asked) <= 5
    assert sum(content(each).count("· ") for each in server.asked) == 60
    assert {state for state, _tries in states() if state != "sent"} == set()
    assert [row.key for row in rows(select(Message.key).where(Message.kind == "channel_failed"))] == [
        "channel/1/2026-11-23"
    ]


def test_given_a_burst_when_a_robot_takes_twenty_a_minute_then_it_is_gathered_and_spread_over_minutes(world, server):
    channel(server)
    for number in range(400):
        told(key=f"k{number}")

    first = carried(server)
    for minute in range(1, 12):
        carried(server, NOW + minute * MINUTE)

    assert first <= 5
    assert all(len(content(each).encode()) <= 2048 for each in server.asked)
    assert sum(content(each).count("· ") for each in server.asked) == 400


def test_given_an_urgent_thing_among_many_when_carried_then_it_goes_first(world, server):
    channel(server)
    for number in range(100):
        told(key=f"k{number}")
    told(key="fire", urgent=True, params={"point": "锅炉房", "topic": "broken"})

    carried(server)

    assert "锅炉房" in content(server.asked[0])


def test_given_a_robot_that_refuses_when_carried_then_the_failure_is_seen_and_tried_again_by_hand(world, server):
    number = channel(server)
    server.answer = lambda _asked: (200, {"errcode": 93000, "errmsg": "invalid webhook url"})
    told()

    carried(server)
    failed = states()
    server.answer = lambda _asked: (200, {"errcode": 0})
    again = [atomically(lambda: try_again(number, NOW + MINUTE)) for _ in range(2)]
    carried(server, NOW + MINUTE)

    assert failed == [("failed", 1)]
    assert again == [1, 0]
    # The office was told of the failure, and that message went the same way.
    assert {state for state, _tries in states()} == {"sent"}


def test_given_a_robot_that_is_down_for_a_day_when_carried_then_it_is_given_up_and_says_why(world, server):
    channel(server)
    server.answer = lambda _asked: (503, b"")
    told(kind=Kind.CALL)
    carried(server)

    carried(server, NOW + timedelta(hours=25))

    state = rows(select(Delivery.state, Delivery.reason).where(Delivery.key == "k1"))[0]
    assert tuple(state) == ("failed", "status: 503")


def test_given_a_crash_between_the_post_and_its_note_when_carried_again_then_the_webhook_sees_the_same_id(
    world, server, monkeypatch
):
    channel(server, "webhook", "/in", "0123456789abcdef")
    told()

    def crash(*_args, **_kwargs):
        raise RuntimeError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr("app.messages.actions_deliver.keep_outcome", crash)
        with pytest.raises(RuntimeError):
            carried(server)
    carried(server, NOW + MINUTE)

    assert [each.headers["Dabiao-Id"] for each in server.asked] == [server.asked[0].headers["Dabiao-Id"]] * 2
    assert states() == [("sent", 1)]


def test_given_app_channels_when_a_person_has_an_account_then_they_alone_are_written_to_with_a_fresh_token(
    world, server
):
    channel(server, "wecom_app", "", "s", settings={"corp_id": "ww1", "agent_id": "7"})
    chosen("ann", wecom_id="ann.w")
    tokens = iter(["old", "new"])

    def answer(asked):
        if asked.method == "GET":
            return 200, {"errcode": 0, "access_token": next(tokens), "expires_in": 7200}
        return 200, {"errcode": 42001 if "old" in asked.path else 0}

    server.answer = answer
    told(("ann", "sue"))

    assert carried(server) == 1
    assert [each.path.partition("?")[0] for each in server.asked] == [
        "/cgi-bin/gettoken", "/cgi-bin/message/send", "/cgi-bin/gettoken", "/cgi-bin/message/send",
    ]  # fmt: skip
    assert server.asked[-1].json["touser"] == "ann.w"


def test_given_sms_when_told_then_the_gateway_gets_the_number_in_the_readers_language(world, server):
    settings = {"media": "json", "template": '{"to":"{mobile}","say":"{text}"}', "header": "", "expected": "OK"}
    channel(server, "sms", "/sms", settings=settings)
    server.answer = lambda _asked: (200, b"OK")
    chosen("ann", mobile="13800001111")
    person("eve", "worker", "clean", locale="en")
    chosen("eve", mobile="13800003333")
    told(("ann", "eve", "oli"))

    carried(server)

    said = {each.json["to"]: each.json["say"] for each in server.asked}
    assert set(said) == {"13800001111", "13800003333"}
    assert "来访人呼叫" in said["13800001111"] and "A visitor calls" in said["13800003333"]


def test_given_quiet_hours_when_told_at_night_then_only_what_is_urgent_or_running_goes_out(world, server):
    channel(server)
    night = NOW + timedelta(hours=14)
    told(key="calm", at=night)
    told(key="fire", at=night, urgent=True)
    told(key="soon", at=night, kind=Kind.DUE_SOON)

    carried(server, night)
    at_night = len(server.asked)
    carried(server, night + timedelta(hours=9))

    assert at_night == 2
    assert len(server.asked) == 3


def test_given_a_reminder_that_came_too_late_when_carried_then_it_lapses(world, server):
    channel(server)
    told(kind=Kind.DUE_SOON, at=NOW - timedelta(hours=1))

    assert carried(server) == 0
    assert [state for state, _tries in states()] == ["lapsed"]


def test_given_channels_for_kinds_and_units_when_told_then_each_carries_its_own(world, server):
    channel(server, path="/calls", kinds=["call"])
    channel(server, path="/care", unit_ids=["care"])
    channel(server, path="/off", active=False)
    channel(server, path="/gone", unit_ids=["no-such-unit"])
    told(("oli",), key="k1", kind=Kind.CALL)
    told(("ann",), key="k2", kind=Kind.MISSED)

    carried(server)

    assert sorted(each.path for each in server.asked) == ["/calls", "/care"]


def test_given_a_person_who_wants_nothing_outside_when_told_then_only_urgent_things_reach_them(world, server):
    settings = {"media": "form", "template": "m={mobile}&t={text}", "header": "", "expected": ""}
    channel(server, "sms", "/sms", settings=settings)
    chosen("ann", mobile="13800001111", way="none")
    told(key="calm")
    told(key="fire", urgent=True)

    carried(server)

    assert len(server.asked) == 1


def test_given_another_key_of_the_installation_when_carried_then_the_channel_says_so(world, server):
    channel(server, sealed=seal(Opened(server.url, ""), "x" * 32))
    told()

    carried(server)

    assert server.asked == []
    assert rows(select(MessageChannel.reason))[0].reason == "sealed"


def test_given_an_address_that_leads_inside_when_carried_then_nothing_reaches_it(world, server):
    channel(server, sealed=seal(Opened(f"https://127.0.0.1:{server.port}/", ""), KEY))
    told()

    outside = Outside(KEY, "https://dabiao.example", ZoneInfo("Asia/Shanghai"), "zh_Hans_CN", frozenset())
    with clock.at(NOW):
        carry(outside)

    assert server.asked == []
    assert rows(select(MessageChannel.reason))[0].reason == "inside"
