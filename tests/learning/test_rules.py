"""Suggestions: what may follow what, what a new one and an answer lack (LC: continual improvement)."""

from dataclasses import replace

import pytest

from app.learning.rules import (
    AFTER,
    BY_HAND,
    MOST_ANSWER,
    MOST_TEXT,
    Event,
    Standing,
    Suggestion,
    answer_faults,
    choices,
    faults,
    may_follow,
    unanswered_first,
)
from tests.support.builders import NOW

NEW = Suggestion(
    "1", "JGSW05003.01", "JGSW05003.01-2026", "S01", "地面", "文字", None, False, None, "ann", "人员", "clean", "单位",
    NOW,
)  # fmt: skip


def after(*kinds, text=""):
    return replace(NEW, events=tuple(Event(kind, NOW, text, "科员") for kind in kinds))


def test_given_no_event_when_asked_then_it_is_new_and_has_no_answer():
    assert (NEW.standing, NEW.answer) == (Standing.NEW, None)


def test_given_events_when_asked_then_the_newest_says_where_it_stands():
    assert after(Standing.ANSWERED, Standing.TAKEN).standing is Standing.TAKEN


def test_given_an_answer_and_a_wordless_event_when_asked_then_the_last_words_are_the_answer():
    events = (
        Event(Standing.ANSWERED, NOW, "先看", None), Event(Standing.TAKEN, NOW, "采纳", None),
        Event(Standing.WRITTEN, NOW, "", None),
    )  # fmt: skip

    assert replace(NEW, events=events).answer.text == "采纳"


@pytest.mark.parametrize(
    ("now", "possible"),
    [
        (Standing.NEW, ["taken", "answered", "declined"]),
        (Standing.ANSWERED, ["taken", "declined"]),
        (Standing.TAKEN, ["declined"]),
        (Standing.DECLINED, ["taken"]),
        (Standing.WRITTEN, []),
    ],
)
def test_given_a_standing_when_the_office_answers_then_these_are_offered(now, possible):
    assert choices(now) == possible


def test_given_any_standing_when_tried_by_hand_then_new_and_written_never_follow():
    assert not any(may_follow(now, then) for now in Standing for then in (Standing.NEW, Standing.WRITTEN))
    assert Standing.WRITTEN in AFTER[Standing.TAKEN]
    assert frozenset({"taken", "answered", "declined"}) == BY_HAND


@pytest.mark.parametrize(
    ("text", "voice", "step", "field"),
    [
        ("", False, "S01", "text"),
        ("长" * (MOST_TEXT + 1), False, "S01", "text"),
        ("长" * (MOST_TEXT + 1), True, "S01", "text"),
        ("好", False, "S09", "step"),
    ],
)
def test_given_what_is_missing_or_too_much_when_said_then_the_field_is_named(text, voice, step, field):
    assert list(faults(text, voice=voice, step_id=step, known=["S01", "S02"])) == [field]


@pytest.mark.parametrize(
    ("text", "voice", "step"), [("好", False, "S01"), ("", True, "S02"), ("长" * MOST_TEXT, False, "")]
)
def test_given_words_or_a_voice_at_a_step_or_the_whole_when_said_then_nothing_is_wrong(text, voice, step):
    assert faults(text, voice=voice, step_id=step, known=["S01", "S02"]) == {}


@pytest.mark.parametrize(
    ("said", "now", "text", "field"),
    [
        (None, Standing.NEW, "x", "answer"),
        (Standing.WRITTEN, Standing.TAKEN, "x", "answer"),
        (Standing.ANSWERED, Standing.TAKEN, "x", "answer"),
        (Standing.ANSWERED, Standing.NEW, "", "text"),
        (Standing.DECLINED, Standing.NEW, "", "text"),
        (Standing.TAKEN, Standing.NEW, "长" * (MOST_ANSWER + 1), "text"),
    ],
)
def test_given_an_answer_that_cannot_be_when_given_then_the_field_is_named(said, now, text, field):
    assert list(answer_faults(said, now, text)) == [field]


def test_given_what_no_hand_may_say_when_given_then_it_is_not_one_of_the_answers():
    unheard, settled = answer_faults(None, Standing.NEW, "x"), answer_faults(Standing.ANSWERED, Standing.TAKEN, "x")

    assert unheard == answer_faults(Standing.WRITTEN, Standing.TAKEN, "x") != settled


@pytest.mark.parametrize(
    ("said", "text"),
    [(Standing.TAKEN, ""), (Standing.ANSWERED, "见说明"), (Standing.DECLINED, "长" * MOST_ANSWER)],
)
def test_given_a_sound_answer_when_given_then_nothing_is_wrong(said, text):
    assert answer_faults(said, Standing.NEW, text) == {}


def test_given_answered_and_new_ones_when_ordered_then_the_new_are_on_top_and_the_rest_as_it_was():
    said = [after(Standing.TAKEN), NEW, after(Standing.DECLINED), replace(NEW, id="2")]

    assert [(each.id, each.standing) for each in unanswered_first(said)] == [
        ("1", "new"), ("2", "new"), ("1", "taken"), ("1", "declined"),
    ]  # fmt: skip
