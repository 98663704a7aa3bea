from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schedule.rules_states import (
    DONE,
    Deadlines,
    Known,
    Phase,
    State,
    Unable,
    may_fill,
    may_void,
    phase,
    settle,
)

MINUTE = timedelta(minutes=1)
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
# Opens 10 minutes before, 40 minutes long, 15 of grace, then 60 more until the next window.
DUE = Deadlines(START - 10 * MINUTE, START + 55 * MINUTE, START + 115 * MINUTE)


def at(minute):
    return START + minute * MINUTE


@pytest.mark.parametrize(
    ("minute", "where"),
    [
        (-11, Phase.AHEAD),
        (-10, Phase.OPEN),
        (55, Phase.OPEN),
        (56, Phase.OVERTIME),
        (115, Phase.OVERTIME),
        (116, Phase.OVER),
    ],
)
def test_given_a_moment_when_its_phase_is_asked_then_every_edge_belongs_to_the_kinder_side(minute, where):
    assert phase(DUE, at(minute)) is where


@pytest.mark.parametrize(
    ("known", "minute", "state"),
    [
        (Known(), 0, State.PLANNED),
        (Known(), 115, State.PLANNED),
        (Known(), 116, State.MISSED),
        (Known(done=State.LATE), 9999, State.LATE),
        (Known(voided=True), 9999, State.VOID),
        (Known(exempted=True), 9999, State.EXEMPT),
        (Known(exempted=True, done=State.IN_WINDOW), 9999, State.EXEMPT),
        (Known(unable=Unable(1, occupied=False)), 9999, State.UNABLE),
        (Known(unable=Unable(1, occupied=True)), 9999, State.UNABLE),
        (Known(unable=Unable(2, occupied=True)), 50, State.EXEMPT),
        (Known(unable=Unable(2, occupied=False)), 9999, State.UNABLE),
        (Known(unable=Unable(1, occupied=False, accepted=True)), 9999, State.EXEMPT),
        (Known(unable=Unable(2, occupied=True, accepted=False)), 50, State.PLANNED),
        (Known(unable=Unable(1, occupied=False, accepted=False)), 9999, State.MISSED),
        (Known(unable=Unable(1, occupied=False), done=State.IN_GRACE), 9999, State.IN_GRACE),
        (Known(phones=(at(10),)), 55, State.PLANNED),
        (Known(phones=(at(10),)), 56, State.UNKNOWN),
        (Known(phones=(at(55),)), 56, State.UNKNOWN),
        (Known(phones=(at(56),)), 116, State.MISSED),
        (Known(phones=(at(56), at(10))), 116, State.UNKNOWN),
        (Known(phones=(at(10),)), 55 + 1440, State.UNKNOWN),
        (Known(phones=(at(10),)), 56 + 1440, State.MISSED),
        (Known(announced=True), 55, State.PLANNED),
        (Known(announced=True), 56, State.UNKNOWN),
        (Known(announced=True, phones=(at(56),)), 116, State.UNKNOWN),
        (Known(announced=True), 55 + 1440, State.UNKNOWN),
        (Known(announced=True), 56 + 1440, State.MISSED),
        (Known(announced=True, done=State.IN_GRACE), 116, State.IN_GRACE),
    ],
)
def test_given_what_is_known_when_it_settles_then_the_state_is_that_of_the_rules(known, minute, state):
    assert settle(DUE, known, at(minute)) is state


def test_given_the_states_when_a_check_arrives_then_only_the_open_the_missed_and_the_reported_take_it():
    takers = {state for state in State if may_fill(state)}

    assert takers == {State.PLANNED, State.UNKNOWN, State.UNABLE, State.MISSED}


def test_given_a_cancelled_event_when_its_occurrence_has_started_or_is_done_then_it_stays():
    assert may_void(START, State.PLANNED, at(-1))
    assert not may_void(START, State.PLANNED, at(0))
    assert not may_void(START, State.UNABLE, at(-1))


minutes = st.integers(-60, 4000)


@st.composite
def deadlines(draw):
    opens = START - draw(st.integers(0, 90)) * MINUTE
    end = START + draw(st.integers(1, 600)) * MINUTE
    grace = end + draw(st.integers(0, 120)) * MINUTE
    return Deadlines(opens, grace, grace + draw(st.integers(0, 1440)) * MINUTE)


@given(deadlines(), st.lists(minutes, max_size=3), st.lists(minutes, min_size=2, max_size=8))
def test_given_nobody_does_anything_when_time_passes_then_the_state_never_goes_back(due, calls, moments):
    order = [State.PLANNED, State.UNKNOWN, State.MISSED]
    known = Known(phones=tuple(map(at, calls)))

    seen = [settle(due, known, at(moment)) for moment in sorted(moments)]

    ranks = [order.index(state) for state in seen]
    assert ranks == sorted(ranks)


@given(deadlines(), st.lists(minutes, max_size=3), minutes)
def test_given_any_moment_when_it_settles_then_missed_means_no_check_could_still_fill_it(due, calls, moment):
    now, known = at(moment), Known(phones=tuple(map(at, calls)))

    state = settle(due, known, now)

    assert (state is State.MISSED) <= (phase(due, now) is Phase.OVER)
    assert (state is State.UNKNOWN) <= (due.grace_end_at < now <= due.grace_end_at + timedelta(hours=24))
    assert (state is State.UNKNOWN) <= any(at(call) <= due.grace_end_at for call in calls)


@given(deadlines(), minutes, st.sampled_from(sorted(DONE)))
def test_given_a_done_one_when_it_settles_then_neither_time_nor_a_report_changes_it(due, moment, done):
    known = Known(done=done, unable=Unable(2, occupied=True, accepted=False), phones=(at(-60),))

    assert settle(due, known, at(moment)) is done
    assert settle(due, replace(known, phones=()), at(moment + 10_000)) is done
