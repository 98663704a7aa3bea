"""Before anything is said of a person, the person is heard (SP-8): every deed in every state."""

from datetime import timedelta

import pytest

from app.spotchecks.rules import Executed
from app.spotchecks.rules_hearing import (
    ALREADY,
    APPEAL,
    HEARING,
    NOT_HEARD,
    TOO_LATE,
    WAIT,
    Deed,
    State,
    may_decide,
    may_speak,
    may_write_down,
    refusal,
    term_after,
)
from app.web.current import CurrentPerson, Role
from tests.support.builders import NOW

LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
SETTLED = (State.STANDS, State.UNTRUE, State.WITHDRAWN)
WAITING = (State.OPEN, State.HEARD, State.APPEALED)
DONE = Executed("ann", "clean", "care")


def why_not(deed, state, until=LATER, heard=True):
    return refusal(deed, state, until, NOW, heard=heard)


@pytest.mark.parametrize("state", State)
def test_sp_8_given_a_state_when_the_person_speaks_then_only_an_open_one_takes_an_account(state):
    assert why_not(Deed.HEAR, state, heard=False) is (None if state is State.OPEN else ALREADY)


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("until", [LATER, BEFORE, None])
def test_sp_8_given_nobody_was_heard_when_a_record_is_called_untrue_then_never(state, until):
    assert why_not(Deed.UNTRUE, state, until, heard=False) is NOT_HEARD
    assert why_not(Deed.UNTRUE, state, until, heard=True) is None


@pytest.mark.parametrize(
    ("state", "until", "said"),
    [
        (State.OPEN, LATER, WAIT), (State.OPEN, NOW, WAIT), (State.OPEN, BEFORE, None), (State.OPEN, None, None),
        (State.HEARD, LATER, None), (State.APPEALED, LATER, None),
    ],
)  # fmt: skip
def test_sp_8_given_time_to_speak_when_a_difference_is_let_stand_then_it_waits_for_the_end_of_that_time(
    state, until, said
):
    assert why_not(Deed.STANDS, state, until, heard=False) is said


@pytest.mark.parametrize("state", WAITING)
def test_sp_8_given_any_unsettled_state_when_taken_back_then_at_once(state):
    assert why_not(Deed.WITHDRAW, state, heard=False) is None


@pytest.mark.parametrize("state", SETTLED)
@pytest.mark.parametrize("deed", [Deed.STANDS, Deed.UNTRUE, Deed.WITHDRAW])
def test_sp_8_given_a_decision_when_decided_again_then_it_stands(state, deed):
    assert why_not(deed, state) is ALREADY


@pytest.mark.parametrize(
    ("state", "until", "said"),
    [
        (State.STANDS, LATER, None), (State.UNTRUE, NOW, None), (State.UNTRUE, BEFORE, TOO_LATE),
        (State.STANDS, None, ALREADY), (State.WITHDRAWN, LATER, ALREADY), (State.OPEN, LATER, ALREADY),
        (State.APPEALED, LATER, ALREADY),
    ],
)  # fmt: skip
def test_sp_8_given_a_decision_when_appealed_then_within_its_time_and_once(state, until, said):
    assert why_not(Deed.APPEAL, state, until) is said


@pytest.mark.parametrize("deed", [Deed.STANDS, Deed.UNTRUE])
@pytest.mark.parametrize(
    ("was", "until"), [(State.HEARD, NOW + APPEAL), (State.OPEN, NOW + APPEAL), (State.APPEALED, None)]
)
def test_sp_8_given_a_decision_when_made_then_an_appeal_has_five_days_and_one_on_an_appeal_is_final(deed, was, until):
    assert term_after(deed, was, NOW) == until


@pytest.mark.parametrize("deed", [Deed.HEAR, Deed.WITHDRAW, Deed.APPEAL])
def test_sp_8_given_other_deeds_when_done_then_there_is_nothing_to_appeal(deed):
    assert term_after(deed, State.HEARD, NOW) is None


def test_sp_8_given_the_terms_when_read_then_three_days_to_speak_and_five_to_appeal():
    assert (timedelta(days=3), timedelta(days=5)) == (HEARING, APPEAL)


def person(role=Role.SUPERVISOR, org="care", person_id="sue"):
    return CurrentPerson(person_id, "苏", role, org, f"/bureau/{org}/")


ANN = person(Role.WORKER, "clean", "ann")
MAX, OTHER_MAX = person(Role.MANAGER, "clean", "max"), person(Role.MANAGER, "other", "moe")


@pytest.mark.parametrize(
    ("who", "speaks", "writes"),
    [
        (ANN, True, False),
        (MAX, True, False),
        (OTHER_MAX, False, False),
        (person(), False, True),
        (person(Role.INSPECTOR, "bureau"), False, True),
        (person(Role.SUPERVISOR, "clean", "sid"), False, False),
        (person(Role.LEADER, "bureau"), False, False),
        (person(Role.SUPERVISOR, "care", "ann"), True, False),
    ],
)
def test_sp_8_given_a_difference_when_somebody_acts_then_the_person_and_the_manager_speak_outsiders_write_down(
    who, speaks, writes
):
    assert (may_speak(who, DONE), may_write_down(who, DONE)) == (speaks, writes)


@pytest.mark.parametrize(
    ("who", "decided_by", "state", "may"),
    [
        (person(), None, State.HEARD, True),
        (person(), "sue", State.HEARD, True),
        (person(), "sue", State.APPEALED, False),
        (person(), "ina", State.APPEALED, True),
        (MAX, None, State.HEARD, False),
        (MAX, "sue", State.APPEALED, False),
    ],
)
def test_sp_8_given_an_appeal_when_decided_then_by_somebody_else(who, decided_by, state, may):
    assert may_decide(who, DONE, decided_by, state) is may
