"""Calls (rules SA-7b)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules_calls import (
    CALL_WORD,
    NEED_ICONS,
    NEED_WORDS,
    NEEDS_OF,
    CallState,
    Need,
    call_figures,
    is_late,
    minutes_left,
    needs_at,
    next_rung_at,
    response_minutes,
)
from tests.support.builders import NOW

DUE = NOW + timedelta(minutes=15)


def agreed(event, minutes):
    return {"responses": [{"event_zh": event, "limit_min": minutes}]}


@pytest.mark.parametrize(
    ("profile", "minutes"),
    [
        (None, 15),
        ({}, 15),
        (agreed("临时保洁呼叫到场", 15), 15),
        (agreed("临时保洁呼叫到场", 10), 10),
        (agreed("呼叫到场", 40), 40),
        (agreed("岗位空岗", 3), 15),
        (agreed("呼叫到场", 0), 15),
        (agreed("呼叫到场", -5), 15),
        (agreed("呼叫到场", 481), 15),
        (agreed("呼叫到场", 480), 480),
        (agreed("呼叫到场", "x"), 15),
        ({"responses": [{"event_zh": "急修", "limit_min": 30}, {"event_zh": "呼叫", "limit_min": 8}]}, 8),
    ],
)
def test_sa_7b_given_a_contract_when_somebody_is_called_then_its_limit_or_fifteen_minutes(profile, minutes):
    assert response_minutes(profile) == minutes


def test_sa_7b_given_a_restroom_when_shown_then_four_buttons_and_none_where_the_place_is_secret():
    assert needs_at("restroom", 2) == (Need.PAPER, Need.WET, Need.SMELL, Need.BROKEN)
    assert needs_at("restroom", 3) == needs_at("restroom", 1)
    assert needs_at("restroom", 4) == ()
    assert needs_at("灭火器", 1) == (Need.BROKEN,)
    assert needs_at("灭火器", 4) == needs_at("plant_room", 1) == needs_at("vehicle", 1) == ()


def test_given_kinds_of_points_when_read_then_only_known_needs_each_with_a_word_and_a_picture():
    assert {need for needs in NEEDS_OF.values() for need in needs} == set(Need) == set(NEED_WORDS) == set(NEED_ICONS)
    assert all(Need.PAPER not in needs for kind, needs in NEEDS_OF.items() if kind not in ("restroom", "pantry"))


@pytest.mark.parametrize(("rung", "minutes"), [(0, 5), (1, 10), (2, None), (3, None)])
def test_sa_7b_given_nobody_accepts_when_thirds_pass_then_the_next_one_is_told(rung, minutes):
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)

    assert next_rung_at(NOW, DUE, rung) == expected


@pytest.mark.parametrize(("seconds", "left"), [(0, 15), (1, 15), (60, 14), (899, 1), (900, 0), (961, -1)])
def test_given_a_clock_when_read_then_whole_minutes_rounded_up(seconds, left):
    assert minutes_left(DUE, NOW + timedelta(seconds=seconds)) == left


@pytest.mark.parametrize(
    ("state", "arrived", "now", "late"),
    [
        (CallState.WAITING, None, 15, False),
        (CallState.WAITING, None, 16, True),
        (CallState.DONE, 15, 60, False),
        (CallState.DONE, 16, 60, True),
        (CallState.UNANSWERED, None, 1, True),
    ],
)
def test_given_a_call_when_somebody_was_there_by_the_limit_then_it_is_in_time(state, arrived, now, late):
    came = None if arrived is None else NOW + timedelta(minutes=arrived)

    assert is_late(state, DUE, came, NOW + timedelta(minutes=now)) is late


def test_given_calls_when_counted_then_medians_in_minutes_and_in_time_of_those_due():
    def course(accepted, arrived):
        return (NOW, accepted and NOW + timedelta(minutes=accepted), arrived and NOW + timedelta(minutes=arrived), DUE)

    figures = call_figures([course(2, 9), course(4, 20), course(3, None), course(None, None)], NOW)
    later = call_figures([course(None, None)], DUE)

    assert (figures.n, figures.to_accept, figures.to_arrive, figures.in_time, figures.due) == (4, 3, 14, 1, 2)
    assert (later.in_time, later.due, later.to_arrive) == (0, 1, None)


@given(st.integers(1, 480), st.integers(0, 1))
def test_given_any_limit_when_rungs_are_told_then_in_order_and_before_the_limit(minutes, rung):
    due = NOW + timedelta(minutes=minutes)

    told = next_rung_at(NOW, due, rung)

    assert told is not None
    assert NOW < told < due


@pytest.mark.parametrize(("minutes", "limit"), [(-5, 15), (0, 15), (1, 1), (15, 15), (480, 480), (481, 15), ("9", 15)])
def test_sa_7b_given_a_contract_when_its_limit_is_no_number_of_minutes_then_a_quarter_of_an_hour(minutes, limit):
    profile = {"responses": [{"event_zh": "电梯困人", "limit_min": 5}, {"event_zh": CALL_WORD, "limit_min": minutes}]}

    assert response_minutes(profile) == limit


def test_given_a_clock_of_an_hour_when_read_then_minutes_have_sixty_seconds():
    assert minutes_left(NOW + timedelta(minutes=300), NOW) == 300
    assert minutes_left(NOW, NOW + timedelta(minutes=300)) == -300


def test_given_a_call_reached_at_its_very_limit_when_counted_then_in_time_and_medians_have_sixty_seconds():
    figures = call_figures([(NOW, NOW + timedelta(minutes=300), DUE, DUE)], NOW)

    assert (figures.in_time, figures.to_accept, figures.to_arrive) == (1, 300, 15)
