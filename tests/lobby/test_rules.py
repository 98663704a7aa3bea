"""Turns of a board: every line stands on exactly one of them, and they go round."""

from hypothesis import given
from hypothesis import strategies as st

from app.lobby.rules import KEY, LINES_A_TURN, Line, fresh_key, turn_of


def lines(count):
    return [Line(f"点位{number}", "", "1", "restroom", "yellow", None, None, 0) for number in range(count)]


@given(count=st.integers(0, 400), start=st.integers(-3, 50))
def test_given_any_number_of_points_when_the_board_turns_then_each_stands_on_one_turn_and_the_first_comes_again(
    count, start
):
    everything = lines(count)
    turn = turn_of(everything, start)
    shown, first = [], turn
    for _ in range(turn.turns):
        assert len(turn.lines) <= LINES_A_TURN
        shown += turn.lines
        turn = turn_of(everything, turn.following)

    assert turn.number == first.number
    assert sorted(shown, key=lambda line: line.name) == sorted(everything, key=lambda line: line.name)


def test_given_a_turn_that_is_not_there_any_more_when_asked_for_then_it_is_the_first():
    assert turn_of(lines(13), 3).number == 1
    assert turn_of(lines(13), 2).lines == lines(13)[LINES_A_TURN:]
    assert turn_of([], 7).turns == 1


def test_given_keys_when_made_then_each_is_another_of_the_form_that_is_asked_for():
    made = {fresh_key() for _ in range(200)}

    assert len(made) == 200
    assert all(KEY.fullmatch(key) for key in made)
