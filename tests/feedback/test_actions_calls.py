"""Calls in the database: who is told, when the next one is, joined taps, the end (rules SA-7b)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import db
from app.accounts.queries import person_by_id
from app.db import atomically
from app.feedback.actions_calls import accept, arrive, finish, place_call
from app.feedback.actions_telling import raise_calls
from app.feedback.models import FeedbackCall, FeedbackEvent, FeedbackItem
from app.feedback.queries_calls import anything_rising, calls_for, calls_within, seen_at
from app.feedback.rules_calls import CallState, Need
from app.feedback.rules_public import Kind
from app.messages.models import Alarm, Message
from app.places.models import Point
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.repairs.models import RepairOrder
from tests.support import builders as a
from tests.support.repairs import trade
from tests.support.voices import new_item

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def world(inside):
    a.small_world()
    return inside


def place(need=Need.PAPER, **given):
    return atomically(lambda: place_call(new_item(Kind.CALL, need=need, **given), ZONE)).id


def the_call():
    [found] = db.rows(select(FeedbackCall.__table__))
    return found


def told():
    return [(row.person_id, row.kind) for row in db.rows(select(Message.__table__).order_by(Message.id))]


def after(minutes):
    return a.NOW + timedelta(minutes=minutes)


def test_sa_7b_given_a_round_that_runs_when_called_then_its_person_is_told_and_the_point_knows():
    place()

    assert told() == [("ann", "call")]
    assert the_call().next_rung_at == after(5)
    assert db.scalar(select(Point.calls_open)) == 1


def test_sa_7b_given_nobody_on_the_round_when_called_then_the_crew_leader_is_told_at_once():
    evening = a.NOW.replace(hour=12)

    place(at=evening)

    call = the_call()
    assert (call.told_id, call.rung) == (None, 1)
    assert told() == [("lea", "call_waits")]


def test_sa_7b_given_nobody_accepts_when_the_timer_runs_then_leader_then_supervisor_once_each():
    place()

    for minutes in (4, 5, 6, 10, 11, 40):
        atomically(lambda: raise_calls(after(minutes)))  # noqa: B023

    assert told() == [("ann", "call"), ("lea", "call_waits"), ("sue", "call_waits")]
    assert not anything_rising(after(60))


def test_sa_7b_given_an_accepted_call_when_nobody_is_there_in_time_then_the_supervisor_is_told():
    call_id = place()
    atomically(lambda: accept(call_id, person_by_id("ann"), after(2)))

    quiet = atomically(lambda: raise_calls(after(14)))
    loud = atomically(lambda: raise_calls(after(15)))

    assert (quiet, loud) == (0, 1)
    assert told() == [("ann", "call"), ("sue", "call_waits")]


def test_sa_7b_given_an_arrival_when_the_timer_runs_then_nobody_else_is_told_and_the_duty_room_falls_silent():
    call_id = place()
    atomically(lambda: raise_calls(after(5)))
    atomically(lambda: arrive(call_id, person_by_id("ann"), after(7)))
    assert not anything_rising(after(60))

    atomically(lambda: finish(call_id, a.CODE, person_by_id("ann"), after(9)))

    assert db.scalar(select(Alarm.over_at)) == after(9)
    assert db.scalar(select(Point.calls_open)) == 0


def test_given_a_day_without_answer_when_the_timer_runs_then_the_call_ends_as_unanswered():
    place()
    for minutes in (5, 10):
        atomically(lambda: raise_calls(after(minutes)))  # noqa: B023

    atomically(lambda: raise_calls(after(24 * 60 + 1)))

    assert the_call().state == CallState.UNANSWERED
    assert db.scalar(select(Point.calls_open)) == 0


def test_sa_7b_given_taps_on_one_need_when_joined_then_counted_once_a_device_and_other_needs_stand_alone():
    first = place(device="d1")
    assert [place(device="d2"), place(device="d2"), place(device="d1")] == [first] * 3
    other = place(Need.WET, device="d1")

    counts = {row.need: row.taps for row in db.rows(select(FeedbackCall.__table__))}
    assert other != first
    assert counts == {"paper": 2, "wet": 1}


def test_given_an_ended_call_when_tapped_again_then_a_new_call_begins():
    first = place()
    atomically(lambda: finish(first, a.CODE, person_by_id("ann"), after(3)))

    assert place(device="d2", at=after(30)) != first


def test_given_the_same_tap_twice_when_sent_again_then_one_call():
    item = new_item(Kind.CALL, need=Need.PAPER)

    found = {atomically(lambda: place_call(item, ZONE)).id for _each in range(2)}

    assert len(found) == 1
    assert the_call().taps == 1


def test_sa_7b_given_something_broken_when_called_then_a_repair_order_stands_too():
    trade("water", "clean")

    place(Need.BROKEN)

    assert the_call().repair_id == db.scalar(select(RepairOrder.id))


def test_given_no_trade_on_duty_when_something_is_broken_then_the_call_stands_all_the_same():
    place(Need.BROKEN)

    assert the_call().repair_id is None


def test_given_two_workers_when_both_accept_then_the_first_has_it_and_may_say_so_again():
    a.person("amy", "worker", "clean", crew_id="c1")
    call_id = place()
    atomically(lambda: accept(call_id, person_by_id("ann"), after(1)))
    atomically(lambda: accept(call_id, person_by_id("ann"), after(2)))

    with pytest.raises(Conflict):
        atomically(lambda: accept(call_id, person_by_id("amy"), after(2)))

    assert the_call().accepted_at == after(1)
    atomically(lambda: arrive(call_id, person_by_id("amy"), after(3)))
    assert the_call().accepted_by_id == "amy"


def test_sa_7b_given_another_label_when_done_is_said_then_refused_and_with_the_right_one_done_once():
    call_id, ann = place(), person_by_id("ann")
    with pytest.raises(Invalid):
        atomically(lambda: finish(call_id, "", ann, after(3)))

    for minutes in (4, 5):
        atomically(lambda: finish(call_id, a.CODE, ann, after(minutes)))  # noqa: B023

    call = the_call()
    assert (call.state, call.ended_at, call.arrived_at) == (CallState.DONE, after(4), after(4))
    kinds = [row.kind for row in db.rows(select(FeedbackEvent.__table__).order_by(FeedbackEvent.id))]
    assert kinds == ["waiting", "done"]


def test_given_nothing_there_when_said_then_the_call_ends_so():
    call_id = place()

    atomically(lambda: finish(call_id, a.CODE, person_by_id("ann"), after(3), found=False))

    assert the_call().state == CallState.NOTHING
    with pytest.raises(Conflict):
        atomically(lambda: accept(call_id, person_by_id("ann"), after(4)))


@pytest.mark.parametrize("deed", [accept, arrive])
def test_given_strangers_when_they_act_then_refused(deed):
    call_id = place()

    with pytest.raises(NotFound):
        atomically(lambda: deed(call_id, person_by_id("bob"), after(1)))
    with pytest.raises(Forbidden):
        atomically(lambda: deed(call_id, person_by_id("sue"), after(1)))
    with pytest.raises(NotFound):
        atomically(lambda: deed("none", person_by_id("ann"), after(1)))

    assert the_call().state == CallState.WAITING


def test_given_people_when_they_look_then_the_worker_own_calls_the_leader_the_unit_the_desk_its_scope():
    a.person("amy", "worker", "clean", crew_id="c1")
    a.person("oli", "supervisor", "other")
    place()

    seen = {name: len(calls_for(person_by_id(name))) for name in ("ann", "amy", "lea", "bob")}
    desk = {name: len(calls_within(person_by_id(name), a.NOW)) for name in ("sue", "oli")}

    assert seen == {"ann": 1, "amy": 0, "lea": 1, "bob": 0}
    assert desk == {"sue": 1, "oli": 0}


def test_given_a_call_that_ended_when_visitors_look_then_shown_for_a_while():
    call_id = place()
    atomically(lambda: finish(call_id, a.CODE, person_by_id("ann"), after(3)))

    shown = [list(seen_at("p1", after(minutes))) for minutes in (4, 47, 49)]

    assert shown == [[Need.PAPER], [Need.PAPER], []]


def test_given_a_call_when_kept_then_its_item_has_the_hashes_and_units():
    place()

    [item] = db.rows(select(FeedbackItem.__table__))
    assert (item.kind, item.need, item.device, item.address) == ("call", "paper", "d1", "a1")
    assert (item.implementer_id, item.responsible_id, item.standard_code) == ("clean", "care", "JGSW05003.01")
