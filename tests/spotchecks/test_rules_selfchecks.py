"""When a crew's list is drawn and how far it is (rules SP-2, SP-12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules_selfchecks import CrewDay, Stage, is_ripe, wanted
from tests.support.builders import NOW

DUE = st.integers(0, 400)


def crew_day(due=0, done=0, listed=0, looked=0, handed_in=0, drawn_at=None):
    return CrewDay("c1", "一班", "保洁", NOW.date(), "d1", drawn_at, listed, looked, handed_in, 0, due, done)


@pytest.mark.parametrize(
    ("due", "done", "ripe"),
    [(0, 0, False), (1, 1, True), (4, 2, False), (4, 3, True), (10, 4, False), (10, 5, True), (11, 5, False)],
)
def test_given_a_day_when_asked_then_half_of_the_due_and_a_whole_list_of_it_are_needed(due, done, ripe):
    assert is_ripe(due, done) is ripe


@given(DUE, DUE)
def test_given_any_day_when_asked_then_the_number_told_is_the_number_that_makes_it_ripe(due, done):
    assert is_ripe(due, done) is (due > 0 and done >= wanted(due))


@given(DUE, DUE)
def test_given_more_done_when_asked_then_what_was_ripe_stays_ripe(due, done):
    assert not is_ripe(due, done) or is_ripe(due, done + 1)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (crew_day(), Stage.NOTHING),
        (crew_day(due=10, done=2), Stage.TOO_EARLY),
        (crew_day(due=10, done=5), Stage.READY),
        (crew_day(due=10, done=5, listed=3, looked=2, drawn_at=NOW), Stage.OPEN),
        (crew_day(due=10, done=5, listed=3, looked=3, handed_in=2, drawn_at=NOW), Stage.HAND_IN),
        (crew_day(due=10, done=5, listed=3, looked=3, handed_in=3, drawn_at=NOW), Stage.DONE),
        (crew_day(due=10, done=5, drawn_at=NOW), Stage.NOTHING),
    ],
)
def test_given_a_crews_day_when_asked_then_its_stage_is_told(day, stage):
    assert day.stage is stage
