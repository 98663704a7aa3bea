"""Repair orders as plain values: who a fault is for, who may move it, what comes first (rules NC-18)."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.repairs.rules import (
    BEFORE,
    NUMBER_ALPHABET,
    UNFINISHED,
    OrderState,
    Trade,
    first_mine,
    may_reopen,
    may_work,
    new_number,
    on_duty,
    open_key,
    trade_for,
)
from app.web.current import CurrentPerson, Role

LIFT = Trade("lift", "电梯", "Lifts", "ctr-lift", ("lift",), ("电梯", "层门"))
WATER = Trade("water", "水", "Water", "ctr-mep", ("restroom", "pantry"), ("水", "漏水"))
POWER = Trade("power", "电", "Power", "ctr-mep", (), ("灯", "电"), person_id="wk-17")
REST = Trade("rest", "综合", "General", "dept", ("*",))
ALL = (LIFT, WATER, POWER, REST)


def person(role=Role.WORKER, path="/bureau/dept/ctr-mep/", **keys):
    org = path.strip("/").split("/")[-1]
    return CurrentPerson(keys.pop("id", "x"), "某人", role, org, path, **keys)


@pytest.mark.parametrize(
    ("kind", "text", "trade"),
    [
        ("restroom", "灯不亮", "power"),
        ("plant_room", "电梯不动", "lift"),
        ("parking", "漏水", "water"),
        ("restroom", "坏了", "water"),
        ("lift", "坏了", "lift"),
        ("parking", "坏了", "rest"),
        ("parking", "", "rest"),
    ],
)
def test_nc18_given_a_fault_when_the_trade_is_sought_then_the_longest_word_decides_then_the_place(kind, text, trade):
    assert trade_for(ALL, kind, text).id == trade


def test_given_words_of_equal_length_when_both_are_named_then_the_first_trade_comes():
    assert trade_for((WATER, POWER), "parking", "灯和水").id == "water"


def test_given_no_trade_that_fits_when_sought_then_the_first_comes_and_none_of_none():
    assert trade_for((LIFT,), "parking", "坏了") is LIFT
    assert trade_for((), "parking", "坏了") is None


def test_given_faults_when_keyed_then_named_ones_are_one_each_and_unnamed_ones_one_a_trade():
    assert open_key("p1", "water", "JGSW/S1") == open_key("p1", "power", "JGSW/S1")
    assert open_key("p1", "water", "") != open_key("p1", "power", "")
    assert open_key("p1", "water", "") != open_key("p2", "water", "")


def test_given_numbers_when_made_then_each_can_be_said_on_the_telephone():
    number = new_number()

    assert number.startswith("BX-") and len(number) == 10
    assert set(number[3:]) <= set(NUMBER_ALPHABET)
    assert not set("ILOU") & set(NUMBER_ALPHABET)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (person(), True),
        (person(Role.CREW_LEADER), True),
        (person(Role.MANAGER), True),
        (person(path="/bureau/dept/ctr-mep/team/"), True),
        (person(path="/bureau/dept/ctr-lift/"), False),
        (person(path="/bureau/dept/"), False),
        (person(Role.SUPERVISOR, "/bureau/dept/"), True),
        (person(Role.SUPERVISOR, "/bureau/other/"), False),
        (person(Role.INSPECTOR), False),
        (person(Role.ADMIN, "/bureau/dept/ctr-mep/"), False),
    ],
)
def test_given_an_order_when_people_ask_to_work_then_the_unit_and_who_is_above_it_may(who, may):
    assert may_work(who, "ctr-mep", "/bureau/dept/ctr-mep/") is may


def test_given_a_repair_when_it_did_not_hold_then_reporters_and_the_place_may_say_so_and_not_the_trade():
    assert may_reopen(person(), reported=True, implementer_id="clean", responsible_id="care")
    assert may_reopen(person(path="/b/clean/"), reported=False, implementer_id="clean", responsible_id="care")
    assert may_reopen(person(path="/b/care/"), reported=False, implementer_id="clean", responsible_id="care")
    assert not may_reopen(person(), reported=False, implementer_id="clean", responsible_id="care")


def test_given_duties_when_asked_who_is_on_then_a_name_comes_before_a_crew_and_a_crew_before_the_unit():
    crew = Trade("c", "c", "c", "ctr-mep", crew_id="c1")

    assert on_duty(person(id="wk-17"), POWER) and not on_duty(person(), POWER)
    assert on_duty(person(crew_id="c1"), crew) and not on_duty(person(crew_id="c2"), crew)
    assert on_duty(person(), WATER) and not on_duty(person(path="/b/x/"), WATER)


@dataclass(frozen=True)
class Order:
    trade_id: str
    accepted_by_id: str | None


def test_given_orders_when_put_in_order_then_mine_come_first_then_my_duty_then_free_ones_then_those_of_others():
    orders = [Order("lift", "y"), Order("lift", None), Order("water", None), Order("water", "x")]

    assert first_mine(orders, person(id="x"), ALL) == orders[::-1]


@given(st.lists(st.sampled_from(["lift", "water"]), max_size=8))
def test_given_orders_of_one_standing_when_put_in_order_then_their_age_stays(trades):
    orders = [Order(trade, "other") for trade in trades]

    assert first_mine(orders, person(), ALL) == orders


def test_given_the_states_when_the_ways_are_read_then_nothing_is_repaired_by_who_was_not_there():
    assert BEFORE[OrderState.REPAIRED] == BEFORE[OrderState.DECLINED] == (OrderState.ARRIVED,)
    assert OrderState.ARRIVED in UNFINISHED and OrderState.REPAIRED not in UNFINISHED
    assert set(BEFORE[OrderState.OPEN]) == set(OrderState) - set(UNFINISHED)
    assert set(BEFORE[OrderState.ACCEPTED]) == {OrderState.OPEN}
    assert set(BEFORE[OrderState.ARRIVED]) == {OrderState.OPEN, OrderState.ACCEPTED}


def test_given_two_trades_with_words_of_one_length_when_both_stand_in_the_text_then_the_first_of_the_list_comes():
    same = Trade("same", "门", "Doors", "x", (), ("层门",))

    assert trade_for((LIFT, same), "lobby", "层门坏") is LIFT
    assert trade_for((same, LIFT), "lobby", "层门坏") is same


def test_given_a_fault_when_its_open_order_is_named_then_place_and_fault_or_trade_are_apart():
    assert open_key("p1", "water", "leak") == "p1/leak"
    assert open_key("p1", "water", "") == "p1/water"
