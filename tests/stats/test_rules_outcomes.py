"""How a window looks on the board, and the parts of the outcome bar."""

import pytest

from app.schedule.rules_states import Deadlines, State
from app.stats.rules import Counts
from app.stats.rules_outcomes import CHIPS, FILLS, ICONS, OUTCOMES, WORDS, Look, look_of
from tests.support.answers import at

DUE = Deadlines(at("08:15"), at("09:15"), at("12:00"))


def look(state, clock, *, failed=False, claimed=False):
    return look_of(State(state), DUE, at(clock), failed=failed, claimed=claimed)


@pytest.mark.parametrize(
    ("state", "clock", "expected"),
    [
        ("planned", "08:14", Look.DUE),
        ("planned", "08:15", Look.OPEN),
        ("planned", "09:15", Look.OPEN),
        ("planned", "09:16", Look.OVER),
        ("planned", "12:01", Look.OVER),
        ("in_window", "10:00", Look.OK),
        ("in_grace", "10:00", Look.OK),
        ("late", "10:00", Look.LATE),
        ("missed", "13:00", Look.MISSED),
        ("unknown", "10:00", Look.UNKNOWN),
        ("unable", "10:00", Look.UNABLE),
        ("exempt", "10:00", Look.UNABLE),
    ],
)
def test_given_a_state_and_the_clock_when_looked_at_then_it_has_its_look(state, clock, expected):
    assert look(state, clock) is expected


def test_given_a_claim_when_the_window_is_still_running_then_somebody_is_at_it():
    assert look("planned", "08:40", claimed=True) is Look.NOW
    assert look("planned", "08:00", claimed=True) is Look.NOW
    assert look("planned", "09:20", claimed=True) is Look.OVER


def test_given_a_failed_step_when_done_then_the_nonconformity_is_what_is_seen():
    assert look("in_window", "10:00", failed=True) is Look.FAIL
    assert look("late", "10:00", failed=True) is Look.FAIL
    assert look("missed", "13:00", failed=True) is Look.MISSED


def test_given_every_look_when_shown_then_it_has_word_fill_chip_and_shape():
    assert set(WORDS) == set(FILLS) == set(ICONS) == set(CHIPS) == set(Look)
    assert len(set(ICONS.values()) & {ICONS[Look.OK], ICONS[Look.LATE], ICONS[Look.FAIL], ICONS[Look.MISSED]}) == 4


def test_given_the_outcome_bar_when_its_parts_are_added_then_they_are_all_that_was_planned():
    counts = Counts(due=21, in_window=1, in_grace=2, late=3, missed=4, unknown=5, waiting=6, reported=7)

    assert [outcome.of(counts) for outcome in OUTCOMES] == [3, 3, 7, 4, 5, 6]
    assert sum(outcome.of(counts) for outcome in OUTCOMES) == counts.planned
    assert {state for outcome in OUTCOMES for state in outcome.states} == set(State) - {State.VOID}
