"""A cursor belongs to one question and to nobody's pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.rules_cursor import WrongCursor, made, read

KEYS = ["an older key of the house", "the newest key of the house"]
QUESTION = {"set": "records", "from": "2026-11-01", "unit": "clean"}
POSITION = ("2026-11-02", "7e5c2ed5")


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3), st.text(max_size=20))
def test_given_any_position_and_question_when_read_back_then_it_is_the_same(position, unit):
    question = {**QUESTION, "unit": unit}

    assert read(made(position, question, KEYS), question, KEYS, len(position)) == tuple(position)


@pytest.mark.parametrize("changed", [{"unit": "care"}, {"from": "2026-11-02"}, {"set": "answers"}, {"more": ""}])
def test_given_a_cursor_when_the_question_is_another_then_it_is_refused(changed):
    cursor = made(POSITION, QUESTION, KEYS)

    with pytest.raises(WrongCursor):
        read(cursor, QUESTION | changed, KEYS, 2)


@given(st.integers(0, 60), st.characters(codec="ascii", categories=["L", "N"]))
def test_given_a_cursor_when_a_letter_is_changed_then_it_is_refused(place, letter):
    cursor = made(POSITION, QUESTION, KEYS)
    place %= len(cursor) - 1  # the last letter of a signature carries bits that mean nothing
    changed = cursor[:place] + letter + cursor[place + 1 :]

    if changed != cursor:
        with pytest.raises(WrongCursor):
            read(changed, QUESTION, KEYS, 2)


@pytest.mark.parametrize("text", ["", "x", "é", "." * 20, "a" * 500])
def test_given_nonsense_when_read_then_it_is_refused(text):
    with pytest.raises(WrongCursor):
        read(text, QUESTION, KEYS, 2)


def test_given_a_cursor_of_a_former_key_when_read_then_it_counts_and_of_a_foreign_key_not():
    former, foreign = made(POSITION, QUESTION, KEYS[:1]), made(POSITION, QUESTION, ["somebody else's key here"])

    assert read(former, QUESTION, KEYS, 2) == POSITION
    with pytest.raises(WrongCursor):
        read(foreign, QUESTION, KEYS, 2)


def test_given_a_position_of_another_width_when_read_then_it_is_refused():
    with pytest.raises(WrongCursor):
        read(made(POSITION, QUESTION, KEYS), QUESTION, KEYS, 3)
