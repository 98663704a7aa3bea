"""Two things in the same moment: one activation counts, and a badge taken back meanwhile opens nothing."""

import pytest

from app.accounts.actions import Door
from app.accounts.actions_badges import end_badge
from app.accounts.actions_entry import Given, enter
from app.accounts.queries import credentials
from app.accounts.queries_badges import badge_of_token
from app.accounts.queries_people import sessions_of
from app.accounts.rules_badges import Reason
from app.accounts.secrets import matches
from app.db import atomically
from app.refusals import Conflict
from tests.support import builders
from tests.support.badges import PIN, badge_row

DOOR = Door("phone", "10.0.0.1")


@pytest.fixture
def world(inside):
    builders.small_world()
    return inside


def admitted(found, given):
    return atomically(lambda: enter(found, given, DOOR, {}, known=False))


def test_given_two_activations_in_one_moment_when_both_enter_then_the_first_pin_stands(world):
    token = badge_row("ann", activated_at=None)
    first, second = badge_of_token(token), badge_of_token(token)
    admitted(first, Given(PIN))

    with pytest.raises(Conflict):
        admitted(second, Given("604139"))

    assert matches(credentials("ann").pin_hash, PIN)
    assert len(sessions_of("ann")) == 1


@pytest.mark.parametrize("activated_at", [None, builders.NOW])
def test_given_a_badge_taken_back_after_the_pin_was_compared_when_entering_then_nothing_opens(activated_at, world):
    found = badge_of_token(badge_row("ann", activated_at=activated_at))
    atomically(lambda: end_badge("ann", Reason.LOST, "lea"))

    with pytest.raises(Conflict):
        admitted(found, Given(PIN))

    assert sessions_of("ann") == []
    assert matches(credentials("ann").pin_hash, builders.PIN)
