from datetime import date, timedelta

from sqlalchemy import select

from app.db import atomically, rows
from app.messages.actions import all_over, over, tell
from app.messages.actions_forgetting import forget_old
from app.messages.models import Alarm, Delivery, Message, MessageChoice
from app.messages.queries_recipients import crew_leaders, holders, supervisors_of, with_role
from app.messages.rules_words import SENTENCES, TITLES, Kind, sentence
from app.web.current import Role
from tests.support.builders import NOW, grant, kept, orgs, person
from tests.support.messages import channel, failed_delivery

PARAMS = {"point": "1号楼", "task": "保洁", "time": "08:41", "person": "安"}


def told(people=("ann",), key="k1", **keys):
    given = {"at": NOW, "key": key, **keys}
    return atomically(lambda: tell(Kind.MISSED, people, PARAMS, "/log", **given))


def world():
    orgs()
    for each, role, unit, crew in (
        ("ann", "worker", "clean", "c1"),
        ("lea", "crew_leader", "clean", "c1"),
        ("sue", "supervisor", "care", None),
        ("bos", "supervisor", "bureau", None),
        ("adm", "admin", "bureau", None),
    ):
        person(each, role, unit, crew_id=crew)


def test_given_two_people_when_told_twice_under_one_key_then_each_has_one_message(inside):
    world()

    first, second, other = told(("ann", "lea")), told(("ann", "lea", "sue")), told(key="k2")

    assert (first, second, other) == (2, 1, 1)
    assert len(rows(select(Message.id))) == 4


def test_given_a_muted_kind_when_told_then_only_what_is_urgent_arrives(inside):
    world()
    chosen = {"quiet_from": "", "quiet_to": "", "ahead_minutes": 10, "way": "all", "changed_at": NOW}
    kept(MessageChoice, person_id="ann", muted=["missed"], **chosen)

    assert (told(), told(key="k2", urgent=True)) == (0, 1)


def test_given_people_who_have_left_or_never_were_when_told_then_nobody_is(inside):
    world()
    person("gone", "worker", "clean", active=False)

    assert told(("gone", "nobody")) == 0
    assert told(()) == 0


def test_given_something_urgent_when_told_twice_then_one_alarm_stands_until_it_is_over(inside):
    world()
    told(urgent=True, unit_id="care")
    told(("lea",), urgent=True, unit_id="care")

    ended = [atomically(lambda: over("k1", NOW + timedelta(minutes=1))) for _ in range(2)]

    assert [row.unit_id for row in rows(select(Alarm.unit_id))] == ["care"]
    assert ended == [True, False]


def test_given_something_that_only_sounds_when_told_then_nobody_is_woken_and_it_ends_with_its_like(inside):
    world()
    for key in ("repair:1:a", "repair:1:b", "repair:12:a"):
        told(key=key, sounds=True)

    ended = [atomically(lambda: all_over("repair:1:", NOW)) for _ in range(2)]

    assert ended == [2, 0]
    assert {row.urgent for row in rows(select(Message.urgent))} == {False}
    assert len(rows(select(Alarm.id).where(Alarm.over_at.is_(None)))) == 1


def test_given_old_messages_when_forgotten_then_what_is_young_stays(inside):
    world()
    channel_id = channel()
    for days, key in ((200, "old"), (31, "month"), (1, "new")):
        told(key=key, urgent=True, at=NOW - timedelta(days=days))
        failed_delivery(channel_id, key, done_at=NOW - timedelta(days=days))
    failed_delivery(channel_id, "waiting", state="queued", done_at=None)

    gone = [atomically(lambda: forget_old(NOW)) for _ in range(2)]

    assert gone == [4, 0]
    assert sorted(row.key for row in rows(select(Message.key))) == ["month", "new"]
    assert sorted(row.key for row in rows(select(Delivery.key))) == ["new", "waiting"]


def test_given_units_and_crews_when_recipients_are_asked_then_the_nearest_answer(inside):
    world()
    grant("ann", "duty")
    grant("lea", "duty", to_on=date(2026, 2, 1))

    assert crew_leaders("c1") == ["lea"]
    assert crew_leaders("c9", "clean") == ["lea"]
    assert crew_leaders("c9") == []
    assert supervisors_of("clean") == ["sue"]
    assert supervisors_of("other") == ["bos"]
    assert supervisors_of("none") == []
    assert holders("duty", NOW.date()) == ["ann"]
    assert with_role(Role.SUPERVISOR) == ["bos", "sue"]


def test_given_every_kind_when_it_is_said_then_it_has_a_sentence_and_a_title(inside):
    assert set(SENTENCES) == set(TITLES) == set(Kind)
    assert "08:41" in sentence(Kind.MISSED, PARAMS)
    assert "—" in sentence(Kind.MISSED, {})
    assert sentence("unheard of", {"text": "x"}) == "x"
