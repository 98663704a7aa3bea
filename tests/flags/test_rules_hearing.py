"""What may be said about a flag, by whom and when: the author is heard first, nobody is left waiting for ever."""

from datetime import timedelta

import pytest

from app.flags.rules_hearing import (
    AFTER,
    ALREADY,
    EVENT,
    JUDGED,
    MOST_WORDS,
    NO_REASON,
    NO_WORDS,
    READERS,
    TIME_TO_SPEAK,
    TOO_LONG,
    WAIT,
    WEIGHS,
    Deed,
    State,
    may_explain,
    refusal,
    words_fault,
)
from app.web.current import CurrentPerson, Role
from tests.support.builders import NOW

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("state", JUDGED)
def test_given_a_judged_flag_when_anything_more_is_tried_then_it_has_been_judged(deed, state):
    assert refusal(deed, state, NOW, NOW + timedelta(days=9)) is ALREADY


@pytest.mark.parametrize(
    ("deed", "state", "after", "why"),
    [
        (Deed.EXPLAIN, State.OPEN, timedelta(0), None),
        (Deed.EXPLAIN, State.EXPLAINED, timedelta(days=9), None),
        (Deed.LIFT, State.OPEN, timedelta(0), None),
        (Deed.LIFT, State.EXPLAINED, timedelta(0), None),
        (Deed.STANDS, State.OPEN, timedelta(0), WAIT),
        (Deed.STANDS, State.OPEN, TIME_TO_SPEAK, WAIT),
        (Deed.STANDS, State.OPEN, TIME_TO_SPEAK + INSTANT, None),
        (Deed.STANDS, State.EXPLAINED, timedelta(0), None),
    ],
)
def test_given_a_flag_when_something_is_to_be_said_then_only_upholding_waits_for_the_author(deed, state, after, why):
    assert refusal(deed, state, NOW, NOW + after) is why


def test_given_the_time_to_speak_when_read_then_it_is_three_days():
    assert timedelta(days=3) == TIME_TO_SPEAK


def test_given_a_flag_when_asked_who_explains_then_only_the_author_does():
    ann, lea = (CurrentPerson(name, name, Role.WORKER, "clean", "/bureau/clean/") for name in ("ann", "lea"))

    assert may_explain(ann, "ann")
    assert not may_explain(lea, "ann")


@pytest.mark.parametrize(
    ("deed", "words", "reason", "voice", "fault"),
    [
        (Deed.EXPLAIN, "", False, False, NO_WORDS),
        (Deed.EXPLAIN, "", True, False, None),
        (Deed.EXPLAIN, "", False, True, None),
        (Deed.EXPLAIN, "一起擦的", False, False, None),
        (Deed.EXPLAIN, "长" * MOST_WORDS, False, False, None),
        (Deed.EXPLAIN, "长" * (MOST_WORDS + 1), True, True, TOO_LONG),
        (Deed.STANDS, "", True, True, NO_REASON),
        (Deed.STANDS, "两处一样", False, False, None),
        (Deed.STANDS, "长" * (MOST_WORDS + 1), False, False, TOO_LONG),
        (Deed.LIFT, "", True, True, NO_REASON),
        (Deed.LIFT, "属实", False, False, None),
    ],
)
def test_given_what_was_said_when_looked_at_then_a_tap_is_enough_for_the_author_and_a_judge_gives_words(
    deed, words, reason, voice, fault
):
    assert words_fault(deed, words, reason=reason, voice=voice) is fault


def test_given_deeds_when_done_then_each_has_its_state_and_its_event_and_lifting_alone_takes_the_weight():
    assert AFTER == {Deed.EXPLAIN: State.EXPLAINED, Deed.STANDS: State.STANDS, Deed.LIFT: State.LIFTED}
    assert EVENT == {Deed.EXPLAIN: "explained", Deed.STANDS: "stands", Deed.LIFT: "lifted"}
    assert set(State) - set(WEIGHS) == {State.LIFTED}


def test_given_roles_when_asked_who_reads_the_list_then_hands_and_the_administrator_do_not():
    assert Role.SUPERVISOR in READERS
    assert not {Role.WORKER, Role.DRIVER, Role.CREW_LEADER, Role.ADMIN} & set(READERS)
